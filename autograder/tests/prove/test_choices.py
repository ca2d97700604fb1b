"""What cohorts may choose: each planted fault is found before a term has chosen it."""

from __future__ import annotations

import pytest

from autograder.errors import UserError
from autograder.manifest import Repository
from autograder.prove.choices import choice_faults
from autograder.release.source import read_source
from autograder.skeleton import to_do

SLUG = "01_numbers"
REGISTRY = "[mnist]\n[mnist.files]\nlabels = {}\n"
CHOICES = """
[choices.DIGITS]
setting = "digits"
data.mnist = ["mnist/labels"]

[choices.VIDEOS]
setting = "videos"
data.ubfc = ["mnist"]

[thresholds.error]
at_most = 0.2
where.mnist = { at_most = 0.3 }
where.synthetic = { at_most = 0.3 }
where.ubfc = { at_most = 0.3 }
"""


@pytest.fixture
def choosing(repo: Repository) -> Repository:
    """A course whose exercise lets cohorts choose digits and videos."""
    folder = repo.solutions / SLUG
    (folder / "exercise.toml").write_text((folder / "exercise.toml").read_text("utf-8") + CHOICES, "utf-8")
    text = (folder / "notebook.py").read_text("utf-8")
    literals = 'import numpy as np\n\nDIGITS, VIDEOS = "synthetic", "synthetic"\nPLACE = str(0)\nCOUNT = 3'
    (folder / "notebook.py").write_text(text.replace("import numpy as np", literals, 1), "utf-8")
    (repo.root / "datasets").mkdir()
    (repo.root / "datasets" / "registry.toml").write_text(REGISTRY, "utf-8")
    return repo


def faults(repo: Repository, slug: str = SLUG) -> list[str]:
    exercise = repo.exercise(slug)
    return list(choice_faults(repo, exercise, read_source(exercise.folder)))


def edit(repo: Repository, old: str, new: str) -> None:
    path = repo.solutions / SLUG / "exercise.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_choices_that_can_be_made(choosing: Repository) -> None:
    """Literals, values, files and bounds that are there are no fault; without choices there is none either."""
    assert faults(choosing) == []
    assert (
        list(choice_faults(choosing, choosing.exercise("02_words"), read_source(choosing.solutions / "02_words"))) == []
    )


FAULTS = {
    "a name that no cell assigns": (
        ("choices.DIGITS", "choices.DIGITTS"),
        "notebook.py: no setup cell of notebook.py assigns DIGITTS: write DIGITTS = … in one, at the outermost level",
    ),
    "a name with no literal": (
        ("choices.DIGITS", "choices.PLACE"),
        "PLACE is no plain value here, and another is to be put in its place: write PLACE = 'synthetic' or so",
    ),
    "a number": (
        ("choices.DIGITS", "choices.COUNT"),
        "COUNT is 3 here and cannot become 'synthetic': mend one of the two",
    ),
    "a value that no cohort can write": (
        ("data.mnist", "data.mnits"),
        "choices.DIGITS.data.mnits: `digits` of a cohort is one of synthetic, mnist: mend the name",
    ),
    "a file that is not registered": (
        ('["mnist/labels"]', '["mnist/nope"]'),
        "choices.DIGITS.data.mnist names 'mnist/nope': add it to datasets/registry.toml",
    ),
    "a data set that is not registered": (
        ('["mnist"]', '["ubfc"]'),
        "choices.VIDEOS.data.ubfc names 'ubfc': add it to datasets/registry.toml",
    ),
    "a bound for nobody": (
        ("where.ubfc", "where.ubcf"),
        "thresholds.error.where.ubcf: no cohort can choose that; there are: mnist, synthetic, ubfc: mend the name",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_choice_that_cannot_be_made(choosing: Repository, fault: str) -> None:
    """It is told by proof and lint, with the place and what to do."""
    (old, new), said = FAULTS[fault]
    edit(choosing, old, new)
    (line,) = faults(choosing)
    assert f"solutions/{SLUG}/" in line
    assert line.endswith(said)
    assert line in to_do(choosing, SLUG)


def test_setting_that_cohorts_do_not_have(choosing: Repository) -> None:
    """The manifest itself is refused."""
    edit(choosing, 'setting = "digits"', 'setting = "digit"')
    with pytest.raises(UserError, match=r"Invalid enum value 'digit' - at `\$\.choices"):
        choosing.exercise(SLUG)
