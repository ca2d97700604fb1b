"""Saliency: how much the winning logit moves with each pixel, for a trained network and for one that never was."""

from __future__ import annotations

import torch
from inside import GREY, picture, trained
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from style import COLOURS, chart, save
from torch import nn

HEAT = LinearSegmentedColormap.from_list("heat", ["#000000", "#8f5400", "#ffffff"])
DIGITS = (2, 4, 7)


def saliency(network: nn.Module, image: torch.Tensor) -> torch.Tensor:
    """Return the size of the gradient of the largest logit, (28, 28), its largest value set to 1."""
    image = image.clone().requires_grad_()
    network(image[None]).max().backward()
    size = image.grad.abs()[0]
    return size / size.max()


def draw() -> Figure:
    """Return three digits, and for each the two maps."""
    network, untrained, digits, labels = trained()
    figure = chart(470, 490, left=0.004, right=0.996, top=0.92, bottom=0.005, wspace=0.06, hspace=0.06)
    plots = figure.subplots(3, 3)
    for row, digit in enumerate(DIGITS):
        chosen = next(
            k for k in range(len(labels)) if labels[k] == digit and network(digits[k : k + 1]).argmax() == digit
        )
        image = digits[chosen]
        shown = ((image[0], GREY), (saliency(network, image), HEAT), (saliency(untrained, image), HEAT))
        for axes, (values, colours) in zip(plots[row], shown, strict=True):
            picture(axes, values, colours, 0, 1)
    for axes, title in zip(plots[0], ("pixels", "trained", "untrained"), strict=True):
        axes.set_title(title, color=COLOURS["ink"])
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
