"""The three data sets of the playground: clouds, a ring, a spiral."""

import torch
from matplotlib.figure import Figure
from ring_solved import REACH, ring
from style import COLOURS, chart, framed, save
from torch import Tensor


def clouds(count: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Return two Gaussian clouds, (count, 2), and labels (count, 1)."""
    label = (torch.arange(count) % 2).float()[:, None]
    middle = torch.tensor([1.25, 0.9]) * (2 * label - 1)
    return middle + 0.75 * torch.randn(count, 2, generator=generator), label


def spiral(count: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Return two arms of a spiral, (count, 2), and labels (count, 1)."""
    label = (torch.arange(count) % 2).float()
    along = 0.12 + 0.88 * torch.rand(count, generator=generator)
    turn = 3.1 * torch.pi * along + torch.pi * label
    noise = 0.07 * torch.randn(count, 2, generator=generator)
    return 2.9 * along[:, None] * torch.stack([turn.cos(), turn.sin()], dim=1) + noise, label[:, None]


def draw() -> Figure:
    """Return three planes in a row."""
    figure = chart(1000, 320, left=0.004, right=0.996, top=0.87, bottom=0.02, wspace=0.1)
    for position, (title, make) in enumerate((("two clouds", clouds), ("a ring", ring), ("a spiral", spiral)), start=1):
        points, labels = make(200, torch.Generator().manual_seed(3))
        axes = figure.add_subplot(1, 3, position)
        for label, colour, mark in ((0, "red", "o"), (1, "green", "s")):
            chosen = points[labels[:, 0] == label]
            axes.plot(*chosen.T, mark, color=COLOURS[colour], markersize=5, markeredgewidth=0)
        axes.set_title(title)
        axes.set_xlim(-REACH, REACH)
        axes.set_ylim(-REACH, REACH)
        axes.set_aspect("equal")
        framed(axes)
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
