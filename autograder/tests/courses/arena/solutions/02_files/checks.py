"""Hidden checks of 02_files."""

import struct

import numpy as np
import pytest

from autograder.checks import check
from autograder.compare import matches, raises, require, same_files

SEEN = "cell:imports"


def idx(images):
    return struct.pack(">HBB3I", 0, 8, 3, *images.shape) + images.tobytes()


@check("write_idx", hint="Big-endian sizes.", see=SEEN)
def test_idx_reads_back(student, folder, rng):
    """A file of images reads back as they were."""
    images = rng.integers(0, 256, (5, 7, 3), dtype=np.uint8)
    student.write_idx(folder / "images.idx", images)
    matches(folder.load("images.idx"), images)


@check("write_idx", hint="The current folder has no name.", see=SEEN)
def test_idx_into_the_current_folder(student, folder, work, rng):
    """A name without a folder means the current one, and what a cell wrote lies where the notebook ran."""
    matches(work.load("notes.json"), {"made by": "a cell"})
    images = rng.integers(0, 256, (2, 3, 4), dtype=np.uint8)
    student.write_idx("été 1-idx3-ubyte", images)
    matches(folder.load("été 1-idx3-ubyte"), images)


@check("read_idx", hint="Big-endian sizes.", see=SEEN)
def test_reads_unseen_files(student, folder, rng):
    """An image file never seen, in a folder with spaces and accents."""
    images = rng.integers(0, 256, (4, 3, 2), dtype=np.uint8)
    matches(student.read_idx(folder.put("données d'été/images 1.idx", idx(images))), images)


@check("read_idx", hint="Compare the length with the header.", see=SEEN)
def test_cut_off_file_has_its_own_exception(student, reference, folder, rng):
    """A truncated file raises CutOff, which names the file."""
    data = idx(rng.integers(0, 256, (4, 3, 2), dtype=np.uint8))
    path = folder.put("cut.idx", data[: -int(rng.integers(1, 20))])
    error = raises(reference.CutOff, student.read_idx, path)
    require("cut.idx" in error.failure.detail, "The exception does not name the file.")


@check("split", hint="Each file once.", see=SEEN)
def test_split_is_written(student, reference, folder, rng):
    """Each picture lies in one of the two parts, under its label, unchanged."""
    pictures = {f"{label}/{n}.bin": rng.bytes(20) for label in ("cat", "dog") for n in range(8)}
    for name, data in pictures.items():
        folder.put(f"all/{name}", data)
    student.split(folder / "all", folder / "parts", 0.25, 3)
    parts = folder.contents("parts")
    same_files({name.split("/", 2)[2]: data for name, data in parts.items()}, pictures, "`parts`")
    require(len(parts) == len(pictures), "A picture lies in both parts.")
    held = [name for name in parts if name.startswith("parts/validation/")]
    require(len(held) == 4, "`parts/validation` does not hold a quarter of each label.")
    same_files(folder.contents("all"), {f"all/{name}": data for name, data in pictures.items()}, "`all`")


@check("save_rows", hint="A temporary file, then `os.replace`.", see=SEEN)
def test_rows_are_saved(student, folder, rng):
    """Rows read back from the CSV file."""
    rows = rng.integers(0, 99, (4, 3)).tolist()
    student.save_rows(folder / "rows.csv", rows)
    matches(folder.load("rows.csv"), [[str(number) for number in row] for row in rows])


@check("save_rows", hint="A temporary file, then `os.replace`.", see=SEEN)
def test_nothing_half_written_stays(student, folder):
    """When the source breaks off, the folder is as it was."""
    folder.put("rows.csv", "1,2\n")
    raises(RuntimeError, student.probe, "broken_rows", "save_rows", folder / "rows.csv")
    same_files(folder.contents(), {"rows.csv": b"1,2\n"})


@pytest.mark.parametrize("suffix", ["npy", "png", "idx", "npy.gz", "npz", "json", "csv", "avi"])
@check("export", hint="Any format.", see=SEEN)
def test_export_reads_back(student, folder, rng, suffix):
    """A picture is written in each format and reads back."""
    image = rng.integers(0, 256, (48, 64, 3), dtype=np.uint8)
    student.export(folder / f"out.{suffix}", image)
    got = folder.load(f"out.{suffix}")
    if suffix == "avi":
        matches(got.frames, np.stack([image] * 5), atol=np.inf)
        matches(got.fps, 25.0)
    elif suffix == "csv":
        matches(got, [[str(number) for number in row] for row in image[..., 0].tolist()])
    else:
        matches(got["image"] if suffix == "npz" else got, image.tolist() if suffix == "json" else image)
