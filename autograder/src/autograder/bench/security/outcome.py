"""What an attack got from a grader, in the same terms for all graders."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.bench.security.contain import Contained

__all__ = ["FULL", "LATE_SECONDS", "Outcome", "of_contained"]

COUNTED = 40
"""No more files or processes than these are listed."""
FULL = 20.0
"""Points of the arena: what the honest student must get."""
LATE_SECONDS = 45.0
"""By more than this nobody may delay a class: the bound that our own tests keep, and beyond every grader's limits."""


@dataclass(frozen=True)
class Outcome:
    """What an attack got; nothing of it is true where it was withstood."""

    gained: float = 0.0
    """Points that it did not earn."""
    read: tuple[str, ...] = ()
    """What its result shows that it must not know."""
    changed: int = 0
    """Files of others that are new or different."""
    left: int = 0
    """Processes that outlived the grading."""
    stopped: bool = False
    """Whether the honest student after it was left without his points."""
    late: float = 0.0
    """Seconds beyond what an honest class takes, where they are too many."""
    unknown: str = ""
    """Why nothing of the rest is known: the whole system went down with it."""

    @property
    def withstood(self) -> bool:
        """Whether the attack got nothing at all."""
        return self == Outcome()

    def words(self) -> str:
        """Return it in a few words."""
        said = [f"+{self.gained:g} points"] if self.gained else []
        said += [f"read {', '.join(self.read)}"] if self.read else []
        said += [_number(self.changed, "file")] if self.changed else []
        said += [f"{_number(self.left, 'process')} left"] if self.left else []
        said += ["class stopped"] if self.stopped else []
        said += [f"{self.late:.0f} s late"] if self.late else []
        said += [f"everything down ({self.unknown})"] if self.unknown else []
        return "; ".join(said) or "nothing"


def _number(count: int, what: str) -> str:
    more = " or more" if count >= COUNTED else ""
    plural = {"file": "files", "process": "processes"}[what]
    return f"{count}{more} {what if count == 1 else plural}"


def of_contained(found: Contained, usual: Contained, most: float, attacker: str, honest: str) -> Outcome:
    """Return what was got where an honest class is graded as in `usual` and the attacker may keep `most` points."""
    if found.lost:
        return Outcome(stopped=True, unknown=found.lost[:60])
    late = found.seconds - usual.seconds
    return Outcome(
        gained=round(max(0.0, found.points.get(attacker, 0.0) - most), 2),
        read=_read(found.seen),
        changed=len(found.changed),
        left=len(found.left),
        stopped=found.points.get(honest, 0.0) < FULL,
        late=late if late > LATE_SECONDS else 0.0,
    )


def _read(seen: str) -> tuple[str, ...]:
    words = {"PLANTED-": "planted text", "LEAK": "what is hidden"}
    found = [
        word for mark, word in words.items() if any(mark in line for line in seen.splitlines() if "LIVE" not in line)
    ]
    return tuple(found + (["script in a page"] if "LIVE" in seen else []))
