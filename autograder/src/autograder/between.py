"""Generated text in a page that people write: between two comments that name it."""

from __future__ import annotations

from pathlib import Path

from autograder.errors import UserError

__all__ = ["between", "put_between"]


def between(path: Path, name: str) -> str | None:
    """Return what stands between the markers of `name`, or None where the page has none."""
    begin, end = _markers(name)
    page = path.read_text(encoding="utf-8") if path.exists() else ""
    if begin not in page or end not in page:
        return None
    return page.split(begin, 1)[1].split(end, 1)[0].strip("\n")


def put_between(path: Path, name: str, text: str) -> None:
    """Replace what stands between the markers of `name`; raises UserError where the page has none."""
    begin, end = _markers(name)
    page = path.read_text(encoding="utf-8") if path.exists() else ""
    if begin not in page or end not in page:
        raise UserError(f"{path} has no {begin} … {end}: put the two lines where the result shall stand")
    before, rest = page.split(begin, 1)
    path.write_text(f"{before}{begin}\n{text}\n{end}{rest.split(end, 1)[1]}", encoding="utf-8")


def _markers(name: str) -> tuple[str, str]:
    return f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
