"""What the attacks got, as a page: totals for each category, then every attack."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from autograder.bench.security.outcome import Outcome

__all__ = ["Row", "line", "page"]

TITLES = {"nbgrader": "nbgrader", "otter": "otter-grader without its container", "ours": "ours"}
KINDS: dict[str, Callable[[Outcome], bool]] = {
    "points not earned": lambda outcome: outcome.gained > 0,
    "something read": lambda outcome: bool(outcome.read),
    "files changed": lambda outcome: outcome.changed > 0,
    "processes left": lambda outcome: outcome.left > 0,
    "class stopped": lambda outcome: outcome.stopped,
    "class late": lambda outcome: outcome.late > 0,
}


@dataclass(frozen=True)
class Row:
    """One attack and what each grader let it get."""

    name: str
    category: str
    tries: str
    outcomes: dict[str, Outcome | None]
    """By grader; None where the attack is on something that this grader does not have."""


def page(rows: Sequence[Row], graders: Sequence[str]) -> str:
    """Return the tables."""
    return "\n".join((
        "## Attacks that got something, of those tried",
        *_by_category(rows, graders),
        "",
        "## What they got",
        *_by_kind(rows, graders),
        "",
        "## Every attack",
        *_every(rows, graders),
    ))  # fmt: skip


def line(rows: Sequence[Row], graders: Sequence[str]) -> str:
    """Return the totals in a sentence, for README.md."""
    shares = [f"{_share(rows, grader)} from {TITLES[grader]}" for grader in graders]
    return f"Attacks of our battery that get something: {', '.join(shares)}."


def _by_category(rows: Sequence[Row], graders: Sequence[str]) -> list[str]:
    lines = [f"| category | {_heads(graders)} |", f"| --- |{' ---: |' * len(graders)}"]
    for category in (*sorted({row.category for row in rows}), ""):
        own = [row for row in rows if category in ("", row.category)]
        cells = " | ".join(_share(own, grader) for grader in graders)
        lines.append(f"| {category or '**all**'} | {cells} |")
    return lines


def _share(rows: Sequence[Row], grader: str) -> str:
    met = _met(rows, grader)
    return f"{sum(not outcome.withstood for outcome in met)} of {len(met)}"


def _met(rows: Sequence[Row], grader: str) -> list[Outcome]:
    return [outcome for row in rows if (outcome := row.outcomes.get(grader)) is not None]


def _by_kind(rows: Sequence[Row], graders: Sequence[str]) -> list[str]:
    lines = [f"| attacks that ended with | {_heads(graders)} |", f"| --- |{' ---: |' * len(graders)}"]
    for kind, is_so in KINDS.items():
        cells = " | ".join(str(sum(is_so(outcome) for outcome in _met(rows, grader))) for grader in graders)
        lines.append(f"| {kind} | {cells} |")
    return lines


def _every(rows: Sequence[Row], graders: Sequence[str]) -> list[str]:
    lines = [f"| attack | it tries to | {_heads(graders)} |", f"| --- | --- |{' --- |' * len(graders)}"]
    for row in sorted(rows, key=lambda row: (row.category, row.name)):
        cells = " | ".join(_cell(row.outcomes.get(grader)) for grader in graders)
        lines.append(f"| `{row.name}` | {row.tries.replace('|', '/')} | {cells} |")
    return lines


def _cell(outcome: Outcome | None) -> str:
    if outcome is None:
        return "not there"
    words = outcome.words().replace("|", "/")
    return words if outcome.withstood else f"**{words}**"


def _heads(graders: Sequence[str]) -> str:
    return " | ".join(TITLES[grader] for grader in graders)
