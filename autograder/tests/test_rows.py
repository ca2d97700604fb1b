"""Tables as spreadsheets write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.rows import read_rows

ROWS = [{"id": "ada", "name": "Ada"}, {"id": "emil", "name": ""}]
TABLES = {
    "commas": "id,name\nada,Ada\nemil,\n",
    "semicolons": "id;name\nada;Ada\nemil;\n",
    "a spreadsheet's capitals and blanks": "ID, Name\nada, Ada \n emil,\n",
    "ends of lines of Windows": "id,name\r\nada,Ada\r\nemil,\r\n",
    "ends of lines of an old Mac": "id,name\rada,Ada\remil,\r",
    "empty lines": "id,name\n\nada,Ada\n,\n\nemil\n\n",
    "empty cells behind": "id,name,,\nada,Ada,,\nemil,,,,\n",
    "quotes": '"id","name"\n"ada","Ada"\nemil,""\n',
    "columns of one's own": "more,name,id\nx,Ada,ada\n,,emil\n",
    "a byte order mark": "\ufeffid,name\nada,Ada\nemil,\n",
}


@pytest.mark.parametrize("name", TABLES)
def test_tables_as_people_save_them(name: str, tmp_path: Path) -> None:
    """Whatever wrote it, the rows are the same."""
    path = tmp_path / "table.csv"
    path.write_bytes(TABLES[name].encode())
    assert [row for _, row in read_rows(path, ("id", "name"))] == ROWS
