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
        path: the table, UTF-8, with or without a byte order mark, separated by commas or by semicolons.
        columns: names that its first line may have, in capitals too; others are passed over.
        needed: those that it must have; default all.

    Raises UserError with the file or the line that is wrong.
    """
    rows = _cells(path, ",".join(columns))
    _, head = next(rows, ("", []))
    names = [name.lower() for name in head]
    missing = [name for name in needed or columns if name not in names]
    if missing:
        found = f"it has {', '.join(filter(None, head)) or 'nothing'}, and no {', '.join(missing)}"
        raise UserError(f"{path}: the first line must name the columns {','.join(columns)}; {found}")
    for place, cells in rows:
        if any(cells[len(names) :]):
            raise UserError(f'{place}: more cells than columns; put a text that holds a comma into "quotes"')
        row = dict(zip(names, cells, strict=False))
        if any(row.values()):
            yield place, {column: row.get(column, "") for column in columns}


def _cells(path: Path, names: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the place and the stripped cells of each line."""
    try:
        text = io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=None).read()  # any system's ends of lines
    except FileNotFoundError as error:
        raise UserError(f"{path} is missing: write one line a student under '{names}'") from error
    except UnicodeDecodeError as error:
        raise UserError(f"{path} is not UTF-8: save it again as 'CSV UTF-8'") from error
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}") from error
    head = text.partition("\n")[0]
    # some countries' spreadsheets write semicolons
    rows = csv.reader(io.StringIO(text), delimiter=";" if ";" in head and "," not in head else ",", strict=True)
    while True:
        place = f"{path}, line {rows.line_num + 1}"
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            raise UserError(f"{place}: {error}; is a quote not closed?") from error
        if any("\n" in cell for cell in cells):
            raise UserError(f"{place}: a cell goes on in the next line; is a quote not closed?")
        yield place, [cell.strip() for cell in cells]
