"""A run killed after epoch 3 and resumed: with its whole state it is the run that never stopped."""

from __future__ import annotations

import copy
from typing import Any

import torch
from matplotlib.figure import Figure
from style import COLOURS, chart, save
from torch import nn

from coursedata.digits import draw_digits

EPOCHS, KILLED, BATCH, TRAIN = 10, 3, 40, 600


class Run:
    """A small network on digits, with all that changes while it trains: weights, Adam's memory, two generators."""

    def __init__(self, seed: int) -> None:
        images, labels = draw_digits(TRAIN + 400, seed=4)
        self.x = (torch.tensor(images).double().flatten(1) - 32.0) / 72.0
        self.y = torch.tensor(labels).long()
        torch.manual_seed(seed)
        layers = nn.Linear(784, 32), nn.ReLU(), nn.Dropout(0.3), nn.Linear(32, 10)
        self.model = nn.Sequential(*layers).double()
        self.optimizer = torch.optim.Adam(self.model.parameters(), lr=0.006)
        self.generator = torch.Generator().manual_seed(seed)
        self.steps: list[float] = []

    def epoch(self) -> float:
        """Train for one epoch; return the mean loss on the 400 digits of validation."""
        self.model.train()
        for batch in torch.randperm(TRAIN, generator=self.generator).split(BATCH):
            self.optimizer.zero_grad()
            loss = nn.functional.cross_entropy(self.model(self.x[batch]), self.y[batch])
            loss.backward()
            self.optimizer.step()
            self.steps.append(loss.item())
        self.model.eval()
        with torch.no_grad():
            return nn.functional.cross_entropy(self.model(self.x[TRAIN:]), self.y[TRAIN:]).item()

    def state(self) -> dict[str, Any]:
        """Return copies of all that the next epoch depends on."""
        return copy.deepcopy(
            {
                "model": self.model.state_dict(),
                "optimizer": self.optimizer.state_dict(),
                "order": self.generator.get_state(),
                "dropout": torch.get_rng_state(),
            }
        )

    def load(self, state: dict[str, Any]) -> None:
        """Go back to `state`, whole or the weights alone."""
        self.model.load_state_dict(state["model"])
        if len(state) > 1:
            self.optimizer.load_state_dict(state["optimizer"])
            self.generator.set_state(state["order"])
            torch.set_rng_state(state["dropout"])


def curves() -> tuple[list[float], list[float], list[float], list[float]]:
    """Return validation losses of the whole run, of the resumed one, of the one resumed from weights; losses a step."""
    run, whole = Run(0), []
    for epoch in range(EPOCHS):
        if epoch == KILLED:
            state = run.state()
        whole.append(run.epoch())
    resumed, careless = Run(1), Run(1)  # other seeds: what is right afterwards comes out of the file
    resumed.load(state)
    after = [resumed.epoch() for _ in range(KILLED, EPOCHS)]
    careless.load({"model": state["model"]})
    wrong = [careless.epoch() for _ in range(KILLED, EPOCHS)]
    return whole, after, wrong, run.steps


def draw() -> Figure:
    """Return the curves above each other, and how far each resumed run is from the whole one."""
    whole, after, wrong, _ = curves()
    epochs, later = range(1, EPOCHS + 1), range(KILLED + 1, EPOCHS + 1)
    figure = chart(1136, 400, left=0.085, right=0.99, top=0.97, bottom=0.19, wspace=0.3)
    left, right = figure.subplots(1, 2, width_ratios=(1.35, 1))
    left.plot(epochs, whole, color=COLOURS["line"], linewidth=13, solid_capstyle="round", label="never stopped")
    left.plot(epochs[:KILLED], whole[:KILLED], "o-", color=COLOURS["ink"], markersize=8, label="killed after epoch 3")
    left.plot(later, after, "o-", color=COLOURS["green"], markersize=8, label="resumed")
    left.plot(later, wrong, "s--", color=COLOURS["red"], markersize=8, label="weights alone")
    left.axvline(KILLED + 0.5, color=COLOURS["muted"], linestyle=":", linewidth=2)
    left.set_ylabel("validation loss")
    left.legend(frameon=False, fontsize=22, loc="upper right", borderaxespad=0, handlelength=1.6)
    right.axhline(0, color=COLOURS["line"], linewidth=1.5)
    right.plot(
        later, [a - b for a, b in zip(after, whole[KILLED:], strict=True)], "o-", color=COLOURS["green"], markersize=8
    )
    right.plot(
        later, [a - b for a, b in zip(wrong, whole[KILLED:], strict=True)], "s--", color=COLOURS["red"], markersize=8
    )
    right.set_ylabel("minus the whole run")
    right.text(EPOCHS, 0.05, "0, to the last bit", color=COLOURS["green"], fontsize=22, ha="right")
    for axes, first in ((left, 1), (right, KILLED + 1)):
        axes.set_xlabel("epoch")
        axes.set_xticks(range(first, EPOCHS + 1))
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
