"""The quick look at proofs: a missing, an unreadable and an old proof are found; nothing is run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import autograder
from autograder.manifest import Repository
from autograder.prove.content import content_of, engine_hash
from autograder.prove.freshness import lint_proofs
from autograder.prove.proof import Proof, write_proof

ENGINE = Path(autograder.__file__).parent


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


LINK = '# %% [markdown]\nr"""\n{}\n"""\n'
LINKS = (
    "[The spread](../../slides/01_numbers.html#the-spread)",
    '<a href="../../slides/01_numbers.pdf#the-spread">The spread</a>',
)


@pytest.mark.parametrize("link", LINKS)
def test_headings_that_the_notebook_links_count(repo: Repository, link: str) -> None:
    """A deck, another week's too, may not lose a heading that the prose of a notebook leads to."""
    notebook = repo.solutions / "02_words" / "notebook.py"
    notebook.write_text(notebook.read_text(encoding="utf-8") + LINK.format(link), encoding="utf-8")
    deck = repo.slides / "01_numbers.md"
    before, text = content_of(repo, "02_words"), deck.read_text(encoding="utf-8")
    deck.write_text(text.replace("# Numbers", "# All numbers"), encoding="utf-8")
    assert content_of(repo, "02_words") == before
    deck.write_text(text.replace("## The spread", "## The reach"), encoding="utf-8")
    assert _changed(repo, before) == {"headings of slides/01_numbers.md"}
    deck.unlink()
    assert _changed(repo, before) == {"headings of slides/01_numbers.md"}


def _changed(repo: Repository, before: dict[str, str]) -> set[str]:
    return {name for name, _ in content_of(repo, "02_words").items() ^ before.items()}


REGISTRY = """
[films]
url = "https://one.example/"
[films.files]
"a.avi" = { sha256 = "aa" }
"b.avi" = { sha256 = "bb" }
[faces.files]
"c.avi" = { sha256 = "cc" }
"""


@pytest.mark.parametrize(
    ("data", "old", "counts"),
    [
        ("films/a.avi", "aa", True),
        ("films/a.avi", "bb", False),
        ("films", "bb", True),
        ("films", "cc", False),
        ("films", "one.example", False),
    ],
)
def test_bytes_of_the_data_count(repo: Repository, data: str, old: str, counts: bool) -> None:  # noqa: FBT001
    """Other bytes of a file that the exercise names ask for another proof; where they lie does not."""
    manifest, registry = repo.solutions / "02_words" / "exercise.toml", repo.root / "datasets" / "registry.toml"
    manifest.write_text(f'data = ["{data}"]\n' + manifest.read_text(encoding="utf-8"), encoding="utf-8")
    registry.parent.mkdir()
    registry.write_text(REGISTRY, encoding="utf-8")
    before = content_of(repo, "02_words")
    registry.write_text(REGISTRY.replace(old, "dd"), encoding="utf-8")
    assert _changed(repo, before) == ({"datasets/registry.toml"} if counts else set())


@pytest.mark.parametrize(
    ("name", "counts"),
    [("compare/values.py", True), ("prove/trials.py", True), ("prove/operators.py", True), ("grade/judge.py", False)],
)
def test_what_of_the_engine_counts(tmp_path: Path, name: str, counts: bool) -> None:  # noqa: FBT001
    """What decides how a check ends asks for another proof; its comments and docstrings do not, nor does the rest."""
    hashes = []
    for old, new in (
        ("", ""),
        ("\n\n\n", "\n\n\n# A comment.\n"),
        ('"""', '"""Words. '),
        ("\n\n\n", "\n\n\nMORE = 1\n"),
    ):
        root = tmp_path / f"engine {len(hashes)}"
        (root / name).parent.mkdir(parents=True)
        (root / name).write_text((ENGINE / name).read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
        hashes.append(engine_hash(root))
    assert [one == hashes[0] for one in hashes] == [True, True, True, not counts]


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
