"""The ring, given to four networks: what each makes of it after the same number of steps."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import torch
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from style import COLOURS, chart, save
from torch import Tensor, nn

REACH, CELLS, STEPS = 3.1, 60, 1000
Network = Callable[[Tensor], Tensor]


def ring(count: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Return points of a disc and of a ring around it, (count, 2), and labels (count, 1)."""
    label = torch.arange(count) % 2
    angle = 2 * torch.pi * torch.rand(count, generator=generator)
    inner = 1.3 * torch.rand(count, generator=generator).sqrt()
    radius = torch.where(label == 1, 2.3 + 0.2 * torch.randn(count, generator=generator), inner)
    return torch.stack([radius * angle.cos(), radius * angle.sin()], dim=1), label.float()[:, None]


class Squares(nn.Module):
    """Gives a neuron the squares too."""

    def __init__(self) -> None:
        super().__init__()
        self.neuron = nn.Linear(4, 1)

    def forward(self, x: Tensor) -> Tensor:
        """Return z of x1, x2 and their squares."""
        return self.neuron(torch.cat([x, x**2], dim=1))


def networks() -> dict[str, nn.Module]:
    """Return the four, by title."""
    return {
        "one neuron": nn.Linear(2, 1),
        "8 + 8, linear": nn.Sequential(nn.Linear(2, 8), nn.Linear(8, 8), nn.Linear(8, 1)),
        "one neuron, squares": Squares(),
        "4 neurons, tanh": nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 1)),
    }


def shade(axes: Axes, network: nn.Module) -> None:
    """Fill the plane by the sign of the network, in runs of equal cells."""
    step = 2 * REACH / CELLS
    places = -REACH + step * (torch.arange(CELLS) + 0.5)
    plane = torch.stack(torch.meshgrid(places, places, indexing="xy"), dim=-1).reshape(-1, 2)
    with torch.no_grad():
        above = (network(plane) > 0).reshape(CELLS, CELLS)
    for row, signs in enumerate(above.int()):
        edges = [0, *(signs.diff().nonzero()[:, 0] + 1).tolist(), CELLS]
        for begin, end in itertools.pairwise(edges):
            colour = COLOURS["greenwash" if signs[begin] else "redwash"]
            corner = (-REACH + step * begin, -REACH + step * row)
            axes.add_patch(Rectangle(corner, step * (end - begin), 1.6 * step, facecolor=colour, edgecolor="none"))


def draw() -> Figure:
    """Return four planes in a row."""
    points, labels = ring(200, torch.Generator().manual_seed(3))
    figure = chart(1136, 330, left=0.004, right=0.996, top=0.87, bottom=0.13, wspace=0.06)
    for position, (title, network) in enumerate(networks().items(), start=1):
        torch.manual_seed(1)
        for layer in network.modules():
            if isinstance(layer, nn.Linear):
                layer.reset_parameters()
        optimiser = torch.optim.Adam(network.parameters(), lr=0.03)
        for _ in range(STEPS):
            optimiser.zero_grad()
            nn.functional.binary_cross_entropy_with_logits(network(points), labels).backward()
            optimiser.step()
        axes = figure.add_subplot(1, 4, position)
        shade(axes, network)
        for label, colour, mark in ((0, "red", "o"), (1, "green", "s")):
            chosen = points[labels[:, 0] == label]
            axes.plot(*chosen.T, mark, color=COLOURS[colour], markersize=4, markeredgewidth=0)
        with torch.no_grad():
            right = int(((network(points) > 0) == (labels > 0)).sum())
        axes.set_title(title)
        axes.text(0, -REACH - 0.25, f"{right} of 200", ha="center", va="top", fontsize=24)
        axes.set_xlim(-REACH, REACH)
        axes.set_ylim(-REACH, REACH)
        axes.axis("off")
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
