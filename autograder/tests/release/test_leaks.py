"""Leaks that were planted by hand in what is to be published: each is found, with its file, place and origin."""

from __future__ import annotations

import base64
import html
import io
import json
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from autograder.errors import UserError
from autograder.manifest import Repository
from autograder.release.build import notebook_bytes, notebook_dict
from autograder.release.leaks import find_leaks, refuse_leaks
from autograder.release.publish import write_exercises
from autograder.release.source import read_source

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ANSWER = "return max(values) - min(values)"
CHECK = "numbers = [int(number) for number in rng.integers(-500, 500, 9)]"
RUBRIC = "a tenth has no finite binary expansion, so each literal is rounded before anything is added"
ROOT = Path(__file__).parents[3]

Change = Callable[[dict[str, Any]], None]


def _spoilt(course: Repository, folder: Path, change: Change) -> list[str]:
    """Return the leaks of the release of 01_numbers after `change`, as lines for a person."""
    exercise = course.exercise("01_numbers")
    notebook = notebook_dict(exercise, read_source(exercise.folder))
    change(notebook)
    folder.mkdir(exist_ok=True)
    (folder / "01_numbers.ipynb").write_bytes(notebook_bytes(notebook))
    return [str(leak) for leak in find_leaks(course, folder)]


def _cell(notebook: dict[str, Any], name: str) -> dict[str, Any]:
    return next(cell for cell in notebook["cells"] if cell["id"] == name)


def test_the_release_itself_is_clean(course: Repository, tmp_path: Path) -> None:
    """Nothing is found in what students are meant to get."""
    assert _spoilt(course, tmp_path / "out", lambda _notebook: None) == []


def test_the_real_exercises_are_clean() -> None:
    """No committed notebook holds private text, and no module of what students install."""
    repo = Repository(ROOT)
    assert [str(leak) for leak in find_leaks(repo, repo.exercises)] == []
    source = ROOT / "datasets" / "src"
    assert [str(leak) for leak in find_leaks(repo, source, source.rglob("*.py"))] == []


PLANTED: dict[str, Change] = {
    "an answer whose marker was misspelt": lambda nb: _cell(nb, "spread").update(
        source=f"def spread(values):\n    # BEGIN SOLUTON\n    {ANSWER}\n    # END SOLUTION"
    ),
    "a line in another cell": lambda nb: _cell(nb, "guess_spread").update(source="guess = max(values)-min( values )"),
    "a line in prose, other quotes": lambda nb: _cell(nb, "prose-001").update(source="use `max(values) - min(values)`"),
    "an output": lambda nb: _cell(nb, "spread_raises").update(
        outputs=[{"output_type": "stream", "name": "stdout", "text": [f"    {ANSWER}\n"]}]
    ),
    "an HTML output": lambda nb: _cell(nb, "spread_raises").update(
        outputs=[
            {
                "output_type": "display_data",
                "metadata": {},
                "data": {"text/html": f"<b>max</b>(values) <i>-</i> {html.escape('min(values)')}"},
            }
        ]
    ),
    "notebook metadata": lambda nb: nb["metadata"].update(author={"note": [f"def spread(values): {ANSWER}"]}),
    "cell metadata": lambda nb: _cell(nb, "imports")["metadata"].update(hint=ANSWER),
    "an attachment": lambda nb: _cell(nb, "prose-001").update(attachments={"a.txt": {"text/plain": f"x\n{ANSWER}"}}),
    "embedded data": lambda nb: _cell(nb, "prose-001").update(
        source=f"[x](data:text/plain;base64,{base64.b64encode(ANSWER.encode()).decode()})"
    ),
    "escaped as JSON": lambda nb: nb["metadata"].update(state=json.dumps(json.dumps({"x": f'"{ANSWER}"\n'}))),
}


@pytest.mark.parametrize("change", PLANTED.values(), ids=PLANTED)
def test_an_answer_in_a_notebook(course: Repository, tmp_path: Path, change: Change) -> None:
    """Wherever in a notebook the answer stands, it is found and its line in the source is named."""
    leaks = _spoilt(course, tmp_path / "out", change)
    assert leaks
    assert all("01_numbers.ipynb" in leak for leak in leaks)
    assert any("solutions/01_numbers/notebook.py:55" in leak for leak in leaks)


def test_a_run_of_short_lines(course: Repository, tmp_path: Path) -> None:
    """Lines that are too common to be looked for one by one are found together, whatever stands between as comment."""
    text = "totals, so_far = [], 0  # begin\nfor value in values:\n    so_far += value\n"
    leaks = _spoilt(course, tmp_path / "out", lambda nb: _cell(nb, "guess_spread").update(source=text))
    assert [leak.split(": ")[0] for leak in leaks] == ["01_numbers.ipynb, cell 'guess_spread'"]


def test_common_lines_are_no_leak(course: Repository, tmp_path: Path) -> None:
    """A short line, a header, an import or a public signature may stand anywhere."""
    text = "from itertools import accumulate\nfor value in values:\n    pass\nif not values:\n    ...\nso_far += value"
    assert _spoilt(course, tmp_path / "out", lambda nb: _cell(nb, "guess_spread").update(source=text)) == []


def test_a_line_may_be_declared_public(course: Repository, tmp_path: Path, rewrite: Callable[..., Path]) -> None:
    """`# public` behind a line of an answer says that it gives nothing away."""
    text = "totals.append(so_far)"
    change: Change = lambda nb: _cell(nb, "guess_spread").update(source=text)  # noqa: E731
    assert len(_spoilt(course, tmp_path / "before", change)) == 1
    rewrite("totals.append(so_far)", "totals.append(so_far)  # public")
    assert _spoilt(course, tmp_path / "after", change) == []


FILES: dict[str, tuple[str, str, str]] = {
    "check code in a README": ("README.md", f"Try this:\n\n```python\n{CHECK}\n```\n", "README.md, line 4"),
    "rubric in a text": ("notes.txt", "Remember: " + RUBRIC.replace(" so ", "\nso "), "notes.txt, line 1"),
    "an answer in a deck": (
        "deck.html",
        '<pre><span class="hljs-keyword">return</span> max(values) - <span>min</span>(values)</pre>',
        "deck.html",
    ),
    "an answer in a deck's notes": ("deck.html", f"<p>x</p><!-- {html.escape(ANSWER)} -->", "deck.html, line 1"),
    "an answer in a frame of a deck": (
        "deck.html",
        f'<iframe srcdoc="{html.escape(f"<pre>{html.escape(ANSWER)} &lt;</pre>")}"></iframe>',
        "deck.html, line 1",
    ),
    "a correct submission": ("extra.py", "def f(values):\n    return list(accumulate(values))\n", "extra.py, line 2"),
    "a marker": ("extra.py", "def f():\n    # BEGIN SOLUTION\n    pass\n", "extra.py, line 2"),
    "a private file by its name": ("checks.py", "pass\n", "checks.py"),
}


@pytest.mark.parametrize(("name", "text", "place"), FILES.values(), ids=FILES)
def test_a_leak_in_a_file(course: Repository, tmp_path: Path, name: str, text: str, place: str) -> None:
    """Pages, texts and code are looked into alike, and the line is named where there are lines."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / name).write_text(text, "utf-8")
    assert [leak.place for leak in find_leaks(course, tmp_path / "out")][:1] == [place]


def test_a_leak_in_a_wheel_inside_a_zip(course: Repository, tmp_path: Path) -> None:
    """Archives are looked into, also those inside others, and the way to the file is named."""
    wheel = io.BytesIO()
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("coursedata/answers.py", f"def spread(values):\n    {ANSWER}\n")
    with zipfile.ZipFile(tmp_path / "students.zip", "w") as archive:
        archive.writestr("students/coursedata-0.1.0-py3-none-any.whl", wheel.getvalue())
    (leak,) = find_leaks(course, tmp_path, [tmp_path / "students.zip"])
    way = "students.zip → students/coursedata-0.1.0-py3-none-any.whl → coursedata/answers.py, line 2"
    assert (leak.place, leak.source) == (way, "solutions/01_numbers/notebook.py:55")


SCRIPT = """def measure(clip):
    slowest = sorted(clip.windows(20.0, 10.0), key=lambda window: window.seconds)[-1]
    total_of_seconds = 0
    for window in clip.windows:
        total_of_seconds += window.seconds
"""
FROM_A_SCRIPT = {
    "a long line": (SCRIPT.splitlines()[1].strip(), "solutions/01_numbers/measure.py:2"),
    "a run of short lines": (SCRIPT.partition("10.0), ")[2].partition("\n")[2], "solutions/01_numbers/measure.py:3"),
}


@pytest.mark.parametrize(("text", "source"), FROM_A_SCRIPT.values(), ids=FROM_A_SCRIPT)
def test_a_leak_from_a_script(course: Repository, tmp_path: Path, text: str, source: str) -> None:
    """What measures or calibrates an exercise lies beside its checks, and is as private."""
    (course.solutions / "01_numbers" / "measure.py").write_text(SCRIPT, "utf-8")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "notes.txt").write_text(f"Try\n{text}\n", "utf-8")
    (leak,) = find_leaks(course, tmp_path / "out")
    assert (leak.place, leak.source, leak.kind) == ("notes.txt, line 2", source, "script")


def test_a_leak_of_why_a_mutant_survives(course: Repository, tmp_path: Path) -> None:
    """Why no check kills a mutant tells what the checks look at: each sentence of it is private."""
    why = "Nothing is subtracted twice. A sum over no numbers at all is the number that was given to begin with."
    text = f"[running_total-0a1b2c3d]\nchange = 'a → b'\nkind = 'equivalent'\nwhy = '{why}'\n"
    (course.solutions / "01_numbers" / "survivors.toml").write_text(text, "utf-8")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "notes.txt").write_text(why.partition(". ")[2], "utf-8")
    (leak,) = find_leaks(course, tmp_path / "out")
    assert (leak.place, leak.source) == ("notes.txt, line 1", "solutions/01_numbers/survivors.toml:1")
    assert "is part of an explanation of" in str(leak)


def test_a_survivors_file_that_cannot_be_read_is_told(course: Repository, tmp_path: Path) -> None:
    """What cannot be read cannot be looked for: the file is named, and nothing passes."""
    (course.solutions / "01_numbers" / "survivors.toml").write_text("why", "utf-8")
    with pytest.raises(UserError, match=r"survivors\.toml cannot be read .*: correct it"):
        find_leaks(course, tmp_path)


def test_every_name_beside_a_notebook_is_private(course: Repository, tmp_path: Path) -> None:
    """Whatever an exercise's folder holds may not be published under its name, be it empty or in an archive."""
    folder, out = course.solutions / "01_numbers", tmp_path / "out"
    for name in ("calibration-big.json", "results.json", "methods.py"):
        (folder / name).write_text("", "utf-8")
    beside = sorted(path.name for path in folder.iterdir() if path.is_file())
    assert {"checks.py", "notebook.py", "survivors.toml", "methods.py"} <= set(beside)
    out.mkdir()
    for name in beside:
        (out / name).touch()
    with zipfile.ZipFile(tmp_path / "out.zip", "w") as archive:
        archive.writestr("students/results.json", "")
    assert [leak.place for leak in find_leaks(course, out) if leak.kind == "file"] == beside
    (leak,) = find_leaks(course, tmp_path, [tmp_path / "out.zip"])
    assert (leak.place, leak.text) == ("out.zip → students/results.json", "results.json")


def test_what_students_get_keeps_its_name(course: Repository, tmp_path: Path) -> None:
    """A side file, or a module of coursedata, may be called as something private is elsewhere."""
    given = course.solutions / "02_words" / "files" / "methods.py"
    for path in (given, course.solutions / "01_numbers" / "methods.py"):
        path.touch()
    with zipfile.ZipFile(tmp_path / "coursedata.whl", "w") as archive:
        archive.writestr("coursedata/preflight/notebook.py", "")
    out = tmp_path / "out"
    for name in ("exercises/02_words/methods.py", "exercises/01_numbers/methods.py"):
        (out / name).parent.mkdir(parents=True)
        (out / name).touch()
    assert find_leaks(course, tmp_path, [tmp_path / "coursedata.whl"]) == []
    assert [leak.place for leak in find_leaks(course, out)] == ["exercises/01_numbers/methods.py"]


@pytest.mark.chromium
def test_a_leak_in_a_pdf(course: Repository, tmp_path: Path, chromium: Browser) -> None:
    """The text of a PDF page is read, as Chromium wrote it."""
    page = chromium.new_page()
    page.set_content(f"<h1>Spread</h1><pre>{ANSWER}</pre>")
    page.pdf(path=tmp_path / "deck.pdf")
    page.close()
    (leak,) = find_leaks(course, tmp_path, [tmp_path / "deck.pdf"])
    assert (leak.place, leak.source) == ("deck.pdf, page 1", "solutions/01_numbers/notebook.py:55")


def test_what_cannot_be_looked_into_is_refused(course: Repository, tmp_path: Path) -> None:
    """A broken archive and a link are no way around the check."""
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 not really")
    with pytest.raises(UserError, match=r"a.zip cannot be looked into"):
        find_leaks(course, tmp_path, [tmp_path / "a.zip"])
    (tmp_path / "link").symlink_to(tmp_path / "a.zip")
    with pytest.raises(UserError, match="link is a link"):
        find_leaks(course, tmp_path, [tmp_path / "link"])


def test_nothing_is_written_after_a_leak(course: Repository, rewrite: Callable[..., Path]) -> None:
    """An example that holds an answer stops the writing of exercises/ and says where to look."""
    rewrite("np.cumsum([1, 2, 4])", "values = [3, 9]\nmax(values) - min(values)")
    with pytest.raises(UserError, match=r"exercises/ was not written: 1 piece of private text") as caught:
        write_exercises(course)
    assert "01_numbers.ipynb, cell 'running_total_seen'" in str(caught.value)
    assert "notebook.py:56" in str(caught.value)
    assert not course.exercises.exists()


def test_many_leaks_make_a_short_message(course: Repository, tmp_path: Path) -> None:
    """A whole private file is named with its first lines and a count."""
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "all.txt").write_text((course.solutions / "02_words" / "checks.py").read_text("utf-8"), "utf-8")
    with pytest.raises(UserError, match=r"(?s)x: \d+ pieces.*and \d+ more") as caught:
        refuse_leaks(course, folder, "x")
    assert len(str(caught.value).splitlines()) == 11


def test_a_large_page_is_read_in_a_moment(course: Repository, tmp_path: Path) -> None:
    """Two megabytes of page, with a leak at the end, take less than 5 s of CPU on any machine."""
    words = "".join(f"<p>slide {number} shows value {number * 7} of the list</p>\n" for number in range(40_000))
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "deck.html").write_text(words + f"<pre>{ANSWER}</pre>", "utf-8")
    started = time.process_time()
    assert len(find_leaks(course, folder)) == 1
    assert time.process_time() - started < 5
