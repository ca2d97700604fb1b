"""Trains what the deck 03_mnist shows, and writes the numbers beside this file as digits.json.

The course's own digits: 8,000 to learn from, 2,000 for validation, 2,000 to be tested on. One thread, seeded; one
minute. With a folder of MNIST's files as argument the ladder is measured on the real digits too; ten minutes.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from coursedata.digits import draw_digits

HERE = Path(__file__).parent
SEED, BATCH, RATE, EPOCHS = 0, 64, 0.02, 6
SHIFT = 2
TEST_SEED = 1_000_003
Reader = Callable[[Tensor], Tensor]


def linear() -> nn.Module:
    """Return ten neurons."""
    return nn.Sequential(nn.Flatten(), nn.Linear(784, 10))


def mlp() -> nn.Module:
    """Return the exercise's MLP."""
    layers = (nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU(), nn.Linear(128, 10))
    return nn.Sequential(nn.Flatten(), *layers)


def cnn() -> nn.Module:
    """Return the CNN of the slides."""
    first = (nn.Conv2d(1, 16, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2))
    second = (nn.Conv2d(16, 32, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2))
    return nn.Sequential(*first, *second, nn.Flatten(), nn.Linear(32 * 7 * 7, 10))


class Digits:
    """Pictures, normalised by the training part's numbers, and labels."""

    def __init__(self, train: tuple[Any, Any], test: tuple[Any, Any], held: int) -> None:
        images, labels = (torch.from_numpy(np.array(array)) for array in train)
        order = torch.randperm(len(images), generator=torch.Generator().manual_seed(SEED))
        learn, valid = order[held:], order[:held]
        scaled = images.float()[:, None] / 255
        self.mean, self.std = scaled[learn].mean().item(), scaled[learn].std().item()
        self.train = (scaled[learn] - self.mean) / self.std, labels[learn].long()
        self.valid = (scaled[valid] - self.mean) / self.std, labels[valid].long()
        self.raw_valid = 255 * scaled[valid]
        tests, truth = (torch.from_numpy(np.array(array)) for array in test)
        self.test = (tests.float()[:, None] / 255 - self.mean) / self.std, truth.long()


def course_digits() -> Digits:
    """Return the digits of the exercise."""
    return Digits(draw_digits(10_000, seed=SEED), draw_digits(2_000, seed=SEED + TEST_SEED), 2_000)


def real_digits(folder: Path) -> Digits:
    """Return MNIST, 10,000 of the 60,000 held back for validation."""

    def content(name: str, header: int) -> Any:
        return np.frombuffer(gzip.decompress((folder / f"{name}.gz").read_bytes())[header:], np.uint8)

    sets = [
        (content(f"{name}-images-idx3-ubyte", 16).reshape(-1, 28, 28), content(f"{name}-labels-idx1-ubyte", 8))
        for name in ("train", "t10k")
    ]
    return Digits(sets[0], sets[1], 10_000)


def logits_of(model: nn.Module, images: Tensor) -> Tensor:
    """Return the model's logits in eval mode."""
    model.eval()
    with torch.no_grad():
        return torch.cat([model(some) for some in images.split(500)])


def loss_of(model: nn.Module, images: Tensor, labels: Tensor) -> float:
    """Return the mean loss, four digits."""
    return float(f"{functional.cross_entropy(logits_of(model, images), labels).item():.4g}")


def learn(
    digits: Digits,
    make: Callable[[], nn.Module],
    *,
    rate: float = RATE,
    epochs: int = EPOCHS,
    count: int = 0,
    forget: bool = True,
    raw: bool = False,
) -> tuple[nn.Module, list[list[float]], float]:
    """Return a trained model, its training and validation loss by epoch, and CPU seconds of training."""
    torch.manual_seed(SEED)
    model = make()
    images, labels = (array[: count or None] for array in digits.train)
    optimiser = torch.optim.SGD(model.parameters(), lr=rate, momentum=0.9)
    curve, spent = [], 0.0
    for _ in range(epochs):
        start, total = time.process_time(), 0.0
        model.train()
        for rows in torch.randperm(len(images)).split(BATCH):
            loss = functional.cross_entropy(model(images[rows]), labels[rows])
            if forget:
                optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            total += loss.item() * len(rows)
        spent += time.process_time() - start
        seen = digits.raw_valid if raw else digits.valid[0]
        curve.append([float(f"{total / len(images):.4g}"), loss_of(model, seen, digits.valid[1])])
    return model, curve, spent


def nearest(known: Tensor, classes: Tensor) -> Reader:
    """Return a reader that takes the class of the nearest example."""
    return lambda images: torch.cat(
        [classes[torch.cdist(some.flatten(1), known).argmin(dim=1)] for some in images.split(500)]
    )


def right(reader: Reader, images: Tensor, labels: Tensor) -> float:
    """Return the share read correctly, in per cent."""
    return round(100 * (reader(images) == labels).float().mean().item(), 1)


def moved(images: Tensor, rows: int, columns: int) -> Tensor:
    """Return digits moved down and to the right; what comes in has the brightness of the corner."""
    return torch.roll(images, (rows, columns), dims=(2, 3))


def ladder(digits: Digits, shifts: int = 5) -> tuple[list[dict[str, Any]], dict[str, nn.Module]]:
    """Return a row for each way of reading, and the trained networks."""
    images, labels = digits.train
    flat = images.flatten(1)
    templates = torch.stack([flat[labels == digit].mean(dim=0) for digit in range(10)])
    ways: list[tuple[str, Reader, int, float]] = [
        ("template", nearest(templates, torch.arange(10)), templates.numel(), 0.0),
        ("nearest neighbour", nearest(flat, labels), flat.numel(), 0.0),
    ]
    networks = {}
    for name, make in (("linear", linear), ("MLP", mlp), ("CNN", cnn)):
        model, _, spent = learn(digits, make)
        networks[name] = model
        count = sum(parameter.numel() for parameter in model.parameters())
        ways.append((name, lambda some, model=model: logits_of(model, some).argmax(dim=1), count, round(spent, 1)))
    rows = []
    for name, reader, count, spent in ways:
        tests, truth = digits.test
        start = time.process_time()
        accuracy = right(reader, tests, truth)
        reading = 1000 * (time.process_time() - start) / len(truth)
        sides = [right(reader, moved(tests, *side), truth) for side in ((0, 2), (0, -2), (2, 0), (-2, 0))]
        steps = [right(reader, moved(tests, 0, shift), truth) for shift in range(shifts)]
        rows.append(
            {
                "name": name,
                "right": accuracy,
                "numbers": count,
                "seconds": spent,
                "milliseconds": float(f"{reading:.2g}"),
                "moved": round(sum(sides) / 4, 1),
                "steps": steps,
            }
        )
        print(rows[-1])
    return rows, networks


def main() -> None:
    """Measure and write."""
    torch.set_num_threads(1)
    path = HERE / "digits.json"
    kept = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    if len(sys.argv) > 1:
        kept["mnist"] = ladder(real_digits(Path(sys.argv[1])), shifts=0)[0]
    else:
        kept |= course(course_digits())
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(value)}" for name, value in kept.items())
    path.write_text("{\n" + lines + "\n}\n", "utf-8", newline="\n")


def course(digits: Digits) -> dict[str, Any]:
    """Return all that the figures show of the course's digits."""
    rows, networks = ladder(digits)
    asked, truth = digits.valid  # never the test digits: whoever studies these has chosen by them
    logits = logits_of(networks["CNN"], asked)
    guess, losses = logits.argmax(dim=1), functional.cross_entropy(logits, truth, reduction="none")
    table = torch.zeros(10, 10, dtype=torch.long)
    plain = logits_of(networks["MLP"], asked).argmax(dim=1)
    table.index_put_((truth, plain), torch.ones_like(truth), accumulate=True)
    worst = losses.argsort(descending=True)[:12]
    pictures = ((asked[worst, 0] * digits.std + digits.mean) * 15).round().clamp(0, 15).int()
    first = networks["linear"][1].weight.detach().reshape(10, 28, 28)
    neurons = networks["MLP"][1].weight.detach()
    strong = neurons[neurons.norm(dim=1).argsort(descending=True)[:6]].reshape(6, 28, 28)
    windows = networks["CNN"][0].weight.detach()[:, 0]
    runs = {
        "healthy": {},
        "slow": {"rate": 0.0001},
        "fast": {"rate": 0.15},
        "few": {"count": 300},
        "raw": {"raw": True},
        "added": {"forget": False, "rate": 0.005},
    }
    return {
        "mean": round(digits.mean, 4),
        "std": round(digits.std, 4),
        "ladder": rows,
        "confusion": table.tolist(),
        "worst": [
            {"truth": int(truth[k]), "guess": int(guess[k]), "share": round(logits[k].softmax(0).max().item(), 2)}
            for k in worst
        ],
        "worst_pictures": ["".join(f"{value:x}" for value in picture.flatten().tolist()) for picture in pictures],
        "templates": steps_of(first),
        "neurons": steps_of(strong),
        "windows": steps_of(windows),
        "curves": {name: learn(digits, mlp, epochs=12, **settings)[1] for name, settings in runs.items()},
    }


def steps_of(weights: Tensor) -> list[list[list[int]]]:
    """Return weights in 19 steps from -9 to 9, each picture by its own largest: coarse, so that a run repeats."""
    largest = weights.abs().amax(dim=(1, 2), keepdim=True)
    return (9 * weights / largest).round().int().tolist()


if __name__ == "__main__":
    main()
