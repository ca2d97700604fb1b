"""What a small trained network holds and does: the filters of its first layer, and what they make of a 4."""

from __future__ import annotations

from functools import cache

import numpy as np
import torch
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from style import chart, framed, label, save
from torch import nn

from coursedata.digits import draw_digits

LEVELS = 24
"""Grey levels of a picture: so few that the last bits of a sum do not show in the file."""


@cache
def trained() -> tuple[nn.Sequential, nn.Sequential, torch.Tensor, torch.Tensor]:
    """Return a network trained on 1,500 digits, the same untrained, 300 other digits (N, 1, 28, 28) and labels."""
    images, labels = draw_digits(1800, seed=9)
    x, y = torch.tensor(images).double()[:, None] / 255, torch.tensor(labels).long()
    networks = []
    for epochs in (6, 0):
        torch.manual_seed(0)
        network = nn.Sequential(
            nn.Conv2d(1, 8, 5, stride=2, padding=2),
            nn.ReLU(),
            nn.Conv2d(8, 16, 5, stride=2, padding=2),
            nn.ReLU(),
            nn.Flatten(),
            nn.Linear(16 * 7 * 7, 10),
        ).double()
        optimizer = torch.optim.Adam(network.parameters(), lr=0.004)
        for _ in range(epochs):
            for batch in torch.randperm(1500).split(50):
                optimizer.zero_grad()
                nn.functional.cross_entropy(network(x[batch]), y[batch]).backward()
                optimizer.step()
        networks.append(network.eval())
    return networks[0], networks[1], x[1500:], y[1500:]


def picture(axes: Axes, values: torch.Tensor, colours: LinearSegmentedColormap, least: float, most: float) -> None:
    """Draw a table of numbers in LEVELS steps from `least` to `most`."""
    steps = np.round((values.detach().numpy() - least) / (most - least) * (LEVELS - 1)).clip(0, LEVELS - 1)
    axes.imshow(steps, cmap=colours, vmin=0, vmax=LEVELS - 1, interpolation="nearest")
    framed(axes, "muted")


SIGNED = LinearSegmentedColormap.from_list("signed", ["#1f5ca6", "#ffffff", "#b32a40"])
GREY = LinearSegmentedColormap.from_list("grey", ["black", "white"])


def draw() -> Figure:
    """Return the digit, the eight filters, and the eight maps that they give."""
    network, _, digits, labels = trained()
    chosen = next(k for k in range(len(labels)) if labels[k] == 4 and network(digits[k : k + 1]).argmax() == 4)
    kept: list[torch.Tensor] = []
    handle = network[1].register_forward_hook(lambda *call: kept.append(call[2].detach()))
    network(digits[chosen : chosen + 1])
    handle.remove()
    weights, maps = network[0].weight.detach()[:, 0], kept[0][0]
    figure = chart(1136, 370)
    side = 0.093
    axes = figure.add_axes((0.0, 0.2, 0.19, 0.19 * 1136 / 370))
    picture(axes, digits[chosen, 0], GREY, 0, 1)
    most = float(weights.abs().max())
    for k in range(8):
        left = 0.225 + 0.0973 * k
        picture(figure.add_axes((left, 0.535, side, side * 1136 / 370)), weights[k], SIGNED, -most, most)
        picture(figure.add_axes((left, 0.085, side, side * 1136 / 370)), maps[k], GREY, 0, float(maps.max()))
    whole = figure.add_axes((0, 0, 1, 1))
    whole.set_xlim(0, 1136)
    whole.set_ylim(370, 0)
    whole.axis("off")
    label(whole, 0, 30, "a digit (28, 28)", bold=True)
    label(whole, 256, 30, "weights: eight filters (5, 5)", bold=True)
    label(whole, 740, 30, "blue: minus", colour="blue", bold=True)
    label(whole, 890, 30, "red: plus", colour="red", bold=True)
    label(whole, 256, 200, "activations: what each makes of the digit, (14, 14)", bold=True)
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
