"""The course's rules: each has a planted fault that is found, with a sentence that says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.errors import UserError
from autograder.grade.examiner import LoadedCheck, load_checks
from autograder.manifest import Repository
from autograder.prove.course import Rules, load_rules
from autograder.prove.links import broken_links, unknown_data
from autograder.prove.named import all_named
from autograder.prove.rules import check_faults, claim_share, exercise_faults, submission_faults
from autograder.release.source import read_source

SLUG = "01_numbers"
PROSE = "A small exercise about lists of numbers"


def edit(repo: Repository, name: str, old: str, new: str) -> None:
    path = repo.solutions / SLUG / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def faults(repo: Repository, rules: Rules | None = None) -> list[str]:
    exercise = repo.exercise(SLUG)
    source = read_source(exercise.folder)
    rules = rules or load_rules(repo)
    found = exercise_faults(repo, exercise, source, rules) + submission_faults(exercise, all_named(exercise), rules)
    return found + broken_links(repo, exercise, source) + unknown_data(repo, exercise, source)


def checks_of(repo: Repository) -> tuple[LoadedCheck, ...]:
    return load_checks(repo.exercise(SLUG))


def check_complaints(repo: Repository) -> list[str]:
    exercise = repo.exercise(SLUG)
    return check_faults(exercise, read_source(exercise.folder), checks_of(repo), load_rules(repo))


def test_healthy_course_has_no_faults(shared: Repository) -> None:
    """Nothing stands against the tiny course."""
    assert faults(shared) == []
    assert check_complaints(shared) == []


@pytest.mark.parametrize("name", ["old_checks.py", "submissions/slow_x.txt", "submissions/x/wrong_y.py"])
def test_stray_file(repo: Repository, name: str) -> None:
    """A file that no rule knows is found wherever it lies."""
    path = repo.solutions / SLUG / name
    path.parent.mkdir(exist_ok=True)
    path.touch()
    assert faults(repo) == [f"solutions/{SLUG}/{name} is a stray file: delete it; what students get lies in files/"]


def test_file_for_students_that_nothing_names(repo: Repository) -> None:
    """A side file that the notebook does not mention is stray too."""
    path = repo.solutions / SLUG / "files" / "forgotten.csv"
    path.parent.mkdir()
    path.touch()
    assert "files/forgotten.csv is named nowhere" in faults(repo)[0]


def test_deck_is_missing(repo: Repository) -> None:
    """Every exercise has a deck."""
    (repo.slides / f"{SLUG}.md").unlink()
    assert faults(repo) == [f"slides/{SLUG}.md is missing: every exercise has a deck of the same name"]


def test_core_is_too_small(shared: Repository) -> None:
    """The course's own rules ask for six to nine core parts; a course may ask for other numbers."""
    found = faults(shared, Rules())
    assert [line for line in found if "2 parts are core, 6 to 9 should be" in line] == found


def test_core_carries_too_few_points(repo: Repository) -> None:
    """The core carries 80 % of the points."""
    edit(repo, "exercise.toml", "points = 1\n", "points = 10\n")
    assert "the core carries 5 of 15 points" in faults(repo)[0]


def test_core_takes_too_long(repo: Repository) -> None:
    """The core fits into the stated time."""
    edit(repo, "exercise.toml", "minutes = 10\n", "minutes = 5\n")
    assert "the core parts take 7 of 5 minutes" in faults(repo)[0]


@pytest.mark.parametrize("statement", ["import polars", "from sklearn.svm import SVC"])
def test_import_that_students_need_not_have(repo: Repository, statement: str) -> None:
    """A notebook imports the standard library and what `coursedata` brings."""
    edit(repo, "notebook.py", "import numpy as np", f"import numpy as np\n{statement}")
    assert len(faults(repo)) == 1
    assert "students need not have" in faults(repo)[0]


@pytest.mark.parametrize(
    "statement", ["import cv2, torch, pathlib", "from torchvision import datasets", "import IPython"]
)
def test_imports_that_students_have(repo: Repository, statement: str) -> None:
    """Packages count under the name that is imported, OpenCV too."""
    edit(repo, "notebook.py", "import numpy as np", f"import numpy as np\n{statement}")
    assert faults(repo) == []


def test_later_exercise_is_named(repo: Repository) -> None:
    """An exercise needs only what came before it."""
    edit(repo, "notebook.py", PROSE, "Like `02_words`, this is about lists of numbers")
    assert "names 02_words, which comes later" in faults(repo)[0]


LINKS = {
    "[the slide](../../slides/01_numbers.html#the-spread)": "",
    "[the deck](../../slides/01_numbers.pdf)": "",
    "[below](#The-spread)": "",
    "[the web](https://example.org/x)": "",
    "[the slide](../../slides/01_numbers.html#the-spraed)": "names no heading of slides/01_numbers.md",
    "[the deck](../../slides/07_magic.html)": "names no deck",
    "[below](#the-spraed)": "names no heading of this notebook",
    "![a picture](picture.png)": "leads nowhere",
    '<img src="picture.png" alt="a picture">': "leads nowhere",
    "[next week](../02_words/02_words.ipynb)": "later exercise",
    "Read `numbers.csv` first.": "is no file that students get",
    "See `coursedata.make_magic`.": "there is no coursedata.make_magic",
    "See `coursedata.make_face_video`.": "",
}


@pytest.mark.parametrize("text", LINKS)
def test_link_or_name_in_prose(repo: Repository, text: str) -> None:
    """A link, a file and a data name must be there for somebody who has the students' files."""
    edit(repo, "notebook.py", PROSE, text)
    found = [line for line in faults(repo) if "comes later" not in line]
    assert [LINKS[text] in line for line in found] == ([True] if LINKS[text] else [])


def test_data_set_that_is_not_registered(repo: Repository) -> None:
    """What exercise.toml mounts is in the registry."""
    edit(repo, "exercise.toml", "minutes = 10\n", 'minutes = 10\ndata = ["mnist"]\n')
    assert faults(repo) == [f"solutions/{SLUG}/exercise.toml: data names 'mnist': add it to datasets/registry.toml"]


@pytest.mark.parametrize("name", ["no_such_module", "math:no_such_function", "math cos"])
def test_nothing_to_warm_up(repo: Repository, name: str) -> None:
    """A module or function that is not there is found: while grading it would only cost time."""
    edit(repo, "exercise.toml", "minutes = 10", f'minutes = 10\nwarm = ["json", "math:pow", "{name}"]')
    (fault,) = faults(repo)
    assert "`warm` names" in fault
    assert name in fault


def test_no_submissions(repo: Repository) -> None:
    """There are submissions of both kinds."""
    for path in (repo.solutions / SLUG / "submissions").glob("*.py"):
        path.unlink()
    assert ["_*.py, at least 1 are asked for" in line for line in faults(repo)] == [True, True]


def test_part_without_check(repo: Repository) -> None:
    """Every part has a check, unless a person grades it."""
    text = (repo.solutions / SLUG / "checks.py").read_text(encoding="utf-8")
    edit(repo, "checks.py", text[text.index('@check("spread", weight=2') :], "")
    assert check_complaints(repo) == [
        f"solutions/{SLUG}/checks.py: the part 'spread' has no check: write one, @check(\"spread\", …)"
    ]


def test_check_leads_nowhere(repo: Repository) -> None:
    """What a check's finding leads to must exist."""
    edit(repo, "checks.py", "cell:running_total_seen", "cell:running_total_shown")
    assert "do you mean 'running_total_seen'?" in check_complaints(repo)[0]


def test_check_without_weight(repo: Repository) -> None:
    """A check that weighs nothing decides nothing."""
    edit(repo, "checks.py", '"spread", weight=2', '"spread", weight=0')
    assert "has the weight 0" in check_complaints(repo)[0]


def test_claims_carry_too_much(repo: Repository) -> None:
    """At most 20 % of the points rest on the worker's word."""
    edit(repo, "checks.py", '@check("spread", weight=2', '@check("spread", claim=True, weight=2')
    assert claim_share(repo.exercise(SLUG), checks_of(repo)) == pytest.approx(2 / 3 * 2 / 6)
    assert "22% of the points rest on the worker's word" in check_complaints(repo)[0]


def test_a_claim_is_marked(repo: Repository) -> None:
    """A check that asks for the source, by a helper too, counts among the claims."""
    helper = "def said(student):\n    return student.source('spread').text\n\n\n@check(\"spread\", weight=2"
    edit(repo, "checks.py", '@check("spread", weight=2', helper)
    text = (repo.solutions / SLUG / "checks.py").read_text(encoding="utf-8")
    name = text[text.index("def test_", text.index("def said")) + 4 :].partition("(")[0]
    start = text.index(f"def {name}")
    body = text[start:].replace('"""\n', '"""\n    said(student)\n', 1)
    (repo.solutions / SLUG / "checks.py").write_text(text[:start] + body, encoding="utf-8")
    assert check_complaints(repo) == [
        f"solutions/{SLUG}/checks.py: {name} rests on the source or on the worker's word: mark it with claim=True"
    ]


def test_rules_of_the_course_are_read_strictly(repo: Repository) -> None:
    """A misspelt rule is refused with the names there are."""
    Path(repo.solutions / "course.toml").write_text("core_prats = [1, 9]\n", encoding="utf-8")
    with pytest.raises(UserError, match="its keys are core_parts"):
        load_rules(repo)


def test_an_exercise_may_have_rules_of_its_own(repo: Repository) -> None:
    """What `[rules]` in `exercise.toml` says stands before the course's rules, for this exercise alone."""
    edit(repo, "exercise.toml", "minutes = 10\n", "minutes = 10\nrules = { wrong_submissions = 40 }\n")
    assert load_rules(repo, repo.exercise(SLUG)).wrong_submissions == 40
    assert load_rules(repo, repo.exercise(SLUG)).core_parts == (1, 9)
    assert load_rules(repo).wrong_submissions == 1
    edit(repo, "exercise.toml", "wrong_submissions", "wrong_submisions")
    with pytest.raises(UserError, match=r"exercise.toml: .*its keys are core_parts"):
        load_rules(repo, repo.exercise(SLUG))
