"""The best epoch of a noisy validation curve promises more than it keeps: one run, and a thousand validation sets."""

from __future__ import annotations

import numpy as np
import torch
from matplotlib.figure import Figure
from numpy.typing import NDArray
from style import COLOURS, chart, save
from torch import nn

from coursedata.digits import draw_digits

EPOCHS, TRAIN, POOL, DRAWN = 40, 1000, 4000, 1000
SIZES = (50, 100, 200, 400, 1000)


def right_or_wrong() -> NDArray[np.float64]:
    """Train one small network; return 1 where it read a digit of the pool rightly, (EPOCHS, POOL)."""
    images, labels = draw_digits(TRAIN + POOL, seed=4)
    x, y = (torch.tensor(images).double().flatten(1) - 32.0) / 72.0, torch.tensor(labels).long()
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(784, 32), nn.ReLU(), nn.Linear(32, 10)).double()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.5)
    rows = []
    for _ in range(EPOCHS):
        for batch in torch.randperm(TRAIN).split(50):
            optimizer.zero_grad()
            nn.functional.cross_entropy(model(x[batch]), y[batch]).backward()
            optimizer.step()
        with torch.no_grad():
            rows.append((model(x[TRAIN:]).argmax(1) == y[TRAIN:]).numpy())
    return np.array(rows, dtype=np.float64)


def promises(right: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    """Return (DRAWN, 2): accuracy of the best epoch on a drawn set of `size`, and of that epoch on all other digits."""
    rng, rows = np.random.default_rng(0), []
    total = right.sum(1)
    for _ in range(DRAWN):
        seen = right[:, rng.choice(POOL, size, replace=False)].sum(1)
        best = int(seen.argmax())
        rows.append((seen[best] / size, (total[best] - seen[best]) / (POOL - size)))
    return 100 * np.array(rows)


def typical(right: NDArray[np.float64], gap: float) -> NDArray[np.int64]:
    """Return the one of 50 drawn sets of 100 digits whose best epoch promises most nearly `gap` points too many."""
    rng = np.random.default_rng(1)
    sets = [rng.choice(POOL, 100, replace=False) for _ in range(50)]

    def miss(seen: NDArray[np.int64]) -> float:
        noisy = right[:, seen].mean(1)
        return round(abs(100 * (noisy.max() - right[noisy.argmax()].mean()) - gap), 6)

    return min(sets, key=miss)


def draw() -> Figure:
    """Return one noisy curve beside the true one, and the mean gap for five sizes of the validation set."""
    right = right_or_wrong()
    gaps = [float(np.subtract(*promises(right, size).T).mean()) for size in SIZES]
    seen = typical(right, gaps[1])
    noisy, true = 100 * right[:, seen].mean(1), 100 * right.mean(1)
    best = int(noisy.argmax())
    figure = chart(1136, 380, left=0.07, right=0.99, top=0.9, bottom=0.2, wspace=0.22)
    left, bars = figure.subplots(1, 2, width_ratios=(1.45, 1))
    epochs = range(1, EPOCHS + 1)
    left.plot(epochs, noisy, color=COLOURS["blue"], label="100 validation digits")
    left.plot(epochs, true, color=COLOURS["muted"], linestyle="--", label="4,000 digits: the truth")
    left.plot([best + 1] * 2, [noisy[best], true[best]], color=COLOURS["red"], linewidth=2)
    left.plot([best + 1], [noisy[best]], "o", color=COLOURS["red"], markersize=12)
    left.annotate(
        f"{noisy[best]:.0f} promised, {true[best]:.1f} true",
        (best + 1, noisy[best]),
        (best + 1.8, noisy[best] + 0.9),
        color=COLOURS["red"],
        fontsize=22,
    )
    left.set_ylim(76, 90)
    left.set_xlabel("epoch")
    left.set_ylabel("% right")
    left.legend(frameon=False, fontsize=22, loc="lower right", borderaxespad=0)
    left.set_yticks([76, 80, 84, 88])
    bars.bar(range(len(SIZES)), gaps, color=COLOURS["redwash"], edgecolor=COLOURS["red"], linewidth=2, width=0.66)
    for place, gap in enumerate(gaps):
        bars.text(place, gap + 0.1, f"{gap:.1f}", ha="center", fontsize=24)
    bars.set_xticks(range(len(SIZES)), [f"{size:,}" for size in SIZES])
    bars.set_xlabel("digits in the validation set")
    bars.set_ylim(0, 1.15 * max(gaps))
    bars.set_yticks([])
    bars.spines["left"].set_visible(False)
    bars.set_title("points too many, mean of 1,000 sets", fontsize=24)
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
