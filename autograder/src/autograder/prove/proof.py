"""What was proved of an exercise, as `proof.json` keeps it."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from autograder.disk import write_whole

__all__ = ["Mutation", "Proof", "Survivor", "Wrong", "read_proof", "write_proof"]


class Wrong(msgspec.Struct, frozen=True):
    """A wrong submission and the checks that found it out."""

    part: str
    verdict: str
    see: str
    failed: list[str]


class Survivor(msgspec.Struct, frozen=True):
    """A mutant that no check kills; `kind` and `why` are empty where nobody has explained it."""

    id: str
    change: str
    kind: Literal["equivalent", "accepted", ""] = ""
    why: str = ""


class Mutation(msgspec.Struct, frozen=True):
    """How many mutants of each part the checks kill and how, and which they do not."""

    killed: dict[str, int] = {}
    """By part."""
    killed_as: dict[str, int] = {}
    """By the verdict that killed them."""
    made: dict[str, int] = {}
    """By part."""
    stillborn: dict[str, int] = {}
    """By part: those that cannot run, which are neither killed nor alive."""
    survivors: list[Survivor] = []
    score: float = 1.0
    """Share of the mutants that were killed, those left out that cannot run or are explained as equivalent."""


class Proof(msgspec.Struct, frozen=True):
    """The proof of one exercise; only one without faults is written."""

    exercise: str
    checks: dict[str, list[str]] = {}
    """For each check the wrong submissions that it fails."""
    correct: list[str] = []
    """Submissions that get full marks, with the reference."""
    wrong: dict[str, Wrong] = {}
    claim_share: float = 0.0
    """Share of the points that rests on the worker's word."""
    seeds: int = 0
    """Sets of hidden inputs that every correct submission passes and every wrong one fails."""
    mutation: Mutation = Mutation()
    content: dict[str, str] = {}
    """A hash of each thing that this was proved on."""
    measured_on: str = ""
    seconds: float = 0.0
    faults: list[str] = []
    """What stands against the proof, each with what to do."""
    notes: list[str] = []
    """What the reader should know about this run; not kept."""


def write_proof(proof: Proof, path: Path) -> None:
    """Write `proof` by a rename; a file that says the same but for the time it took is left as it is."""
    kept = msgspec.structs.replace(proof, notes=[])
    before = read_proof(path)
    if before is not None and msgspec.structs.replace(before, seconds=kept.seconds) == kept:
        return
    write_whole(path, msgspec.json.format(msgspec.json.encode(kept, order="deterministic"), indent=1) + b"\n")


def read_proof(path: Path) -> Proof | None:
    """Return the proof in a file, or None where there is none that can be read."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Proof)
    except (OSError, msgspec.DecodeError):
        return None
