# %% [markdown]
r"""
# Files

Files written and read: [[points]] points.
"""

# %% imports kind="setup"
import contextlib
import csv
import gzip
import json
import os
import random
import shutil
import struct
from pathlib import Path

import cv2
import numpy as np


class CutOff(ValueError):
    """A file that is shorter than its header says."""

# %% [markdown]
r"""
## Part

[[write_idx]]
"""


# %% write_idx kind="solution"
def write_idx(path, images):
    """Write the uint8 array `images` as an IDX file; folders above it are made."""
    # BEGIN SOLUTION
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(struct.pack(f">HBB{images.ndim}I", 0, 8, images.ndim, *images.shape) + images.tobytes())
    # END SOLUTION


# %% notes kind="example"
Path("notes.json").write_text(json.dumps({"made by": "a cell"}))

# %% [markdown]
r"""
## Part

[[read_idx]]
"""


# %% read_idx kind="solution"
def read_idx(path):
    """Return the array in an IDX file; CutOff names a file that is too short."""
    # BEGIN SOLUTION
    data = Path(path).read_bytes()
    shape = struct.unpack_from(f">{data[3]}I", data, 4)
    body = data[4 + 4 * data[3] :]
    if len(body) < np.prod(shape):
        raise CutOff(f"{path} is cut off")
    return np.frombuffer(body, np.uint8).reshape(shape)
    # END SOLUTION


# %% [markdown]
r"""
## Part

[[split]]
"""


# %% split kind="solution"
def split(source, target, share, seed):
    """Copy source/LABEL/FILE to target/train and target/validation, `share` of each label to the latter."""
    # BEGIN SOLUTION
    for label in sorted(Path(source).iterdir()):
        files = sorted(label.iterdir())
        random.Random(seed).shuffle(files)
        for number, file in enumerate(files):
            part = "validation" if number < share * len(files) else "train"
            (Path(target) / part / label.name).mkdir(parents=True, exist_ok=True)
            shutil.copy(file, Path(target) / part / label.name)
    # END SOLUTION


# %% [markdown]
r"""
## Part

[[save_rows]]
"""


# %% save_rows kind="solution"
def save_rows(path, rows):
    """Write rows as CSV; the file is whole or as it was."""
    # BEGIN SOLUTION
    part = Path(path).with_suffix(".part")
    try:
        with part.open("w", newline="") as file:
            csv.writer(file).writerows(rows)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    # END SOLUTION


# %% [markdown]
r"""
## Part

[[export]]
"""


# %% export kind="solution"
def export(path, image):
    """Write `image` in the format that the suffix of `path` names."""
    # BEGIN SOLUTION
    path = Path(path)
    if path.suffix == ".npy":
        np.save(path, image)
    elif path.suffix == ".png":
        cv2.imwrite(str(path), image[..., ::-1])
    elif path.suffix == ".idx":
        write_idx(path, image)
    elif path.suffix == ".gz":
        with gzip.open(path, "wb") as file:
            np.save(file, np.asfortranarray(image))
    elif path.suffix == ".json":
        path.write_text(json.dumps(image.tolist()))
    elif path.suffix == ".csv":
        save_rows(path, image[..., 0].tolist())
    elif path.suffix == ".npz":
        np.savez_compressed(path, image=image)
    else:
        writer = cv2.VideoWriter(str(path), cv2.VideoWriter_fourcc(*"MJPG"), 25.0, image.shape[1::-1])
        for _ in range(5):
            writer.write(image[..., ::-1])
        writer.release()
    # END SOLUTION
