"""Training and validation loss of a network that has too few digits: the last epoch is not the best."""

from __future__ import annotations

import torch
from matplotlib.figure import Figure
from style import COLOURS, chart, save
from torch import nn

from coursedata.digits import draw_digits

EPOCHS, TRAIN = 30, 300


def losses() -> list[tuple[float, float]]:
    """Return the loss on 400 training and on 600 validation digits after each epoch."""
    images, labels = draw_digits(TRAIN + 600, seed=4)
    x, y = (torch.tensor(images).double().flatten(1) - 32.0) / 72.0, torch.tensor(labels).long()
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(784, 64), nn.ReLU(), nn.Linear(64, 10)).double()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.004)
    rows = []
    for _ in range(EPOCHS):
        for batch in torch.randperm(TRAIN).split(25):
            optimizer.zero_grad()
            nn.functional.cross_entropy(model(x[batch]), y[batch]).backward()
            optimizer.step()
        with torch.no_grad():
            rows.append(
                tuple(
                    nn.functional.cross_entropy(model(x[part]), y[part]).item()
                    for part in (slice(TRAIN), slice(TRAIN, None))
                )
            )
    return rows


def draw() -> Figure:
    """Return both curves with the best and the last epoch marked."""
    train, valid = zip(*losses(), strict=True)
    best = min(range(EPOCHS), key=valid.__getitem__)
    figure = chart(640, 400, left=0.12, right=0.97, top=0.97, bottom=0.18)
    axes = figure.subplots()
    epochs = range(1, EPOCHS + 1)
    axes.plot(epochs, train, color=COLOURS["muted"], linestyle="--", label="training")
    axes.plot(epochs, valid, color=COLOURS["blue"], label="validation")
    for place, colour, word in ((best, "green", "best"), (EPOCHS - 1, "red", "last")):
        axes.plot([place + 1], [valid[place]], "o", color=COLOURS[colour], markersize=11)
        axes.annotate(
            f"{word}: epoch {place + 1}, {valid[place]:.3f}",
            (place + 1, valid[place]),
            (0, 16) if word == "last" else (16, -36),
            ha="right" if word == "last" else "left",
            textcoords="offset points",
            color=COLOURS[colour],
            fontsize=22,
        )
    axes.set_ylim(0, 1.6)
    axes.set_xlabel("epoch")
    axes.set_ylabel("loss")
    axes.legend(frameon=False, fontsize=22, loc="upper right", borderaxespad=0)
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
