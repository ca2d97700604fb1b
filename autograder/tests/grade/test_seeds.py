"""Hidden inputs: 128 secret bits for each use, and the same again for the same use."""

from __future__ import annotations

import stat
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from autograder.errors import UserError
from autograder.grade.examiner import Examiner, torch_generator
from autograder.grade.seeds import cohort_secret, fingerprint, seed
from autograder.manifest import load_exercise

ARENA = Path(__file__).parents[1] / "courses" / "arena" / "solutions" / "01_arena"


def test_every_use_has_its_own() -> None:
    """Another secret, exercise, check, purpose or student, or a shifted boundary between them: another seed."""
    uses = list(product((b"a" * 32, b"b" * 32), ("x", "xy"), ("c", "c[1]"), ("final", "try-1", "try-2"), ("", "anna")))
    seeds = [seed(*use) for use in uses]
    assert len(set(seeds)) == len(uses)
    assert seed(b"k", "ab", "c", "f") != seed(b"k", "a", "bc", "f")
    assert [seed(*use) for use in uses] == seeds


def test_they_are_wide() -> None:
    """128 bits, of which none stands still."""
    seeds = [seed(b"k" * 32, "x", f"check {number}", "final") for number in range(400)]
    assert max(seeds) < 2**128
    assert all(150 < sum(number >> bit & 1 for number in seeds) < 250 for bit in range(128))


def test_secret_is_made_once_and_private(tmp_path: Path) -> None:
    """The cohort's secret is made on first use, for its owner alone, and read from then on."""
    secret = cohort_secret(tmp_path)
    assert (len(secret), cohort_secret(tmp_path)) == (32, secret)
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600
    assert secret.hex() not in fingerprint(secret)
    assert cohort_secret(tmp_path_of(tmp_path)) != secret


def tmp_path_of(path: Path) -> Path:
    other = path / "other"
    other.mkdir()
    return other


@pytest.mark.parametrize("text", ["", "not hexadecimal", "ab" * 8 + "x", "ab" * 4])
def test_damaged_secret(text: str, tmp_path: Path) -> None:
    """A damaged secret is never replaced in silence."""
    (tmp_path / "secret").write_text(text)
    with pytest.raises(UserError, match="from a backup"):
        cohort_secret(tmp_path)


def test_generator_of_torch_has_all_of_the_seed() -> None:
    """Seeds that torch itself takes for one give other numbers, and each gives those of a Mersenne Twister's state."""
    alike = 5, 5 + (7 << 32), 5 + (1 << 100)
    drawn = [torch.randint(1 << 32, (3,), generator=torch_generator(number)).tolist() for number in alike]
    assert len({tuple(one) for one in drawn}) == len(alike)
    twister = np.random.MT19937()
    words = np.random.default_rng(5).integers(0, 1 << 32, 624, dtype=np.uint64).astype(np.uint32)
    twister.state = {"bit_generator": "MT19937", "state": {"key": words, "pos": 624}}
    low_halves = [int(word) % (1 << 31) for word in twister.random_raw(6)[1::2]]
    assert torch.randint(1 << 31, (3,), generator=torch_generator(5)).tolist() == low_halves


def inputs(examiner: Examiner, name: str, student: str, look: str = "") -> float:
    check = next(check for check in examiner.checks if check.name == name)
    stand_in: Any = None
    return float(torch.rand(1, generator=examiner.fixtures(check, stand_in, student, look)["torch_rng"]))


def test_what_a_check_is_given() -> None:
    """Inputs differ by check, purpose and look, and by student only where the exercise says so."""
    exercise = load_exercise(ARENA)
    final, practice = Examiner(exercise, b"k" * 32), Examiner(exercise, b"k" * 32, "try-1")
    one, other = "test_softmax_of_random_logits", "test_unit_has_length_one"
    given = {
        inputs(final, one, "anna"),
        inputs(final, one, "anna", "second look"),
        inputs(final, other, "anna"),
        inputs(practice, one, "anna"),
    }
    assert len(given) == 4
    assert inputs(final, one, "anna") == inputs(final, one, "bob")


def test_order_of_checks_is_secret() -> None:
    """Checks come in an order that the secret decides."""
    exercise = load_exercise(ARENA)
    orders = {tuple(c.name for c in Examiner(exercise, bytes([n]) * 32).order("anna")) for n in range(5)}
    assert len(orders) == 5
    assert {tuple(sorted(order)) for order in orders} == {
        tuple(sorted(c.name for c in Examiner(exercise, b"k").checks))
    }
