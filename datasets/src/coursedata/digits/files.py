"""`make_digits`: the digits of the third week as four files with MNIST's names and MNIST's format."""

from __future__ import annotations

import gzip
import os
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coursedata.digits.drawing import SIDE, draw_digits

__all__ = ["make_digits"]

TEST_SEED = 1_000_003
"""Added to the seed for the test files: no digit of one set is drawn for the other."""


def make_digits(
    folder: str | os.PathLike[str], *, train: int = 10_000, test: int = 2_000, seed: int = 0, packed: bool = False
) -> Path:
    """Write seeded synthetic digits into `folder` as MNIST's four IDX files, and return the folder.

    `train-images-idx3-ubyte` and `t10k-images-idx3-ubyte` hold (train, 28, 28) and (test, 28, 28) uint8 pictures,
    `train-labels-idx1-ubyte` and `t10k-labels-idx1-ubyte` what they show; with `packed` they are gzip files and end in
    `.gz`. The folder is made if need be; files of these names are replaced, each in one step. Equal arguments give
    equal bytes on every machine. How they are drawn: `coursedata.digits.draw_digits`.

    Measured on 2,000 digits after training on 10,000, seeds 0, 1 and 2, in per cent:

    ======================================  =====  =====  =====
    nearest template (mean of the class)     70.6   72.4   71.0
    nearest neighbour                        91.4   91.0   91.0
    linear softmax, 10 epochs                85.1   87.2   87.4
    MLP 512-256, 10 epochs                   95.6   96.4   95.7
    CNN, three convolutions, 5 epochs        98.6   99.0   99.1
    ======================================  =====  =====  =====

    (AdamW, one cycle, batches of 128.) Moved to the right by two pixels, seed 0, the linear model falls to 60.6, the
    MLP to 78.5 and the CNN to 96.1.

    Raises ValueError when `train` or `test` is not from 1 to 1,000,000 or `seed` is not from 0 to 10**70.
    """
    if not 0 <= seed <= 10**70:
        raise ValueError(f"seed is a whole number from 0 to 10**70, not {seed}")
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    for name, count, own_seed in (("train", train, seed), ("t10k", test, seed + TEST_SEED)):
        images, labels = draw_digits(count, seed=own_seed)
        _put(target / f"{name}-images-idx3-ubyte", _picture_file(images), packed=packed)
        _put(target / f"{name}-labels-idx1-ubyte", _label_file(labels), packed=packed)
    return target


def _picture_file(images: NDArray[np.uint8]) -> bytes:
    side = SIDE.to_bytes(4, "big")
    return b"\0\0\x08\x03" + len(images).to_bytes(4, "big") + side + side + images.tobytes()


def _label_file(labels: NDArray[np.uint8]) -> bytes:
    return b"\0\0\x08\x01" + len(labels).to_bytes(4, "big") + labels.tobytes()


def _put(path: Path, content: bytes, *, packed: bool) -> None:
    """Write a file in one step, so that a stopped notebook leaves no half of it."""
    target = path.with_name(path.name + ".gz") if packed else path
    handle, name = tempfile.mkstemp(prefix=".part-", dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(gzip.compress(content, compresslevel=6, mtime=0) if packed else content)
        part.chmod(0o644)  # a shared folder serves a whole class
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
