"""Reading `timestamp.txt`, which came with a submission and may hold anything."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from autograder.errors import UserError

__all__ = ["read_timestamp"]

LONGEST = 100
"""Bytes; nbgrader writes about 40."""


def read_timestamp(path: Path, zone: ZoneInfo) -> dt.datetime | None:
    """Return the UTC time (naive, as nbgrader keeps it) in the file at `path`, None where there is no file.

    Understood are ISO times and nbgrader's `2026-11-21 09:05:26.123 Europe/Berlin`; a time without a known zone is
    in `zone`. Raises UserError on anything else.
    """
    if path.is_symlink() or not path.is_file():
        return None
    with path.open("rb") as file:
        text = file.read(LONGEST).decode("utf-8", "replace").strip()
    words = text.split()
    try:
        moment = dt.datetime.fromisoformat(" ".join(words[:2]))
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=_zone(words[2], zone) if len(words) > 2 else zone)
        return moment.astimezone(dt.UTC).replace(tzinfo=None)
    except (ValueError, OverflowError) as error:
        raise UserError(f"{path} holds no time: write one such as '2026-11-21 09:05:26 UTC'") from error


def _zone(name: str, otherwise: ZoneInfo) -> dt.tzinfo:
    if name[0] in "+-" and name[1:].replace(":", "").isdigit():
        return dt.datetime.strptime(name, "%z").tzinfo or otherwise
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return otherwise
