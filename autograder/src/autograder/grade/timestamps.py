"""Reading `timestamp.txt`, which came with a submission and may hold anything."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from autograder.errors import UserError
from autograder.grade.collect import FILE_BYTES, Incomplete, Refused, read_regular

__all__ = ["doubts", "read_timestamp", "written_at"]

LONGEST = 100
"""Bytes; nbgrader writes about 40."""
DOUBTED = dt.timedelta(days=1)
"""A notebook that was written this much later than it was handed in, and after the deadline, is told to staff."""


def read_timestamp(path: Path, zone: ZoneInfo) -> dt.datetime | None:
    """Return the UTC time (naive, as nbgrader keeps it) in the file at `path`, None where there is no file.

    Understood are ISO times and nbgrader's `2026-11-21 09:05:26.123 Europe/Berlin`; a time without a zone is in `zone`.
    Raises UserError on anything else: on an unknown zone too, and on a day alone, which would be its midnight.
    """
    try:
        text = read_regular(path, FILE_BYTES)[:LONGEST].decode("utf-8-sig", "replace").strip()
    except Incomplete:
        return None
    except Refused as refusal:
        why = "it is a link, no regular file, too large, or closed to us"
        raise UserError(f"{path} cannot be read: {why}") from refusal
    try:
        return _moment(text.split(), zone).astimezone(dt.UTC).replace(tzinfo=None)
    except (ValueError, OverflowError) as error:
        raise UserError(f"{path} holds no time: write one such as '2026-11-21 09:05:26 UTC'") from error


def written_at(notebook: Path) -> dt.datetime | None:
    """Return when a file was written (UTC, naive) by the file system, None where there is none."""
    try:
        return dt.datetime.fromtimestamp(notebook.lstat().st_mtime, dt.UTC).replace(tzinfo=None)
    except (OSError, OverflowError, ValueError):
        return None


def doubts(times: dict[str, tuple[dt.datetime | None, dt.datetime | None]], due: dt.datetime | None) -> list[str]:
    """Return a sentence about students whose notebook was written after the deadline and long after it was handed in.

    Args:
        times: by student, what `timestamp.txt` says and when the notebook was written.
        due: the deadline; without one no time counts.

    Where that is so of most, the files were copied without their times, and it says nothing about anyone.
    """
    both = {student: (told, written) for student, (told, written) in times.items() if told and written}
    older = [name for name, (told, written) in both.items() if due and written > due and written - told > DOUBTED]
    if not older or (len(both) > 1 and 2 * len(older) > len(both)):
        return []
    whose = f"timestamp.txt of {', '.join(sorted(older))} is more than a day older than the notebook"
    look = "lateness goes by that file, look whether it is the collector's or came from the student"
    return [f"{whose}, which was written after the deadline: {look}"]


def _moment(words: list[str], zone: ZoneInfo) -> dt.datetime:
    parts = 1 if words and ":" in words[0] else 2
    stamp, named = " ".join(words[:parts]), words[parts:]
    moment = dt.datetime.fromisoformat(stamp)
    if ":" not in stamp or len(named) > (moment.tzinfo is None):
        raise ValueError(stamp)
    if moment.tzinfo is not None:
        return moment
    here = moment.replace(tzinfo=zone)
    # nbgrader writes a zone's short name, such as CEST, which no list of zones has: the cohort's own is known
    return here if not named or named[0] == here.tzname() else moment.replace(tzinfo=_zone(named[0]))


def _zone(name: str) -> dt.tzinfo:
    """Return the zone of a name or of hours from UTC; raises ValueError."""
    if name[0] in "+-" and name[1:].replace(":", "").isdigit():
        return dt.datetime.strptime(name, "%z").tzinfo or dt.UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError) as error:
        raise ValueError(name) from error
