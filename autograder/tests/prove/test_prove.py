"""`prove` on the tiny course: whole, and with a fault of each kind planted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.manifest import Repository
from autograder.prove.freshness import lint_proofs
from autograder.prove.proof import Proof, read_proof
from autograder.prove.prove import prove
from autograder.prove.table import print_proof

SLUG = "01_numbers"

CHECKS = '''

@check("spread", hint="x", see="slide:the-spread")
def test_idle(student, reference, rng):
    """Two equal numbers have the spread 0, which every wrong submission says as well."""
    matches(student.spread([3, 3]), 0)


@check("spread", hint="x", see="slide:the-spread")
def test_asks_nothing(student, reference, rng):
    """Passes without an answer."""


@check("running_total", hint="x", see="cell:running_total_seen")
def test_expects_what_is_wrong(student, reference, rng):
    """The expected value is written by hand and wrong."""
    matches(student.running_total([1, 2]), [1, 2])


@check("running_total", hint="x", see="cell:running_total_seen")
def test_stumbles(student, reference, rng):
    """Computes with the answer before it is known to be a list."""
    matches(student.running_total([1, 2])[0], 1)


@check("running_total", hint="x", see="cell:running_total_seen")
def test_breaks_without_an_answer(student, reference, rng):
    """Goes on where nothing came."""
    try:
        answer = student.running_total([1, 2])
    except Exception:
        answer = None
    matches(answer[0], 1)


@check("spread", hint="x", see="slide:the-spread")
def test_lucky(student, reference, rng):
    """The last number is not always the largest of three."""
    numbers = [int(number) for number in rng.permutation(3)]
    matches(student.spread(numbers), reference.spread(numbers))
'''

SUBMISSIONS = {
    "wrong_that_is_right": (
        ("spread", "wrong", "slide:the-spread"),
        "def spread(values):\n    if not values:\n        raise ValueError\n    return max(values) - min(values)",
    ),
    "wrong_other_verdict": (("spread", "raised", "slide:the-spread"), "def spread(values):\n    return 0"),
    "wrong_other_place": (("spread", "wrong", "cell:guess_spread"), "def spread(values):\n    return 0"),
}


def plant(folder: Path) -> None:
    """Plant a fault of each kind that only running finds."""
    with (folder / "checks.py").open("a", encoding="utf-8") as file:
        file.write(CHECKS)
    for name, ((part, verdict, see), code) in SUBMISSIONS.items():
        head = f'part = "{part}"\nverdict = "{verdict}"\nmisconception = "x"\nsee = "{see}"\n'
        text = f'"""\n{head}"""\n\n# %% spread\n{code}\n'
        (folder / "submissions" / f"{name}.py").write_text(text, encoding="utf-8")
    lost = '"""\nnote = "x"\n"""\n\n# %% spread\ndef spread(values):\n    return 1\n'
    (folder / "submissions" / "correct_not.py").write_text(lost, encoding="utf-8")
    (folder / "survivors.toml").write_text(
        '[spread-00000000]\nchange = "x"\nkind = "accepted"\nwhy = "there was one"\n', encoding="utf-8"
    )
    notebook = (folder / "notebook.py").read_text(encoding="utf-8")
    notebook = notebook.replace("np.cumsum([1, 2, 4])", "np.cumsum_of([1, 2, 4])").replace("[][0]", "[0][0]")
    notebook = notebook.replace(
        "    return max(values) - min(values)\n",
        "    return running_total(\n        [max(values), -min(values)]\n    )[1]\n",
    )
    (folder / "notebook.py").write_text(notebook, encoding="utf-8")


@pytest.fixture(scope="module")
def healthy(copy: Callable[[str], Repository]) -> tuple[Repository, Proof]:
    repo = copy("healthy")
    return repo, prove(repo, SLUG)


@pytest.fixture(scope="module")
def said() -> list[str]:
    """What the proof of the spoilt exercise said while it ran."""
    return []


@pytest.fixture(scope="module")
def spoilt(copy: Callable[[str], Repository], said: list[str]) -> tuple[Repository, Proof]:
    repo = copy("spoilt")
    plant(repo.solutions / SLUG)
    return repo, prove(repo, SLUG, lambda what, _done, _of: said.append(what))


def test_healthy_exercise_is_proved(healthy: tuple[Repository, Proof]) -> None:
    """Nothing stands against the tiny exercise, and the proof says what was found."""
    _, proof = healthy
    assert proof.faults == []
    assert proof.correct == ["correct_accumulate"]
    assert proof.checks["test_spread_of_nothing"] == ["wrong_spread_of_nothing"]
    assert proof.wrong["wrong_empty_crashes"].failed == ["test_running_total_of_nothing"]
    assert sum(proof.mutation.killed.values()) + 1 == sum(proof.mutation.made.values())
    assert [survivor.kind for survivor in proof.mutation.survivors] == ["equivalent"]
    assert proof.mutation.score == 1.0


def test_proof_is_written_and_fresh(healthy: tuple[Repository, Proof]) -> None:
    """proof.json holds the proof; lint finds it fresh and only the other exercise unproved."""
    repo, proof = healthy
    assert read_proof(repo.solutions / SLUG / "proof.json") == proof
    assert ["02_words" in line for line in lint_proofs(repo)] == [True]


def test_proof_is_the_same_twice(healthy: tuple[Repository, Proof]) -> None:
    """A second run finds the same and leaves the file as it is."""
    repo, _ = healthy
    path = repo.solutions / SLUG / "proof.json"
    before = path.read_bytes()
    steps: list[tuple[int, int]] = []
    prove(repo, SLUG, lambda _what, done, of: steps.append((done, of)))
    assert path.read_bytes() == before
    assert steps[-1][0] == steps[-1][1] > 0


def test_class_as_a_part(repo: Repository) -> None:
    """A part may be a class, a check may keep objects, and the notebook may read side files."""
    proof = prove(repo, "02_words")
    assert proof.faults == []
    assert proof.mutation.score == 1.0


FAULTS = {
    "check that no wrong submission fails": "no wrong submission fails test_idle",
    "check that passes the release": "the release as shipped gets",
    "check that passes the release is named": "the check test_asks_nothing passes without an answer",
    "check that breaks on the release": (
        "on the release as shipped the check test_breaks_without_an_answer itself fails (TypeError: "
    ),
    "reference without full marks": "reference must get full marks, but test_expects_what_is_wrong says wrong",
    "correct submission without full marks": "correct_not must get full marks, but test_spread_of_random_numbers says",
    "wrong submission that passes": "wrong_that_is_right passes every check of spread",
    "wrong submission with another verdict": "wrong_other_verdict must get the verdict raised and gets wrong",
    "wrong submission treated elsewhere": "wrong_other_place is treated at cell:guess_spread, but what fails it",
    "check that fails itself": "wrong_total_only: the check test_stumbles itself fails",
    "explanation of no mutant": "[spread-00000000] is no mutant any more: delete its table",
    "example that does not run": "the cell running_total_seen ended as raised in the reference",
    "cell that should raise": "spread_raises is tagged raises-exception and raises nothing",
    "part that needs another": "without answers to other parts the reference's spread does not pass",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_planted_fault_is_found(spoilt: tuple[Repository, Proof], fault: str) -> None:
    """Each planted fault is named among the faults."""
    _, proof = spoilt
    assert any(FAULTS[fault] in line for line in proof.faults), "\n".join(proof.faults)


def test_fault_is_told_before_the_end(spoilt: tuple[Repository, Proof], said: list[str]) -> None:
    """Whoever waits for a proof that cannot succeed is told so while it runs."""
    _, proof = spoilt
    first = next(what for what in said if "will not succeed" in what)
    assert any(first.endswith(fault) for fault in proof.faults)
    assert "will not succeed" in said[-1]


def test_unexplained_mutant_and_low_score(repo: Repository) -> None:
    """A mutant that lives is a fault, with the table that would explain it, and so is a low score."""
    (repo.solutions / SLUG / "survivors.toml").unlink()
    unexplained, score = prove(repo, SLUG).faults
    assert unexplained.startswith("no check notices the mutant spread-9b723e7c (remove_statement): raise ValueError")
    assert "[spread-9b723e7c]" in unexplained
    assert score.startswith("the checks kill 17 of 18 mutants: 94.4%, not 95%")


def test_nothing_is_written_while_a_fault_stands(spoilt: tuple[Repository, Proof]) -> None:
    """A failed proof is no proof: lint goes on asking for one."""
    repo, _ = spoilt
    assert not (repo.solutions / SLUG / "proof.json").exists()
    assert len(lint_proofs(repo)) == 2


def test_table_says_what_is_wrong(spoilt: tuple[Repository, Proof], capsys: pytest.CaptureFixture[str]) -> None:
    """The command prints every fault and ends with 1; without faults with 0."""
    _, proof = spoilt
    assert print_proof(proof) == 1
    text = capsys.readouterr().out
    assert "not proved" in text
    assert all(fault.split("\n")[0] in text for fault in proof.faults)


def test_table_of_a_proof(healthy: tuple[Repository, Proof], capsys: pytest.CaptureFixture[str]) -> None:
    """What was proved fits on a screen."""
    _, proof = healthy
    assert print_proof(proof) == 0
    text = capsys.readouterr().out
    assert "mutation score 100.0%: 17 of 18 killed, 1 live" in text
    ends = ", ".join(f"{count} {verdict}" for verdict, count in proof.mutation.killed_as.items())
    assert f"killed as: {ends}" in text
    assert sum(proof.mutation.killed_as.values()) == 17
