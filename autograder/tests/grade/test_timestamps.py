"""When a submission was handed in, by the file that came with it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from autograder.errors import UserError
from autograder.grade.timestamps import read_timestamp

BERLIN = ZoneInfo("Europe/Berlin")
NOON = dt.datetime(2026, 7, 1, 12, 0, 0)  # noqa: DTZ001  (UTC, as nbgrader keeps it)


def written(folder: Path, data: str | bytes) -> Path:
    path = folder / "timestamp.txt"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


@pytest.mark.parametrize(
    "text",
    [
        *("2026-07-01 14:00:00", "2026-07-01 14:00", "2026-07-01T14:00:00", "2026-07-01 14:00:00 Europe/Berlin\n"),
        *("2026-07-01 14:00:00 CEST", "2026-07-01 12:00:00.000 UTC", "2026-07-01T12:00:00 UTC", "2026-07-01T12:00:00Z"),
        *("2026-07-01 12:00:00+00:00", "2026-07-01 10:00:00 -0200", "2026-07-01 08:00:00 America/New_York"),
        b"\xef\xbb\xbf2026-07-01 14:00:00",
    ],
)
def test_times_that_are_understood(text: str | bytes, tmp_path: Path) -> None:
    """ISO's forms and nbgrader's, of the cohort's zone or one that is named."""
    assert read_timestamp(written(tmp_path, text), BERLIN) == NOON


@pytest.mark.parametrize(
    "text",
    [
        *("2026-07-01", "2026-07-01 UTC", "14:00:00", "2026-07-01 02:00:00 PM", "2026-07-01 14:00:00 Europe/Berln"),
        *("2026-07-01 14:00:00 EDT", "2026-07-01 14:00:00 UTC+2", "2026-07-01 14:00:00 (UTC)", "2026-07-01 14:00:00 +"),
        *("2026-07-01 14:00:00 ../x", "2026-07-01 14:00:00 UTC or later", "2026-07-01 14:00:00Z CEST", ""),
        "2026-07-01 14:00:00".encode("utf-16"),
    ],
)
def test_times_that_could_be_another_are_refused(text: str | bytes, tmp_path: Path) -> None:
    """Nobody is late or on time by a guess: staff are told instead."""
    with pytest.raises(UserError, match="holds no time: write one such as '2026-11-21 09:05:26 UTC'"):
        read_timestamp(written(tmp_path, text), BERLIN)
