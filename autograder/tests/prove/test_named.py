"""Named submissions: what is read, what is refused, which notebook comes out."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.decks.anchors import deck_anchors
from autograder.errors import UserError
from autograder.manifest import Repository
from autograder.prove.named import all_named, named_notebook, read_named
from autograder.release.source import read_source

HEAD = 'part = "spread"\nverdict = "wrong"\nmisconception = "x"\nsee = "slide:the-spread"\n'
CELL = "# %% spread\ndef spread(values):\n    return 0\n"


def submission(repo: Repository, name: str, head: str, cells: str) -> Path:
    path = repo.solutions / "01_numbers" / "submissions" / f"{name}.py"
    path.write_text(f'"""\n{head}"""\n\n{cells}', encoding="utf-8")
    return path


def test_all_submissions_are_found_in_order(shared: Repository) -> None:
    """Every file of the folder is read, sorted by name; the docstring says what it stands for."""
    named = all_named(shared.exercise("01_numbers"))
    assert [one.name for one in named] == sorted(one.name for one in named)
    assert [one.name for one in named if one.correct] == ["correct_accumulate"]
    ends = next(one for one in named if one.name == "wrong_spread_ends")
    assert (ends.part, ends.verdict, ends.see) == ("spread", "wrong", "slide:the-spread")


def test_notebook_takes_the_rest_from_the_reference(shared: Repository) -> None:
    """Cells that a submission does not give are the reference's; an extra cell stands before the next given one."""
    exercise = shared.exercise("01_numbers")
    source = read_source(exercise.folder)
    named = {one.name: one for one in all_named(exercise)}
    notebook = named_notebook(exercise, source, named["correct_accumulate"])
    ids = [cell["id"] for cell in notebook["cells"]]
    assert ids[ids.index("running_total") - 1] == "extra-001"
    notebook = named_notebook(exercise, source, named["wrong_spread_ends"])
    text = {cell["id"]: cell["source"] for cell in notebook["cells"]}
    assert "values[-1] - values[0]" in text["spread"]
    assert text["running_total"] == source.reference("running_total")


def test_extra_cell_at_the_end(repo: Repository) -> None:
    """An extra cell after the last given one ends the notebook."""
    exercise = repo.exercise("01_numbers")
    path = submission(repo, "correct_x", 'note = "x"\n', f"{CELL}\n# %% extra\nprint(1)\n")
    notebook = named_notebook(exercise, read_source(exercise.folder), read_named(path))
    assert notebook["cells"][-1]["source"] == "print(1)"


def test_wrong_submission_may_be_no_python(repo: Repository) -> None:
    """Students hand in syntax errors too; in a correct submission one is a mistake of its author."""
    text = "# %% spread\ndef spread(values)\n    return 0\n"
    wrong = read_named(submission(repo, "wrong_colon", HEAD, text))
    assert wrong.cells[0].source.startswith("def spread(values)\n")
    with pytest.raises(UserError, match="not Python"):
        read_named(submission(repo, "correct_colon", 'note = "x"\n', text))


MISTAKES = {
    "no key part": (HEAD.replace('part = "spread"\n', ""), CELL, "part"),
    "unknown key": (HEAD + 'prat = "spread"\n', CELL, "prat"),
    "no TOML": ("this is prose\n", CELL, "TOML"),
    "unknown part": (HEAD.replace('"spread"', '"spraed"'), CELL, "do you mean 'spread'"),
    "written part": (HEAD.replace('"spread"', '"why_float"'), CELL, "no part 'why_float' that checks grade"),
    "unknown verdict": (HEAD.replace('"wrong"', '"wrogn"'), CELL, "do you mean 'wrong'"),
    "verdict passed": (HEAD.replace('"wrong"', '"passed"'), CELL, "cannot get the verdict 'passed'"),
    "empty misconception": (HEAD.replace('"x"', '" "'), CELL, "misconception is empty"),
    "see no cell": (HEAD.replace("slide:the-spread", "cell:spraed"), CELL, "names no cell"),
    "see no slide": (HEAD.replace("the-spread", "the-spraed"), CELL, "do you mean 'the-spread'"),
    "see nothing": (HEAD.replace("slide:the-spread", "page 3"), CELL, "cell:GRADE_ID or slide:ANCHOR"),
    "unknown cell": (HEAD, CELL.replace("%% spread", "%% spraed"), "do you mean 'spread'"),
    "locked cell": (HEAD, CELL + "# %% imports\nimport os\n", "no cell that a student fills in"),
    "code as text": (HEAD, CELL.replace("%% spread", "%% spread [markdown]"), "is a code cell"),
    "twice": (HEAD, CELL + CELL, "given twice"),
    "no cell": (HEAD, "", "no cell follows"),
    "empty cell": (HEAD, "# %% spread\n", "this cell is empty"),
    "code before": (HEAD, "import os\n" + CELL, "code before the first cell"),
    "odd marker": (HEAD, CELL.replace("# %% spread", '# %% spread kind="solution"'), "cannot be read"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistake_is_refused_with_advice(repo: Repository, mistake: str) -> None:
    """Each mistake in a submission is a UserError that names the file and what to do."""
    head, cells, words = MISTAKES[mistake]
    path = submission(repo, "wrong_x", head, cells)
    with pytest.raises(UserError) as error:
        read_named(path)
    assert "wrong_x.py:" in str(error.value)
    assert words in str(error.value)


def test_other_name_is_refused(repo: Repository) -> None:
    """A file that is neither correct_* nor wrong_* stands for nothing."""
    with pytest.raises(UserError, match="rename the file"):
        read_named(submission(repo, "slow_x", HEAD, CELL))


def test_slides_are_not_asked_for_before_there_is_a_deck(repo: Repository) -> None:
    """While the deck is still to be written, submissions can already name its slides."""
    (repo.slides / "01_numbers.md").unlink()
    path = submission(repo, "wrong_x", HEAD.replace("the-spread", "to-be-written"), CELL)
    assert read_named(path).see == "slide:to-be-written"


def test_anchors_are_those_of_marp(tmp_path: Path) -> None:
    """Headings get the ids that Marp 4.5 gave to the same ones; code and comments hold no headings."""
    deck = tmp_path / "deck.md"
    deck.write_text(
        "---\nmarp: true\n---\n# The spread: of `x`, and **bold** — it's 3.5!\n\n```python\n# no heading\n```\n\n"
        "<!--\n# nor this\n-->\n\n# A_b c_d\n\n# x\n\n## x\n\n# [a link](x)\n\n# $x^2$ and 50 % & more\n",
        encoding="utf-8",
    )
    expected = ("the-spread-of-x-and-bold--its-35", "a_b-c_d", "x", "x-1", "a-link", "and-50---more")
    assert deck_anchors(deck) == expected
