"""Whose weights are nearly whose: a fingerprint of each file that was handed in, compared over a class, as advice.

Two honest trainings from the same seed by the same code agree to the bit, so that alike weights prove nothing where the
code is alike too; where it is not, they cannot both come from their own training.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from autograder.grade.report import Fingerprint

if TYPE_CHECKING:
    from autograder.grade.weights import State

__all__ = ["alike", "fingerprint"]

SAMPLE = 256
NEAR = 0.05
"""Difference, relative to the weights' own size, up to which two trainings are called nearly the same: trainings from
different seeds differ by more than 1, from the same seed with another order of batches by a tenth and more."""
DIGITS = 6
LARGEST = 1e30
"""No weight of a training; what stands for infinity would be near to every number."""


def fingerprint(data: bytes, code: str, state: State | None) -> Fingerprint:
    """Return what is kept of a file of weights; `state` is None where it could not be decoded."""
    digest, cells = hashlib.sha256(data).hexdigest(), hashlib.sha256(code.encode()).hexdigest()[:16]
    if state is None:
        return Fingerprint(digest, cells)
    names = sorted(state)
    layout = hashlib.sha256(repr([(name, tuple(state[name].shape)) for name in names]).encode()).hexdigest()[:16]
    values = np.concatenate([state[name].detach().double().numpy().ravel() for name in names] or [np.zeros(0)])
    places = np.random.default_rng(int(layout, 16)).choice(len(values), min(SAMPLE, len(values)), replace=False)
    sample = [float(f"{value:.{DIGITS}g}") for value in np.nan_to_num(values[np.sort(places)])]
    return Fingerprint(digest, cells, layout, sample)


def alike(fingerprints: Mapping[str, Mapping[str, Fingerprint]]) -> Iterator[tuple[str, str, str]]:
    """Yield (who, whom, sentence) for each two students, by id, whose files of one name are the same or nearly so."""
    names = sorted({name for files in fingerprints.values() for name in files})
    for name in names:
        for one, other in combinations(sorted(who for who in fingerprints if name in fingerprints[who]), 2):
            said = _said(name, fingerprints[one][name], fingerprints[other][name])
            if said:
                yield one, other, said


def _said(name: str, one: Fingerprint, other: Fingerprint) -> str:
    if one.digest == other.digest:
        how = "is the same file, byte by byte"
    elif one.layout and one.layout == other.layout and _near(one.sample, other.sample):
        how = "holds nearly the same numbers"
    else:
        return ""
    if one.code == other.code:
        return f"`{name}` {how}, and so is the code: from the same seed honest work gives that too"
    return f"`{name}` {how}, and the code is another: both cannot come from their own training"


def _near(one: Sequence[float], other: Sequence[float]) -> bool:
    if len(one) != len(other):
        return False
    first, second = np.clip(one, -LARGEST, LARGEST), np.clip(other, -LARGEST, LARGEST)
    size = max(np.linalg.norm(first), np.linalg.norm(second))
    return bool(np.linalg.norm(first - second) <= NEAR * size) if size > 0 else True
