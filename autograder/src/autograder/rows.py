"""Reading the tables that people write: CSV with a line of names, from a spreadsheet or an editor."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from autograder.errors import UserError

__all__ = ["read_rows"]


def read_rows(path: Path, columns: Sequence[str], needed: Sequence[str] = ()) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield (place, row) for each line that is not empty; a row has all `columns`, stripped, empty where none is.

    Args:
        path: the table, UTF-8, with or without a byte order mark.
        columns: names that its first line may have; others are passed over.
        needed: those that it must have; default all.

    Raises UserError with the file or the line that is wrong.
    """
    names = ",".join(columns)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise UserError(f"{path} is missing: write one line a student under '{names}'") from error
    except UnicodeDecodeError as error:
        raise UserError(f"{path} is not UTF-8: save it again as 'CSV UTF-8'") from error
    rows = csv.DictReader(io.StringIO(text), restkey="more", restval="")
    if not set(needed or columns) <= set(rows.fieldnames or ()):
        raise UserError(f"{path}: the first line must name the columns: {names}")
    for row in rows:
        place = f"{path}, line {rows.line_num}"
        if "more" in row:
            raise UserError(f'{place}: more cells than columns; put a text that holds a comma into "quotes"')
        if any(row.values()):
            yield place, {column: str(row.get(column) or "").strip() for column in columns}
