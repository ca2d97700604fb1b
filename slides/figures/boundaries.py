"""Two half-moons of points, and how a tree, boosted trees, an SVM and a small network part the plane."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np
import torch
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import NDArray
from style import COLOURS, chart, save

Array = NDArray[np.float64]
Model = Callable[[Array], Array]
"""(N, 2) points to (N,) scores; above 0 is class 1."""
LEFT, RIGHT, LOW, HIGH = -1.7, 2.7, -1.4, 1.9
COLUMNS, ROWS = 66, 60


def moons(count: int, seed: int) -> tuple[Array, Array]:
    """Return `count` noisy points of two half-moons, (count, 2), and their classes -1 and 1."""
    rng = np.random.default_rng(seed)
    angle = rng.uniform(0, np.pi, count)
    side = np.where(np.arange(count) % 2 == 0, -1.0, 1.0)
    upper = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    lower = np.stack([1 - np.cos(angle), 0.45 - np.sin(angle)], axis=1)
    points = np.where(side[:, None] < 0, upper, lower) + rng.normal(0, 0.22, (count, 2))
    return points, side


def tree(points: Array, target: Array, depth: int) -> Model:
    """Return a regression tree: at each step the cut that leaves the least squared error."""
    if depth == 0 or len(points) < 4 or np.ptp(target) == 0:
        mean = float(target.mean())
        return lambda x: np.full(len(x), mean)
    best = (np.inf, 0, 0.0)
    for axis in (0, 1):
        order = np.argsort(points[:, axis], kind="stable")
        x, y = points[order, axis], target[order]
        count = np.arange(1, len(y))
        left, left2 = np.cumsum(y)[:-1], np.cumsum(y * y)[:-1]
        right, right2 = y.sum() - left, (y * y).sum() - left2
        error = left2 - left**2 / count + right2 - right**2 / (len(y) - count)
        place = int(np.argmin(error.round(9)))
        if error[place] < best[0] - 1e-9:
            best = (float(error[place]), axis, float(x[place] + x[place + 1]) / 2)
    _, axis, cut = best
    below = points[:, axis] <= cut
    low, high = (tree(points[one], target[one], depth - 1) for one in (below, ~below))
    return lambda x: np.where(x[:, axis] <= cut, low(x), high(x))


def boosting(points: Array, side: Array, rounds: int = 60, rate: float = 0.15) -> Model:
    """Return gradient boosting: each small tree is fitted to what the ones before it still get wrong."""
    trees: list[Model] = []
    score = np.zeros(len(points))
    for _ in range(rounds):
        wrong = side / (1 + np.exp(side * score))  # the slope of the logistic loss
        trees.append(tree(points, wrong, depth=2))
        score += 4 * rate * trees[-1](points)
    return lambda x: np.sum([one(x) for one in trees], axis=0)


def svm(points: Array, side: Array, width: float = 0.6, cost: float = 3.0) -> Model:
    """Return a support vector machine with a Gaussian kernel, by coordinate ascent on its dual."""

    def kernel(a: Array, b: Array) -> Array:
        return np.exp(-((a[:, None] - b) ** 2).sum(-1) / (2 * width**2)) + 1.0  # the 1 stands for the bias

    gram = kernel(points, points)
    alpha = np.zeros(len(points))
    for _ in range(300):
        for i in range(len(points)):
            slope = 1 - side[i] * (gram[i] @ (alpha * side))
            alpha[i] = min(max(alpha[i] + slope / gram[i, i], 0.0), cost)
    return lambda x: kernel(x, points) @ (alpha * side)


def network(points: Array, side: Array) -> Model:
    """Return a network of 2, 16, 16 and 1 neurons, trained for 400 steps on all points at once."""
    generator = torch.Generator().manual_seed(3)
    sizes = (2, 16, 16, 1)
    weights = [
        (torch.randn(a, b, generator=generator, dtype=torch.float64) * (2 / a) ** 0.5).requires_grad_()
        for a, b in itertools.pairwise(sizes)
    ]
    biases = [torch.zeros(b, dtype=torch.float64, requires_grad=True) for b in sizes[1:]]

    def forward(x: torch.Tensor) -> torch.Tensor:
        for place, (weight, bias) in enumerate(zip(weights, biases, strict=True)):
            x = x @ weight + bias
            x = torch.relu(x) if place < len(weights) - 1 else x
        return x[:, 0]

    inputs, targets = torch.from_numpy(points), torch.from_numpy((side + 1) / 2)
    optimiser = torch.optim.Adam([*weights, *biases], lr=0.02, weight_decay=1e-3)
    for _ in range(400):
        optimiser.zero_grad()
        torch.nn.functional.binary_cross_entropy_with_logits(forward(inputs), targets).backward()
        optimiser.step()
    return lambda x: forward(torch.from_numpy(x)).detach().numpy()


def shade(axes: Axes, model: Model) -> None:
    """Fill the plane by the sign of the model, in runs of equal cells: bytes that do not hang on last bits."""
    step, rise = (RIGHT - LEFT) / COLUMNS, (HIGH - LOW) / ROWS
    x, y = LEFT + step * (np.arange(COLUMNS) + 0.5), LOW + rise * (np.arange(ROWS) + 0.5)
    plane = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    above = (model(plane) > 0).reshape(ROWS, COLUMNS)
    for row, signs in enumerate(above):
        edges = [0, *(np.flatnonzero(np.diff(signs.astype(int))) + 1).tolist(), COLUMNS]
        for begin, end in itertools.pairwise(edges):
            colour = COLOURS["greenwash" if signs[begin] else "redwash"]
            corner = (LEFT + step * begin, LOW + rise * row)
            axes.add_patch(Rectangle(corner, step * (end - begin), 1.6 * rise, facecolor=colour, edgecolor="none"))


def draw() -> Figure:
    """Return four plots of the same points, each with the share that the model gets right on others."""
    points, side = moons(120, seed=5)
    others, truth = moons(2000, seed=6)
    models = {
        "one tree": tree(points, side, depth=4),
        "boosted trees": boosting(points, side),
        "SVM": svm(points, side),
        "small network": network(points, side),
    }
    figure = chart(1136, 352, left=0.004, right=0.996, top=0.87, bottom=0.12, wspace=0.04)
    for position, (name, model) in enumerate(models.items(), start=1):
        axes = figure.add_subplot(1, 4, position)
        shade(axes, model)
        for sign, colour, mark in ((-1, "red", "o"), (1, "green", "s")):
            chosen = points[side == sign]
            axes.plot(*chosen.T, mark, color=COLOURS[colour], markersize=5, markeredgewidth=0)
        right = float(((model(others) > 0) == (truth > 0)).mean())
        axes.set_title(name)
        axes.set_xlabel(f"{right:.0%} of 2,000 others right", color=COLOURS["ink"], fontsize=22)
        axes.set_xlim(LEFT, RIGHT)
        axes.set_ylim(LOW, HIGH)
        axes.set_xticks([])
        axes.set_yticks([])
        for spine in axes.spines.values():
            spine.set_visible(False)
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
