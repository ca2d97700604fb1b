"""Remember what a check asked, what came and how it ended, so that a class is not judged over and over.

Most students hand in answers that agree to the bit, and a check's inputs are the same for all of them. A check that
was asked the same and got the same ends the same: then neither its inputs nor the reference's answers are worked out
again. Where an answer differs from all that came before, the check itself goes on from there.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from autograder.grade.report import Finding, Verdict
from autograder.sandbox.client import Fork, Sandbox
from autograder.sandbox.messages import Step, write

__all__ = ["Tape", "Tapes", "Unrepeatable"]

Said = tuple[bytes, bytes]
"""A request and what came for it."""
ROOM_BYTES = 128 << 20
ANSWERS = 64
"""Different answers to one question that are remembered; a class of wrong ones must not fill the memory."""
DIGEST_BYTES = 32
LASTING = (Verdict.PASSED, Verdict.WRONG)
"""Ends that follow from the answers alone; what is said of an exception quotes the student's own line."""


class Unrepeatable(Exception):
    """A check asked something else than it did before, of the same answers: its inputs do not come from its seed."""


@dataclass(frozen=True)
class _Question:
    request: bytes
    answers: dict[bytes, _Question | Finding] = field(default_factory=dict)


class Tapes:
    """What the checks of one examiner have asked so far; for inputs that are the same for every student."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._first: dict[str, _Question] = {}
        self._left_out: set[str] = set()
        self._room = ROOM_BYTES

    def play(self, check: str, fork: Fork) -> tuple[Finding | None, list[Said]]:
        """Ask `fork` what the check has asked before, as long as the answers are known; raises Ended.

        Returns:
            How the check ended when it got these answers, or None, and what was said up to there.
        """
        said: list[Said] = []
        place: _Question | Finding | None = self._first.get(check)
        while isinstance(place, _Question):
            payload = fork.exchange(place.request)
            said.append((place.request, payload))
            place = place.answers.get(_key(payload))
        return place, said

    def keep(self, check: str, tape: Tape, finding: Finding) -> None:
        """Remember how the check ended after what `tape` holds, where that alone decides it."""
        if finding.verdict not in LASTING or not tape.complete or not tape.said or check in self._left_out:
            return
        requests = [request for request, _ in tape.said]
        place = self._first.setdefault(check, _Question(requests[0]))
        follows: list[_Question | Finding] = [*map(_Question, requests[1:]), finding]
        for (_, payload), following in zip(tape.said, follows, strict=True):
            known = place.answers.get(key := _key(payload))
            if known is None:
                size = len(following.request) if isinstance(following, _Question) else 1 << 10
                if len(place.answers) >= ANSWERS or self._room < size:
                    return
                self._room -= size
                known = place.answers[key] = following
            if not isinstance(known, _Question):
                return
            place = known

    def leave_out(self, check: str) -> None:
        """Forget a check that does not ask the same twice."""
        self._left_out.add(check)
        self._first.pop(check, None)


class Tape:
    """One check's talk with a fork; begins with what was said while a tape was played."""

    def __init__(self, fork: Fork, begun: Sequence[Said] = ()) -> None:
        """Talk to `fork`, of which `begun` was asked already."""
        self._fork = fork
        self._begun = deque(begun)
        self.said: list[Said] = []
        self.complete = True
        """Whether the check has learnt nothing but what was said here."""

    def ask(self, steps: list[Step]) -> object:
        """Return the last step's value; raises StudentError, Ended, or Unrepeatable."""
        __tracebackhide__ = True
        request = write(steps)
        if self._begun:
            expected, payload = self._begun.popleft()
            if request != expected:
                raise Unrepeatable
        else:
            payload = self._fork.exchange(request)
        self.said.append((request, payload))
        return self._fork.understand(payload)

    def sandbox(self) -> Sandbox:
        """Return the submission's sandbox, for what is not asked of the fork itself."""
        self.complete = False
        assert self._fork.sandbox is not None  # noqa: S101  (every fork of a notebook has one)
        return self._fork.sandbox

    @property
    def frame_bytes(self) -> int:
        """The largest message that may come."""
        return self._fork.channel.limit


def _key(payload: bytes) -> bytes:
    return payload if len(payload) < DIGEST_BYTES else hashlib.blake2b(payload, digest_size=DIGEST_BYTES).digest()
