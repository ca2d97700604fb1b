"""Mutants that cannot run: what is raised is about a name that only the mutation wrote, such as `mul_` of a float.

Whatever calls the function kills it: that says nothing of what the checks ask.
"""

from __future__ import annotations

import keyword
import re

from autograder.grade.report import Finding
from autograder.prove.mutants import Mutant

__all__ = ["stillborn"]

RAISED = re.compile(
    r"StudentError: raised: (?P<type>AttributeError|NameError|TypeError)\b.*?^(?P=type): (?P<said>[^\n]*)",
    re.DOTALL | re.MULTILINE,
)
"""What staff read of an exception in an answer, also where a check has caught it and found another one expected."""
NAME = re.compile(r"[A-Za-z_]\w*")
NO_ARRAY = "return arrays must be of ArrayType"
"""What NumPy says of `out=` that is a number; it names nothing."""


def stillborn(mutant: Mutant, finding: Finding) -> bool:
    """Return whether a check failed only because the mutant uses what is not there."""
    found = RAISED.search(finding.staff)
    if found is None:
        return False
    said = found["said"]
    return said == NO_ARRAY or any(re.search(rf"'{name}'|\b{name}=", said) for name in _new_names(mutant.change))


def _new_names(change: str) -> set[str]:
    before, _, after = change.partition(" → ")
    new = set(NAME.findall(after)) - set(NAME.findall(before))
    return {name for name in new if not keyword.iskeyword(name)}
