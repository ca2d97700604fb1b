"""Each attack in `submissions/`: what it got, and that the next student is graded as if it had never been."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.sandbox

LEAK = "LEAK"
"""What an attack writes in front of a hidden input that it tries to send home."""


def test_attack(
    attack: Any, battery: Any, arena: Any, table: list[tuple[str, ...]], full_marks: Callable[[Any], None]
) -> None:
    """The attack gets no point that it did not earn, reads, changes and leaves nothing; the next student is whole."""
    path = battery.write_submission(attack, arena.submitted())
    harm = arena.harm(path, int(attack.impatient), student=attack.student)
    row = (f"{harm.report.points:g}/{attack.most:g}", " ".join(harm.read) or "-", str(len(harm.changed) or "-"))
    table.append((attack.name, attack.category, *row, str(len(harm.left) or "-"), f"{harm.seconds:.1f}"))
    verdicts = [(f.check, f.verdict, f.reason) for p in harm.report.parts for f in p.findings]
    assert attack.earns <= harm.report.points <= attack.most, verdicts
    assert (harm.read, harm.changed, harm.left) == ((), (), ())
    assert LEAK not in harm.seen(), harm.seen()
    assert [finding.staff for finding in harm.report.internal_errors] == []
    assert harm.seconds < attack.header.get("seconds", 45)
    for wanted in attack.header.get("shows", []):
        assert wanted in harm.seen(), harm.seen()
    full_marks(arena.grade(arena.honest()))
