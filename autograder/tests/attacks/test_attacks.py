"""Each attack in `submissions/`: what it got, and that the next student is graded as if it had never been."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.sandbox

FILES = sorted((Path(__file__).parent / "submissions").glob("*.py"))
LEAK = "LEAK"
"""What an attack writes in front of a hidden input that it tries to send home."""


def read(path: Path) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """Return an attack's header and its cells as (title, source)."""
    _, header, body = path.read_text("utf-8").split('"""', 2)
    pieces = re.split(r"^# %% (\w+)\n", body, flags=re.MULTILINE)
    return tomllib.loads(header), list(zip(pieces[1::2], pieces[2::2], strict=True))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_attack(path: Path, arena: Any, table: list[tuple[str, ...]], full_marks: Callable[[Any], None]) -> None:
    """The attack gets no point that it did not earn, reads, changes and leaves nothing; the next student is whole."""
    header, cells = read(path)
    slot = 1 if header.get("impatient") else 0
    notebook = arena.honest(dict(cells)) if header.get("beside_honest_work") else arena.attack(cells)
    harm = arena.harm(notebook, slot)
    most = header.get("most", 0)
    row = (f"{harm.report.points:g}/{most:g}", " ".join(harm.read) or "-", str(len(harm.changed) or "-"))
    table.append((path.stem, header["category"], *row, str(len(harm.left) or "-"), f"{harm.seconds:.1f}"))
    assert header["tries"]
    assert harm.report.points <= most, [(f.check, f.verdict) for p in harm.report.parts for f in p.findings]
    assert (harm.read, harm.changed, harm.left) == ((), (), ())
    assert LEAK not in harm.seen(), harm.seen()
    assert [finding.staff for finding in harm.report.internal_errors] == []
    assert harm.seconds < header.get("seconds", 45)
    for wanted in header.get("shows", []):
        assert wanted in harm.seen(), harm.seen()
    full_marks(arena.grade(arena.honest()))
