"""`draw_page`: one file with a canvas, a student's own model and all that it needs to read a digit."""

from __future__ import annotations

import base64
import html
import json
import os
import re
import tempfile
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from torch import Tensor

    from coursedata.canvas.trace import Program

__all__ = ["draw_page"]

PIXELS = 28 * 28
HOLE = re.compile(r"\{\{([\w.]+)\}\}")


def draw_page(
    model: Callable[[Tensor], Tensor],
    path: str | os.PathLike[str] = "digit.html",
    *,
    mean: float = 0.0,
    std: float = 1.0,
    shape: tuple[int, ...] = (1, 28, 28),
    title: str = "Draw a digit",
) -> Path:
    """Write a page on which `model` reads digits that are drawn by mouse, finger or keyboard; return its path.

    The page is one file that opens with a double click and asks the network for nothing. `model` is any module or
    function from one picture, (1, *shape), to ten numbers: logits, or probabilities where it ends in a softmax. It is
    fed as in training: (pixels / 255 - mean) / std, bright ink on black, the digit scaled to 20 of 28 pixels and its
    centre of mass moved to the middle, as MNIST was made. What the model does is recorded from one run on a copy in
    eval mode on the CPU, where a plain function gets its picture too; weights, mode and device stay as they are.

    Raises ValueError when `shape` does not hold 784 pixels, `std` is not above 0, or the model calls what the page
    cannot calculate, gives other than ten numbers, or goes another way for another picture.
    """
    from coursedata.canvas.trace import record

    if int(np.prod(shape)) != PIXELS:
        raise ValueError(f"shape holds the {PIXELS} pixels of one picture, not {shape}")
    mean, std = float(mean), float(std)
    if not (np.isfinite(mean) and np.isfinite(std) and std > 0):
        raise ValueError(f"mean and std are those of the training pixels in parts of white, not {mean} and {std}")
    program = record(model, tuple(int(size) for size in shape))
    target = Path(path)
    _put(target, _page(program, mean, std, title))
    return target


def _page(program: Program, mean: float, std: float, title: str) -> str:
    count = sum(value.numel() for value in program.constants.values() if value.dim())
    fillings = {
        "title": html.escape(title),
        "numbers": f"{count:,}",
        "program": _plain(program, mean, std).replace("<", "\\u003c"),
    }

    def fill(hole: re.Match[str]) -> str:
        return fillings[hole[1]] if hole[1] in fillings else _beside(hole[1])

    return HOLE.sub(fill, _beside("page.html"))


def _beside(name: str) -> str:
    return files("coursedata.canvas").joinpath(name).read_text("utf-8")


def _plain(program: Program, mean: float, std: float) -> str:
    """Return the program as JSON, its constants as base64 of little-endian float32."""
    arrays = {place: value.cpu().numpy().astype("<f4") for place, value in program.constants.items()}
    plain: dict[str, Any] = {
        "shape": program.shape,
        "mean": mean,
        "std": std,
        "steps": program.steps,
        "result": program.result,
        "probabilities": program.probabilities,
        "constants": [{"place": place, "shape": array.shape} for place, array in arrays.items()],
        "weights": base64.b64encode(b"".join(array.tobytes() for array in arrays.values())).decode("ascii"),
    }
    return json.dumps(plain, allow_nan=False)


def _put(path: Path, text: str) -> None:
    """Write a file in one step, so that a stopped notebook leaves no half of it."""
    handle, name = tempfile.mkstemp(prefix=".part-", dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
            out.write(text)
        part.chmod(0o644)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
