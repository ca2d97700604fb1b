"""The quick look at proofs: a missing, an unreadable and an old proof are found; nothing is run."""

from __future__ import annotations

import subprocess
import sys

import pytest

from autograder.manifest import Repository
from autograder.prove.content import content_of
from autograder.prove.freshness import lint_proofs
from autograder.prove.proof import Proof, write_proof


@pytest.fixture
def proved(repo: Repository) -> Repository:
    """A course whose proofs are as if they had just been made."""
    for slug in repo.slugs():
        write_proof(Proof(slug, content=content_of(repo, slug)), repo.solutions / slug / "proof.json")
    return repo


def test_fresh_proofs(proved: Repository) -> None:
    """A proof of what is there is fresh."""
    assert lint_proofs(proved) == []


def test_missing_proof(proved: Repository) -> None:
    """An exercise that was never proved is named, with the command that proves it."""
    (proved.solutions / "02_words" / "proof.json").unlink()
    assert lint_proofs(proved) == [
        (
            "solutions/02_words/proof.json is missing, so nothing shows that the checks of 02_words work: "
            "run `make prove EXERCISE=02_words`"
        )
    ]


def test_unreadable_proof(proved: Repository) -> None:
    """A damaged proof is none."""
    (proved.solutions / "02_words" / "proof.json").write_text("{", encoding="utf-8")
    assert lint_proofs(proved) == [
        "solutions/02_words/proof.json cannot be read: run `make prove EXERCISE=02_words`",
    ]


CHANGED = (
    "checks.py",
    "notebook.py",
    "exercise.toml",
    "rubric.md",
    "survivors.toml",
    "submissions/wrong_spread_ends.py",
    "submissions/correct_new.py",
    "files/new.csv",
    "probes.py",
)


@pytest.mark.parametrize("name", CHANGED)
def test_proof_older_than_a_file(proved: Repository, name: str) -> None:
    """A change in any file of the exercise, a new one too, makes its proof stale, and that of no other."""
    path = proved.solutions / "01_numbers" / name
    path.parent.mkdir(exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write("\n# changed\n")
    assert lint_proofs(proved) == [
        f"solutions/01_numbers/proof.json is older than {name}: run `make prove EXERCISE=01_numbers`"
    ]


def test_only_used_headings_of_the_deck_count(proved: Repository) -> None:
    """The deck may change, but not lose a heading that a finding leads to."""
    deck = proved.slides / "01_numbers.md"
    deck.write_text(deck.read_text(encoding="utf-8").replace("# Numbers", "# All numbers"), encoding="utf-8")
    assert lint_proofs(proved) == []
    deck.write_text(deck.read_text(encoding="utf-8").replace("## The spread", "## The reach"), encoding="utf-8")
    assert ["headings of slides/01_numbers.md" in line for line in lint_proofs(proved)] == [True]


def test_rules_of_the_course_count(proved: Repository) -> None:
    """Other rules ask for another proof."""
    (proved.solutions / "course.toml").write_text("core_parts = [1, 8]\n", encoding="utf-8")
    assert ["course.toml" in line for line in lint_proofs(proved)] == [True, True]


def test_what_tools_leave_behind_does_not_count(proved: Repository) -> None:
    """Bytecode and checkpoints are no content."""
    folder = proved.solutions / "01_numbers" / "__pycache__"
    folder.mkdir()
    (folder / "checks.pyc").touch()
    assert lint_proofs(proved) == []


def test_proof_that_took_another_time_is_not_written_again(proved: Repository) -> None:
    """A second proof of the same leaves the file as it is, so that it makes no change to commit."""
    path = proved.solutions / "01_numbers" / "proof.json"
    before = path.read_bytes()
    write_proof(Proof("01_numbers", content=content_of(proved, "01_numbers"), seconds=9.0), path)
    assert path.read_bytes() == before
    write_proof(Proof("01_numbers", correct=["correct_x"], seconds=9.0), path)
    assert path.read_bytes() != before


def test_linting_imports_no_torch() -> None:
    """Lint is quick: it reads hashes and imports nothing heavy."""
    code = "import sys; import autograder.prove.freshness; sys.exit(bool({'torch', 'numpy'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
