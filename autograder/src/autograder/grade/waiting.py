"""The order of work of a watcher: what has arrived whole, was not looked at in this form, and is not under way."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from autograder.grade.arrivals import Arrival, Stamp
from autograder.grade.collect import NOTEBOOK_BYTES, Incomplete, Refused, parse, read_regular

__all__ = ["Key", "Waiting"]

SETTLED_SECONDS = 0.125
"""A submission none of whose files changed for so long is complete, unless its notebook looks half-written."""
PATIENCE_SECONDS = 10.0
"""After so long such a notebook is what was handed in: its student is told."""
ASIDE_SECONDS = 10.0
"""Until an exercise that could not be graded is tried once more."""

Key = tuple[str, str]
"""Slug and student."""


class Waiting:
    """Whom to grade next; first come, first served."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        """Begin with nobody; `now` is the clock."""
        self.now = now
        self.running: dict[Key, Arrival] = {}
        self._seen: dict[Key, tuple[Arrival, float]] = {}
        self._done: dict[Key, Stamp] = {}
        self._whole: dict[Key, tuple[Stamp, bool]] = {}
        self._aside_until: dict[str, float] = {}

    def look(self, found: Mapping[Key, Arrival]) -> None:
        """Take in what lies there now: what has changed begins to wait anew, what was removed is forgotten."""
        now = self.now()
        for key in (self._seen.keys() | self._done.keys()) - found.keys():
            for known in (self._seen, self._done, self._whole):
                known.pop(key, None)
        for key, arrival in found.items():
            before = self._seen.get(key)
            if before is None or before[0].stamp != arrival.stamp:
                self._seen[key] = (arrival, now)

    @property
    def keys(self) -> list[Key]:
        """Whoever still has to be looked at, complete or not, the longest waiting first."""
        open_keys = [
            key
            for key, (arrival, _) in self._seen.items()
            if key not in self.running and self._done.get(key) != arrival.stamp
        ]
        return sorted(open_keys, key=lambda key: self._seen[key][0].moment)

    def next(self) -> Arrival | None:
        """Return the longest waiting of those that are complete; one student has one slot, whatever they hand in."""
        served = {student for _, student in self.running}
        aside = {slug for slug, until in self._aside_until.items() if self.now() < until}
        ready = (key for key in self.keys if key[1] not in served and key[0] not in aside and self._complete(key))
        return next((self._seen[key][0] for key in ready), None)

    def set_aside(self, slug: str) -> None:
        """Pass over an exercise that cannot be graded, for a while: its submissions wait, those of others do not."""
        self._aside_until[slug] = self.now() + ASIDE_SECONDS

    def begin(self, arrival: Arrival) -> None:
        """Note that somebody is being graded: what they hand in meanwhile waits."""
        self.running[arrival.slug, arrival.student] = arrival

    def end(self, key: Key, *, done: bool) -> None:
        """Note that a grading has ended; unless `done`, the submission waits again."""
        arrival = self.running.pop(key)
        if done:
            self.pass_over(arrival)

    def pass_over(self, arrival: Arrival) -> None:
        """Note that nothing is to be done about a submission in this form."""
        self._done[arrival.slug, arrival.student] = arrival.stamp

    def again(self, slug: str) -> None:
        """Look at every submission of `slug` once more, for example since its deadline has passed."""
        for key in [key for key in self._done if key[0] == slug]:
            del self._done[key]

    def _complete(self, key: Key) -> bool:
        arrival, since = self._seen[key]
        quiet = max(self.now() - since, time.time() - arrival.moment)
        if quiet < SETTLED_SECONDS:
            return False
        if self.now() - since >= PATIENCE_SECONDS:
            return True
        stamp, whole = self._whole.get(key, (None, False))
        if stamp != arrival.stamp:
            whole = _looks_whole(arrival)
            self._whole[key] = (arrival.stamp, whole)
        return whole


def _looks_whole(arrival: Arrival) -> bool:
    """Return whether waiting would bring nothing: the notebook is whole, or refused, and its student is told."""
    try:
        parse(read_regular(arrival.notebook, NOTEBOOK_BYTES))
    except Incomplete:
        return False
    except Refused:
        return True
    return True
