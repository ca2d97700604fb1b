"""`survivors.toml`: the mutants that no check kills, and for each of them why that is right."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from autograder.errors import UserError
from autograder.prove.mutants import Mutant

__all__ = ["Explanation", "complaints", "read_survivors", "stanza"]


class Explanation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why a mutant may live: one table `[ID]` of survivors.toml."""

    change: str
    """What the mutant changes, as the proof prints it: for the reader, the id says it exactly."""
    kind: Literal["equivalent", "accepted"]
    """`equivalent` behaves as the reference on every input that the text allows, and does not count in the score;
    `accepted` behaves otherwise where the text leaves the choice, and counts against it."""
    why: str


def read_survivors(folder: Path) -> dict[str, Explanation]:
    """Return the explanations of an exercise by the mutants' ids; raises UserError naming what is wrong."""
    path = folder / "survivors.toml"
    if not path.exists():
        return {}
    try:
        found = msgspec.toml.decode(path.read_bytes(), type=dict[str, Explanation])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UserError(
            f"{path}: {error}: each table [ID] has change, kind (equivalent or accepted) and why"
        ) from error
    for name, explanation in found.items():
        if not explanation.why.strip() or explanation.why.startswith("TODO"):
            raise UserError(f"{path}: [{name}] says not why the mutant may live: explain it, or strengthen a check")
    return found


def complaints(path: Path, explained: dict[str, Explanation], survived: list[Mutant], killed: set[str]) -> list[str]:
    """Return what is wrong between the mutants that live and those that are explained."""
    found = [
        f"no check notices the mutant {mutant.id} ({mutant.operator}): {mutant.change}\n"
        f"  strengthen a check of {mutant.part}, or say in {path.name} why it may live:\n{stanza(mutant)}"
        for mutant in survived
        if mutant.id not in explained
    ]
    living = {mutant.id: mutant for mutant in survived}
    for name, explanation in explained.items():
        if name in living and explanation.change != living[name].change:
            found.append(
                f"{path}: [{name}] is now another change: write change = {living[name].change!r} and look again"
            )
        elif name in killed:
            found.append(f"{path}: [{name}] is killed by the checks: delete its table")
        elif name not in living:
            found.append(f"{path}: [{name}] is no mutant any more: delete its table")
    return found


def stanza(mutant: Mutant) -> str:
    """Return the table that explains a mutant, to be filled in."""
    return f"    [{mutant.id}]\n    change = '''{mutant.change}'''\n    kind = \"equivalent\"\n    why = \"TODO\""
