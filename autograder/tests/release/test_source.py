"""The grammar of notebook.py: what it reads, and what each mistake is answered with."""

from __future__ import annotations

import types
from collections.abc import Callable
from pathlib import Path

import jupytext
import pytest

from autograder.errors import UserError
from autograder.manifest import Repository
from autograder.release.source import read_source

ROOT = Path(__file__).parents[3]
SOURCES = sorted(
    [*ROOT.glob("solutions/*/notebook.py"), *ROOT.glob("autograder/tests/courses/*/solutions/*/notebook.py")]
)
PAIR = (
    'def spread(values):\n    """Return the largest less the smallest of `values`; '
    'an empty list raises ValueError."""\n'
)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.parent.name)
def test_reads_what_jupytext_reads(path: Path) -> None:
    """Cells, texts, titles and tags are those that JupyterLab will show."""
    theirs = jupytext.reads(path.read_text("utf-8"), fmt="py:percent").cells
    ours = read_source(path.parent).cells
    assert [(cell.cell_type, cell.source, list(cell.tags)) for cell in ours] == [
        (cell.cell_type, cell.source, cell.metadata.get("tags", [])) for cell in theirs
    ]
    assert [cell.id for cell in ours if cell.kind != "prose"] == [
        cell.metadata["title"] for cell in theirs if "title" in cell.metadata
    ]


def test_answers_are_in_the_reference_only(course: Repository) -> None:
    """The reference has the answer and no marker, the release a placeholder that names the part."""
    source = read_source(course.solutions / "01_numbers")
    assert "so_far += value" in source.reference("running_total")
    assert "SOLUTION" not in source.reference("running_total")
    assert source.released("running_total").endswith('    raise NotImplementedError("running_total")')
    assert source.released("running_total").startswith('def running_total(values):\n    """Return the sums')


def test_a_class_has_one_placeholder_a_method(course: Repository) -> None:
    """Each pair of markers becomes one placeholder, at its own indentation."""
    released = read_source(course.solutions / "02_words").released("tally")
    assert released.count('        raise NotImplementedError("tally")') == 3
    assert "counted" in released
    assert "self.counted" not in released


def test_the_reference_is_an_importable_module(course: Repository) -> None:
    """Setup and answers together run, commands such as %timeit stay comments."""
    module = types.ModuleType("reference")
    exec(read_source(course.solutions / "02_words").module_code(), module.__dict__)  # noqa: S102
    tally = module.tally()
    tally.add("Pulse")
    assert tally.count("pulse") == 1


def test_prose_is_numbered_and_untouched(course: Repository) -> None:
    """Untitled text has ids by its order and keeps every byte."""
    source = read_source(course.solutions / "01_numbers")
    assert [cell.id for cell in source.cells if cell.kind == "prose"] == [f"prose-00{n}" for n in range(1, 5)]
    assert r"\sum_{k \le i}" in source.cell("prose-002").source


DOCUMENTED = """
title = "Cells"
minutes = 10
parts.mean_green = { title = "Mean green", points = 2, minutes = 5 }
parts.why_green = { title = "Why green", points = 1, minutes = 5, written = true }
"""


def test_reads_what_the_instructors_page_shows(tmp_path: Path) -> None:
    """The cells in docs/adding-a-week.md are an exercise, one of each kind."""
    page = (ROOT / "docs" / "adding-a-week.md").read_text("utf-8")
    example = page.partition("\n## Cells\n")[2].partition("```python\n")[2].partition("```\n")[0]
    (tmp_path / "notebook.py").write_text(example, "utf-8")
    (tmp_path / "exercise.toml").write_text(DOCUMENTED, "utf-8")
    (tmp_path / "rubric.md").write_text("## why_green\n1 point: blood takes up green.\n", "utf-8")
    kinds = {cell.kind for cell in read_source(tmp_path).cells}
    assert kinds == {"prose", "setup", "solution", "example", "free", "written"}


def test_an_unknown_cell_is_answered_with_the_nearest(course: Repository) -> None:
    """Asking for a cell that is not there names the one that was meant."""
    with pytest.raises(UserError, match="do you mean 'running_total'"):
        read_source(course.solutions / "01_numbers").cell("runing_total")


MARKER = '# %% spread kind="solution"'
MISTAKES: dict[str, tuple[str, str, str]] = {
    "unknown kind": (
        MARKER,
        '# %% spread kind="solutoin"',
        r":49: there is no kind 'solutoin': write kind=\"solution\"",
    ),
    "no kind": (MARKER, "# %% spread", ":49: this code cell has no kind"),
    "kind unquoted": (
        MARKER,
        "# %% spread kind=solution",
        ':49: the kind stands in double quotes: write kind="solution"',
    ),
    "kind misspelt": (MARKER, '# %% spread knid="solution"', ":49: there is no attribute 'knid': write kind"),
    "points in the marker": (
        MARKER,
        MARKER + " points=3",
        ":49: points is not written here: it stands in exercise.toml",
    ),
    "unknown attribute": (MARKER, MARKER + " zebra=1", ":49: there is no attribute 'zebra'"),
    "keys out of order": (
        '# %% spread_raises kind="example" tags=["raises-exception"]',
        '# %% spread_raises tags=["raises-exception"] kind="example"',
        r':59: the attributes are not in alphabetical order: write kind="example" tags=\["raises-exception"\]',
    ),
    "attribute twice": (MARKER, MARKER + ' kind="setup"', ":49: the attribute 'kind' stands twice"),
    "unknown tag": ('tags=["raises-exception"]', 'tags=["raises"]', r':59: tags=\["raises"\] is not known'),
    "tags on a setup cell": (
        '# %% imports kind="setup"',
        '# %% imports kind="setup" tags=["raises-exception"]',
        ":8: a setup cell takes no tags",
    ),
    "markdown after the kind": (
        '# %% why_float [markdown] kind="written"',
        '# %% why_float kind="written" [markdown]',
        ":71: .* cannot be read: the attributes come last",
    ),
    "markdown before the title": (
        '# %% why_float [markdown] kind="written"',
        '# %% [markdown] why_float kind="written"',
        ":71: .* cannot be read: one title",
    ),
    "written as code": (
        '# %% why_float [markdown] kind="written"',
        '# %% why_float kind="written"',
        ":71: a written cell",
    ),
    "solution as text": (MARKER, '# %% spread [markdown] kind="solution"', ":49: a solution cell is a code cell"),
    "title missing": (MARKER, '# %% kind="solution"', ":49: this solution cell has no title"),
    "title twice": (
        '# %% guess_spread kind="free"',
        '# %% imports kind="free"',
        ":45: the title 'imports' stands already in line 8",
    ),
    "title no identifier": (MARKER, '# %% the-spread kind="solution"', ":49: 'the-spread' cannot be a grade_id"),
    "title in capitals": (MARKER, '# %% Spread kind="solution"', ":49: 'Spread' cannot be a grade_id"),
    "title reserved": (
        '# %% guess_spread kind="free"',
        '# %% extra kind="free"',
        ":45: the title 'extra' has a meaning",
    ),
    "prose with a title": (
        '# %% [markdown]\nr"""\n## The',
        '# %% the [markdown]\nr"""\n## The',
        ":36: prose has neither",
    ),
    "no part of that name": (MARKER, '# %% sprea kind="solution"', ":49: the cell 'sprea' defines spread"),
    "a part as example": (
        '# %% why_float [markdown] kind="written"',
        '# %% why_float [markdown] kind="free"',
        "71: 'why_float' is a part in exercise.toml: write kind=\"written\"",
    ),
    "marker with a space before": (MARKER, " " + MARKER, ":49: .* looks like a cell marker and is none"),
    "marker without a space": (MARKER, MARKER.replace("# %%", "#%%"), ":49: .* looks like a cell marker and is none"),
    "marker with a space after": (MARKER, MARKER + " ", ":49: .* looks like a cell marker and is none"),
    "two spaces": (MARKER, MARKER.replace(" kind", "  kind"), ":49: .* cannot be read"),
    "text before the first cell": (
        '# %% [markdown]\nr"""\n# Numbers',
        '# hello\n# %% [markdown]\nr"""\n# Numbers',
        ":1: the file must begin",
    ),
    "empty cell": ("guess = None\n", "\n", ":45: this cell is empty"),
    "blank first line": ('kind="setup"\n', 'kind="setup"\n\n', ":9: a cell begins with a blank line"),
    "carriage returns": ("import numpy as np\n", "import numpy as np\r\n", ":9: the line ends with a carriage return"),
    "no line break at the end": (
        'three sentences.*\n"""\n',
        'three sentences.*\n"""',
        ": the file must end with exactly one line break",
    ),
    "prose as comments": ('r"""\n# Numbers\n', "# # Numbers\n", ":2: Markdown is written as a single raw string"),
    "prose not raw": ('r"""\n# Numbers\n', '"""\n# Numbers\n', ":2: Markdown is written as a single raw string"),
    "prose in two strings": (
        "A small exercise",
        '"""\nr"""\nA small exercise',
        ":2: Markdown is written as a single raw string",
    ),
    "prose with a blank end": (
        '[[minutes]] minutes.\n"""',
        '[[minutes]] minutes.\n\n"""',
        ":6: Markdown begins and ends with a line",
    ),
    "not Python": ("import numpy as np", "import numpy as", ":9: this is not Python"),
    "a bare command": (
        "np.cumsum([1, 2, 4])",
        "%timeit 1",
        ":34: this is not Python .* a command is written `# %timeit",
    ),
    "a comment that is a command": (
        "np.cumsum(",
        "# copy the list\nnp.cumsum(",
        ":34: Jupyter would take '# copy the list' for a command",
    ),
    "a comment that asks": ("np.cumsum(", "# why?\nnp.cumsum(", ":34: Jupyter would take '# why\\?' for a command"),
    "unknown token": ("[[spread]]", "[[spred]]", r":40: \[\[spred\]\] names no part: write \[\[spread\]\]"),
    "worth not said": ("[[spread]]\n\n", "", "no text says what 'spread' is worth: write \\[\\[spread\\]\\]"),
}


@pytest.mark.parametrize(("old", "new", "message"), MISTAKES.values(), ids=MISTAKES)
def test_mistakes_of_cells(rewrite: Callable[..., Path], old: str, new: str, message: str) -> None:
    """Each mistake is refused with file, line and what to do."""
    path = rewrite(old, new)
    with pytest.raises(UserError, match=f"notebook.py.*{message}"):
        read_source(path.parent)


BEGIN, END = "    # BEGIN SOLUTION\n    if not values", "min(values)\n    # END SOLUTION"
MARKERS: dict[str, tuple[str, str, str]] = {
    "missing": (
        BEGIN,
        "    if not values",
        r":56: # END SOLUTION without a # BEGIN SOLUTION before it|:55: # END SOLUTION",
    ),
    "never closed": (END, "min(values)", ":52: # BEGIN SOLUTION is never closed"),
    "nested": (
        BEGIN,
        "    # BEGIN SOLUTION\n" + BEGIN,
        ":53: # BEGIN SOLUTION inside a solution: close the one of line 52",
    ),
    "ends in another column": (END, "min(values)\n        # END SOLUTION", ":56: # END SOLUTION is not indented like"),
    "around the function": (
        PAIR + BEGIN,
        "# BEGIN SOLUTION\n" + PAIR + "    if not values",
        ":56: # END SOLUTION is not indented like|must stand in a function's body",
    ),
    "around the docstring": (
        PAIR + BEGIN,
        PAIR.replace('    """', '    # BEGIN SOLUTION\n    """') + "    if not values",
        "is between the markers",
    ),
    "no docstring": (PAIR, "def spread(values):\n", ":50: spread has no docstring"),
    "nothing between": (
        (
            '    if not values:\n        raise ValueError("there is no spread of nothing at all")\n'
            "    return max(values) - min(values)\n"
        ),
        "",
        ":53: there is no code between the markers",
    ),
    "a second function": (END, END + "\n\n\ndef helper():\n    pass", ":49: the cell 'spread' defines spread, helper"),
    "another name": ("def spread(", "def spred(", ":49: the cell 'spread' defines spred"),
    "a constant beside it": (END, END + "\n\n\nLIMIT = 3", ":59: a solution cell holds one function or class"),
    "in an example": (
        "np.cumsum([1, 2, 4])",
        "# BEGIN SOLUTION\nnp.cumsum([1, 2, 4])\n# END SOLUTION",
        ":34: a solution marker in an example cell",
    ),
    "in prose": ("## The spread", "### BEGIN SOLUTION", ":38: '### BEGIN SOLUTION' looks like a marker"),
}
LOOK_ALIKES = [
    "# BEGIN SOLUTON",
    "# BEGN SOLUTION",
    "# begin solution",
    "# Begin Solution",
    "### BEGIN SOLUTION",
    "#BEGIN SOLUTION",
    "# BEGIN  SOLUTION",
    "# BEGIN SOLUTION:",
    "# BEGIN_SOLUTION",
    "# BEGINSOLUTION",
    "# SOLUTION BEGIN",
    "# START SOLUTION",
    "# BEGIN SOLUTIONS",
    "# BEGIN ANSWER",
    "# BEIGN SOLTUION",
    "# END SOLUTION here",
    "# --- BEGIN SOLUTION ---",
]


@pytest.mark.parametrize(("old", "new", "message"), MARKERS.values(), ids=MARKERS)
def test_mistakes_of_markers(rewrite: Callable[..., Path], old: str, new: str, message: str) -> None:
    """An answer that is not clearly fenced inside one function is refused, never shipped."""
    path = rewrite(old, new)
    with pytest.raises(UserError, match=f"notebook.py.*({message})"):
        read_source(path.parent)


@pytest.mark.parametrize("marker", LOOK_ALIKES)
def test_what_resembles_a_marker_is_refused(rewrite: Callable[..., Path], marker: str) -> None:
    """Misspellings, other cases, other words: none is taken for a comment."""
    path = rewrite(BEGIN, f"    {marker}\n    if not values")
    with pytest.raises(UserError, match=r":52: .* looks like a marker and is none: write # BEGIN SOLUTION"):
        read_source(path.parent)


@pytest.mark.parametrize(
    "comment", ["# the beginning of the list", "# solution of the equation", "# ends here", "# begin"]
)
def test_ordinary_comments_are_no_markers(rewrite: Callable[..., Path], comment: str) -> None:
    """A word that markers have too does not make a marker."""
    path = rewrite("guess = None", f"{comment}\nguess = None")
    assert read_source(path.parent).cell("guess_spread").source == f"{comment}\nguess = None"


MANIFEST = {
    "a part without a cell": (
        "exercise.toml",
        "[parts.why_float]",
        '[parts.range]\ntitle = "R"\npoints = 1\nminutes = 1\n\n[parts.why_float]',
        r"the part 'range' has no cell: add `# %% range kind=\"solution\"`",
    ),
    "a cell without a part": (
        "exercise.toml",
        "[parts.spread]",
        "[parts.spred]",
        ":49: 'spread' is no part of exercise.toml: do you mean 'spred'",
    ),
    "written in one place only": (
        "exercise.toml",
        "written = true\n",
        "",
        ":71: 'why_float' is kind=\"written\" here and not so",
    ),
    "no rubric": ("rubric.md", "## why_float", "## why", "rubric.md has no heading for the written part 'why_float'"),
    "an empty rubric": (
        "rubric.md",
        "One point: a tenth has no finite binary expansion, so each literal is rounded before anything is added.",
        "",
        "rubric.md has an empty section",
    ),
    "a rubric of nothing": ("rubric.md", "# Rubric\n", "# Rubric\n## spread\nx\n", "`## spread` is no written part"),
}


@pytest.mark.parametrize(("file", "old", "new", "message"), MANIFEST.values(), ids=MANIFEST)
def test_files_that_disagree(rewrite: Callable[..., Path], file: str, old: str, new: str, message: str) -> None:
    """notebook.py, exercise.toml and rubric.md name the same parts, or it is said which does not."""
    path = rewrite(old, new, file)
    with pytest.raises(UserError, match=message):
        read_source(path.parent)


def test_a_missing_source_is_named(course: Repository) -> None:
    """An exercise without notebook.py, or with one in another encoding, is a user's mistake."""
    path = course.solutions / "01_numbers" / "notebook.py"
    path.write_bytes(path.read_bytes().replace(b"# Numbers", "# Übung".encode("latin-1")))
    with pytest.raises(UserError, match=r"notebook.py:3: this is not UTF-8"):
        read_source(path.parent)
    path.unlink()
    with pytest.raises(UserError, match=r"notebook.py is missing"):
        read_source(path.parent)


def test_a_class_is_a_part_by_its_own_kind_of_name(rewrite: Callable[..., Path]) -> None:
    """The class Spread is the part `spread`, and its body may be the answer; the placeholder stands in the body."""
    rewrite("    return max(values)", "    reach = max(values)")
    path = rewrite(PAIR, 'class Spread:\n    """How far `values` reach."""\n\n')
    cell = read_source(path.parent).cell("spread")
    assert cell.solution is not None
    assert cell.solution.released.endswith('\n    raise NotImplementedError("spread")')
    assert "reach = max(values)" in cell.solution.reference


def test_a_class_of_another_name_is_refused(rewrite: Callable[..., Path]) -> None:
    """Capitals part words as underscores do, and nothing else is let through."""
    path = rewrite(PAIR, 'class SpreadOut:\n    """How far `values` reach."""\n\n')
    with pytest.raises(UserError, match="it must define exactly 'spread'"):
        read_source(path.parent)
