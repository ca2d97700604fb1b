"""The digits: MNIST's files, the same bytes everywhere, and hard enough that better models win."""

from __future__ import annotations

import gzip
import hashlib
import os
import time
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from coursedata.digits import Alteration, alter_digits, draw_digits, make_digits

DIGITS_SHA256 = "82d285a662f28fe91bc6d443ad5e438ab82738edbcb2c73133423c7f5b2b81bc"
"""Of the pictures and labels of draw_digits(500, seed=0)."""
SEPARATION = 3.0
"""Points of accuracy by which the nearest neighbour beats the nearest template, by far less than was measured."""


def share_right(guesses: NDArray[np.uint8], labels: NDArray[np.uint8]) -> float:
    return 100.0 * float((guesses == labels).mean())


def nearest(images: NDArray[np.uint8], known: NDArray[np.float64], labels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the label of the known picture with the smallest squared distance to each image."""
    flat = images.reshape(len(images), -1).astype(float)
    distances = (known**2).sum(axis=1)[None] - 2.0 * flat @ known.T
    return labels[distances.argmin(axis=1)]


def test_four_files_have_the_names_and_the_headers_of_mnist(tmp_path: Path) -> None:
    """Magic number, sizes in big-endian order, then the bytes: as the format's description says."""
    make_digits(tmp_path / "made here", train=30, test=20, seed=3)
    files = {path.name: path.read_bytes() for path in (tmp_path / "made here").iterdir()}
    assert {name: content[:16].hex() for name, content in files.items() if "images" in name} == {
        "train-images-idx3-ubyte": "000008030000001e0000001c0000001c",
        "t10k-images-idx3-ubyte": "00000803000000140000001c0000001c",
    }
    assert {name: (content[:8].hex(), len(content)) for name, content in files.items() if "labels" in name} == {
        "train-labels-idx1-ubyte": ("000008010000001e", 38),
        "t10k-labels-idx1-ubyte": ("0000080100000014", 28),
    }
    images, labels = draw_digits(30, seed=3)
    assert files["train-images-idx3-ubyte"][16:] == images.tobytes()
    assert files["train-labels-idx1-ubyte"][8:] == labels.tobytes()


def test_packed_files_hold_the_same_bytes(tmp_path: Path) -> None:
    """With `packed` the names end in .gz and the content is that of the plain files; writing again changes no byte."""
    plain = make_digits(tmp_path / "plain", train=20, test=10)
    packed = make_digits(tmp_path / "packed", train=20, test=10, packed=True)
    before = {path.name: path.read_bytes() for path in packed.iterdir()}
    make_digits(packed, train=20, test=10, packed=True)
    assert {path.name: path.read_bytes() for path in packed.iterdir()} == before
    assert {name[:-3]: gzip.decompress(content) for name, content in before.items()} == {
        path.name: path.read_bytes() for path in plain.iterdir()
    }


def test_the_digits_are_the_same_on_every_machine() -> None:
    """Thresholds were calibrated on these bytes: a change here asks for new ones."""
    images, labels = draw_digits(500, seed=0)
    assert hashlib.sha256(images.tobytes() + labels.tobytes()).hexdigest() == DIGITS_SHA256


def test_equal_seeds_give_equal_digits_and_other_seeds_share_none() -> None:
    """A hidden set is a seed that nobody knows, large ones too."""
    first, again, other = (draw_digits(200, seed=seed)[0] for seed in (2**200 + 1, 2**200 + 1, 2**200 + 2))
    assert np.array_equal(first, again)
    assert not {image.tobytes() for image in first} & {image.tobytes() for image in other}


def test_training_and_test_digits_differ(tmp_path: Path) -> None:
    """No picture of the test file stands in the training file."""
    make_digits(tmp_path, train=300, test=300)
    train, test = (
        np.frombuffer((tmp_path / f"{name}-images-idx3-ubyte").read_bytes()[16:], np.uint8).reshape(300, -1)
        for name in ("train", "t10k")
    )
    assert not {row.tobytes() for row in train} & {row.tobytes() for row in test}


def test_each_digit_comes_as_often_as_the_others() -> None:
    """Counts differ by at most one, and the order tells nothing."""
    labels = draw_digits(1003, seed=4)[1]
    assert sorted(np.bincount(labels, minlength=10)) == [100] * 7 + [101] * 3
    assert abs(np.corrcoef(np.arange(1003), labels)[0, 1]) < 0.1


def test_the_ink_is_bright_on_black_and_in_the_middle() -> None:
    """As in MNIST, most of a picture is dark, and the border carries no more than scraps of a stroke."""
    images = draw_digits(500, seed=1)[0].astype(float)
    assert 15 < images.mean() < 60
    border = np.concatenate([images[:, :2].reshape(500, -1), images[:, :, :2].reshape(500, -1)], axis=1)
    assert border.mean() < images[:, 8:20, 8:20].mean() / 3


def test_the_digits_can_be_told_apart_and_not_by_templates_alone() -> None:
    """From 3,000 digits the nearest neighbour reads more than 80 per cent, the mean of each class clearly fewer."""
    images, labels = draw_digits(3500, seed=5)
    known, known_labels = images[:3000].reshape(3000, -1).astype(float), labels[:3000]
    templates = np.stack([known[known_labels == digit].mean(axis=0) for digit in range(10)])
    by_template = share_right(nearest(images[3000:], templates, np.arange(10, dtype=np.uint8)), labels[3000:])
    by_neighbour = share_right(nearest(images[3000:], known, known_labels), labels[3000:])
    assert 60 < by_template < 80
    assert by_neighbour > max(80.0, by_template + SEPARATION)


def test_twelve_thousand_digits_take_a_few_seconds() -> None:
    """The default set costs so little CPU that a notebook draws it anew."""
    start = time.process_time()
    draw_digits(12_000, seed=6)
    assert time.process_time() - start < 6.0


@pytest.mark.parametrize(("count", "seed", "words"), [(0, 0, "count is the number"), (5, -1, "seed is a whole number")])
def test_an_argument_out_of_range_is_named(count: int, seed: int, words: str) -> None:
    """ValueError says which argument, its range and what came."""
    with pytest.raises(ValueError, match=words):
        draw_digits(count, seed=seed)


def test_a_wrong_seed_writes_nothing(tmp_path: Path) -> None:
    """A refused call leaves no folder behind."""
    with pytest.raises(ValueError, match="seed is a whole number"):
        make_digits(tmp_path / "digits", seed=-1)
    assert not (tmp_path / "digits").exists()


def test_altered_digits_are_new_pictures_of_the_same_digits() -> None:
    """Every picture changes, by little: the nearest neighbour still reads it as what it was."""
    images, labels = draw_digits(300, seed=7)
    before = images.copy()
    altered = alter_digits(images, seed=1)
    assert np.array_equal(images, before)
    assert (altered.shape, altered.dtype) == (images.shape, np.uint8)
    assert (altered != images).any(axis=(1, 2)).all()
    guesses = nearest(altered, images.reshape(300, -1).astype(float), labels)
    assert share_right(guesses, labels) > 90


def test_altering_by_nothing_changes_nothing() -> None:
    """With every limit at 0 each pixel is read from its own place."""
    images = draw_digits(20, seed=8)[0]
    assert np.array_equal(alter_digits(images, seed=0, alteration=Alteration(0.0, 0.0, 0.0)), images)


def test_an_altered_point_stays_within_the_limits() -> None:
    """A bright point in the middle moves by at most the shift, and no light is won."""
    images = np.zeros((200, 9, 9), np.uint8)
    images[:, 4, 4] = 200
    altered = alter_digits(images, seed=2, alteration=Alteration(shift=1.0, turn=0.0, scale=0.0)).astype(float)
    light = altered.sum(axis=(1, 2))
    rows = (altered.sum(axis=2) * np.arange(9)).sum(axis=1) / light
    assert light == pytest.approx(np.full(200, 200.0), abs=2.0)
    assert np.abs(rows - 4.0).max() <= 1.01
    assert rows.std() > 0.3


def test_altering_is_seeded_and_asks_for_pictures() -> None:
    """Equal seeds, equal bytes; a wrong shape or type is named."""
    images = draw_digits(20, seed=9)[0]
    assert np.array_equal(alter_digits(images, seed=5), alter_digits(images, seed=5))
    assert not np.array_equal(alter_digits(images, seed=5), alter_digits(images, seed=6))
    with pytest.raises(ValueError, match=r"images are \(N, H, W\) of uint8"):
        alter_digits(images[0], seed=5)


def test_held_out_real_digits_stay_readable_when_altered() -> None:
    """1,000 altered test digits of MNIST are read by the nearest of 5,000 training digits nearly as well as before."""
    folder = Path(os.environ.get("T2P_DATA", "")) / "mnist"
    if not (folder / "t10k-images-idx3-ubyte.gz").is_file():
        pytest.skip("MNIST is not here: name the folder above mnist/ in T2P_DATA")

    def content(name: str, header: int) -> NDArray[np.uint8]:
        return np.frombuffer(gzip.decompress((folder / f"{name}.gz").read_bytes())[header:], np.uint8)

    known = content("train-images-idx3-ubyte", 16)[: 5000 * 784].reshape(5000, 784).astype(float)
    known_labels = content("train-labels-idx1-ubyte", 8)[:5000]
    images = content("t10k-images-idx3-ubyte", 16)[: 1000 * 784].reshape(1000, 28, 28)
    labels = content("t10k-labels-idx1-ubyte", 8)[:1000]
    altered = alter_digits(images, seed=11)
    before, after = (share_right(nearest(pictures, known, known_labels), labels) for pictures in (images, altered))
    assert not (altered == images).all(axis=(1, 2)).any()
    assert before > 90
    assert before - 8 < after < before + 1
