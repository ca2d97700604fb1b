"""The first network of the lecture: where it draws its border before, during and after training, and its loss."""

from __future__ import annotations

import itertools

import torch
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from style import COLOURS, chart, save
from torch import nn

LEFT, RIGHT, LOW, HIGH = -1.7, 2.7, -1.4, 1.9
COLUMNS, ROWS = 66, 60
STEPS, SHOWN = 401, (0, 40, 400)


def moons(count: int, generator: torch.Generator) -> tuple[torch.Tensor, torch.Tensor]:
    """Return points of two half-moons, (count, 2), and their labels 0 and 1, (count, 1), as the slide has it."""
    angle = torch.pi * torch.rand(count, generator=generator)
    label = torch.arange(count) % 2
    x = torch.where(label == 0, angle.cos(), 1 - angle.cos())
    y = torch.where(label == 0, angle.sin(), 0.45 - angle.sin())
    noise = 0.2 * torch.randn(count, 2, generator=generator)
    return torch.stack([x, y], dim=1) + noise, label.float()[:, None]


def shade(axes: Axes, network: nn.Module) -> None:
    """Fill the plane by the sign of the network, in runs of equal cells: bytes that do not hang on last bits."""
    step, rise = (RIGHT - LEFT) / COLUMNS, (HIGH - LOW) / ROWS
    x, y = LEFT + step * (torch.arange(COLUMNS) + 0.5), LOW + rise * (torch.arange(ROWS) + 0.5)
    plane = torch.stack(torch.meshgrid(x, y, indexing="xy"), dim=-1).reshape(-1, 2)
    with torch.no_grad():
        above = (network(plane) > 0).reshape(ROWS, COLUMNS)
    for row, signs in enumerate(above.int()):
        edges = [0, *(signs.diff().nonzero()[:, 0] + 1).tolist(), COLUMNS]
        for begin, end in itertools.pairwise(edges):
            colour = COLOURS["greenwash" if signs[begin] else "redwash"]
            corner = (LEFT + step * begin, LOW + rise * row)
            axes.add_patch(Rectangle(corner, step * (end - begin), 1.6 * rise, facecolor=colour, edgecolor="none"))


def draw() -> Figure:
    """Return the plane after 0, 40 and 400 steps, and the curve of the loss."""
    generator = torch.Generator().manual_seed(1)
    points, labels = moons(200, generator)
    torch.manual_seed(0)
    network = nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 1))
    loss_function = nn.BCEWithLogitsLoss()
    optimiser = torch.optim.Adam(network.parameters(), lr=0.05)
    figure = chart(1136, 350, left=0.004, right=0.996, top=0.87, bottom=0.2, wspace=0.06)
    grid = figure.add_gridspec(1, 4, width_ratios=(1, 1, 1, 1.15))
    losses = []
    for step in range(STEPS):
        if step in SHOWN:
            axes = figure.add_subplot(grid[SHOWN.index(step)])
            shade(axes, network)
            for label, colour, mark in ((0, "red", "o"), (1, "green", "s")):
                chosen = points[labels[:, 0] == label]
                axes.plot(*chosen.T, mark, color=COLOURS[colour], markersize=4, markeredgewidth=0)
            axes.set_title(f"after {step} steps" if step else "before training")
            axes.set_xlim(LEFT, RIGHT)
            axes.set_ylim(LOW, HIGH)
            axes.axis("off")
        loss = loss_function(network(points), labels)
        losses.append(round(loss.item(), 3))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    axes = figure.add_axes((0.815, 0.2, 0.18, 0.67))
    axes.plot(losses, color=COLOURS["blue"])
    axes.set_title("loss")
    axes.set_xlabel("steps")
    axes.set_xticks([0, 200, 400])
    axes.set_yticks([0, 0.3, 0.6])
    axes.set_ylim(0, 0.8)
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
