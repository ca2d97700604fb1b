"""Preflight on files that are no notebooks: an answer and exit 2, never a traceback."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coursedata.preflight import Verdict, verdict

Judge = Callable[..., Verdict]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "the file is empty"),
        (b" \n", "the file is empty"),
        (b"print('hello')", "it is not JSON (line 1"),
        (b'{"cells": [\n<<<<<<< HEAD\n', "marks of a Git merge"),
        (b"\xff\xfe{\x00}\x00", "not UTF-8"),
        (b"[]", "JSON and not a notebook"),
        (b"{}", "no list of cells"),
        (b'{"cells": {}}', "no list of cells"),
        (b'{"worksheets": []}', "old format"),
        (b"[" * 100_000, "nested too deep"),
        (b'{"cells": ' + b"[" * 10_000 + b"]" * 10_000 + b"}", "nested too deep"),
        (b'{"cells": ' + b"9" * 10_000 + b"}", "too large"),
        (b'{"cells": [' + b"{}," * 3000 + b"{}]}", "it has 3,001 cells"),
    ],
    ids=range(13),
)
def test_what_is_no_notebook_is_told_and_ends_with_2(judge: Judge, data: bytes, words: str) -> None:
    """Each says what is wrong and what to do."""
    result = judge(data)
    assert words in result.rows[0].text
    assert result.code == 2


def test_a_notebook_of_200_mb_is_told_without_being_read(tmp_path: Path) -> None:
    """Its size alone is looked at (a sparse file: it takes no disk)."""
    path = tmp_path / "large.ipynb"
    with path.open("wb") as file:
        file.truncate(200 << 20)
    result = verdict(path)
    assert "it has 200 MiB" in result.rows[0].text
    assert result.code == 2


def test_a_byte_order_mark_is_no_fault(judge: Judge, finished: dict[str, Any]) -> None:
    """Some Windows editors write one."""
    assert judge(b"\xef\xbb\xbf" + json.dumps(finished).encode()).code == 0


@pytest.mark.parametrize(
    "source",
    ["(" * 50_000, "x = " + "-" * 100_000 + "1", "a\x00b", "!" * 10_000, "%%" + "x" * 10_000, "x = 1\\", "?" * 999],
)
def test_hostile_source_is_at_most_a_syntax_error(judge: Judge, finished: dict[str, Any], source: str) -> None:
    """What makes Python's parser give up is told like any syntax error."""
    finished["cells"][1]["source"] = source
    assert judge(finished).code in {0, 1}


def test_names_cannot_write_on_the_terminal(judge: Judge, finished: dict[str, Any]) -> None:
    """A grade_id with terminal codes is shown without them."""
    from coursedata.console import render

    finished["cells"][1]["metadata"]["nbgrader"]["grade_id"] = "\x1b[2J\u202edouble"
    assert "\x1b" not in render(judge(finished).rows, encoding="utf-8")


values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
keys = st.sampled_from(["cell_type", "source", "metadata", "outputs", "execution_count", "id"])
marks = st.fixed_dictionaries({}, optional={"nbgrader": values, "tags": values})
cells = st.dictionaries(keys, values | st.just(["x = 1\n"]) | marks, max_size=6)
documents = st.fixed_dictionaries(
    {"cells": st.lists(cells | values, max_size=4)},
    optional={"metadata": values | st.fixed_dictionaries({}, optional={"t2p": values, "kernelspec": values})},
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(document=documents)
def test_any_json_gets_an_answer(tmp_path: Path, document: Any) -> None:
    """Whatever types stand in the places of strings and lists, there are rows and a code."""
    path = tmp_path / "any.ipynb"
    path.write_text(json.dumps(document), encoding="utf-8")
    result = verdict(path)
    assert result.rows
    assert result.code in {0, 1, 2}
