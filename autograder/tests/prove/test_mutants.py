"""Mutants: which mistakes are made, where, and that the short cut judges them as grading does."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.grade.grader import Grader
from autograder.grade.report import Verdict
from autograder.manifest import Repository
from autograder.prove.course import Rules
from autograder.prove.mutants import Mutant, mutants_of
from autograder.prove.named import Named, NamedCell, named_dict
from autograder.prove.trials import Trials, write_submission
from autograder.prove.verdicts import control_faults, mutation
from autograder.release.source import read_source
from autograder.sandbox.worker import prepare

CASES = {
    "x.mean(dim=1, keepdim=True)": [
        "x.sum(dim=1, keepdim=True)",
        "x.mean(dim=2, keepdim=True)",
        "x.mean(dim=0, keepdim=True)",
        "x.mean(dim=1, keepdim=False)",
        "x.mean(keepdim=True)",
        "x.mean(dim=1)",
        "x",
    ],
    "x.sum(dim=-1)": ["x.sum(dim=1)", "x.sum(dim=-2)", "x.sum(dim=-1, keepdim=True)", "x.mean(dim=-1)"],
    "x.permute(2, 0, 1)": ["x.permute(0, 2, 1)", "x.permute(2, 1, 0)", "x.reshape(2, 0, 1)"],
    "x.reshape(-1)": ["x.view(-1)"],
    "x.clone()": ["x"],
    "x.contiguous()": ["x"],
    "torch.sqrt(x)": ["x"],
    "x[:n]": ["x[:n - 1]", "x[1:n]"],
    "x[1:]": ["x[2:]", "x[0:]", "x[1:-1]"],
    "x[::-1]": ["x[:]", "x[::1]"],
    "x[:, n]": ["x[n, :]", "x[n]"],
    "x[:, None, None]": ["x[None, :, None]", "x[:, None]", "x[None, None]"],
    "x[..., 0]": ["x[0]", "x[..., 1]", "x[..., -1]"],
    "x / 255": ["x * 255", "x / 256", "x / 254", "x // 255", "255 / x", "x", "x.div_(255)"],
    "x < n": ["x <= n", "x > n"],
    "x and n": ["x or n"],
    "not x": ["x"],
    "x.to(torch.float32)": ["x.to(torch.float64)", "x"],
    "torch.einsum('nd,md->nm', x, x)": ["torch.einsum('nd,md->mn', x, x)", "torch.einsum('dn,md->nm', x, x)"],
    "torch.tensor(x)": ["torch.as_tensor(x)"],
    "x.max() - x": ["x - x.max()", "x.min() - x"],
}


NUMPY = "import math\n\nimport numpy as np"
NUMPY_CASES = {
    "x / x.mean(axis=0)": ["np.divide(x, x.mean(axis=0), out=x)", "x / x.mean(axis=0, keepdims=True)"],
    "np.median(x, axis=(0, 1))": ["np.median(x, axis=(0, 1), keepdims=True)", "np.mean(x, axis=(0, 1))"],
    "x - n": ["np.subtract(x, n, out=x)"],
    "np.stack([x, n])": ["np.concatenate([x, n])"],
    "x.reshape(n)": ["x"],
    "math.prod(x)": ["sum(x)"],
    "x / 'trace.npy'": ["x"],
}
NOT_OF_NUMPY = ("keepdim=", "div_(", "sub_(", "math.sum", "np.cat", "np.prod", ".view(", "'trace.npy', out")


def written(repo: Repository, body: str, imports: str = "import torch") -> list[Mutant]:
    """Return the mutants of a part whose answer is `body`."""
    path = repo.solutions / "01_numbers" / "notebook.py"
    begin, end = "    # BEGIN SOLUTION\n", "    # END SOLUTION\n"
    text = path.read_text(encoding="utf-8").replace("import numpy as np", imports)
    first, rest = text.split(begin, 1)
    text = first.replace("def running_total(values):", "def running_total(x, n):") + begin
    path.write_text(text + body + end + rest.split(end, 1)[1], encoding="utf-8")
    source = read_source(path.parent)
    return [mutant for mutant in mutants_of(source) if mutant.part == "running_total"]


@pytest.mark.parametrize("expression", CASES)
def test_mistakes_with_tensors(repo: Repository, expression: str) -> None:
    """Each expression is mistaken in the ways that students mistake it."""
    codes = [mutant.code for mutant in written(repo, f"    return {expression}\n")]
    assert [
        other for other in CASES[expression] if not any(f"return {other}" == c.split("\n")[-1].strip() for c in codes)
    ] == []


@pytest.mark.parametrize("expression", NUMPY_CASES)
def test_mistakes_with_arrays(repo: Repository, expression: str) -> None:
    """NumPy's arrays are mistaken in NumPy's words; what only tensors have is no mistake that anybody would make."""
    codes = [mutant.code.split("\n")[-1].strip() for mutant in written(repo, f"    return {expression}\n", NUMPY)]
    assert [other for other in NUMPY_CASES[expression] if f"return {other}" not in codes] == []
    assert [code for code in codes for word in NOT_OF_NUMPY if word in code] == []


BOTH = "import numpy as np\nimport torch"


@pytest.mark.parametrize(
    ("body", "mutated"),
    [
        ("x = x / 2\n    return x.sum(axis=1)", "np.divide(x, 2, out=x)"),
        ("x = x / 2\n    return x.sum(dim=1)", "x.div_(2)"),
        ("x = x / 2\n    return np.sort(x)", "np.divide(x, 2, out=x)"),
        ("x = x / 2\n    return torch.sort(x)", "x.div_(2)"),
        ("return x / 2", "x.div_(2)"),
    ],
)
def test_whose_arrays_they_are(repo: Repository, body: str, mutated: str) -> None:
    """Where a notebook has both libraries, the part's own names and keywords say whose arrays it is about."""
    codes = [mutant.code for mutant in written(repo, f"    {body}\n", BOTH) if mutant.operator == "in_place"]
    assert [mutated in code for code in codes] == [True]


def test_numbers_are_not_changed_in_place(repo: Repository) -> None:
    """A parameter that is said to be a number cannot be changed for the caller."""
    path = repo.solutions / "01_numbers" / "notebook.py"
    text = path.read_text(encoding="utf-8").replace("def running_total(values):", "def running_total(values: float):")
    path.write_text(text.replace("totals, so_far = [], 0", "totals, so_far = [], values * 2"), encoding="utf-8")
    assert [mutant for mutant in mutants_of(read_source(path.parent)) if mutant.operator == "in_place"] == []


CANNOT_RUN = (
    "max(values).sub_(min(values))",
    "max(values) - lowest(values)",
    "max(values, keepdim=True) - min(values)",
    "np.subtract(max(values), min(values), out=max(values))",
)
CAN_RUN = ("max(values) - values", "max(values) + min(values)")


@pytest.mark.parametrize("empty", ["raise ValueError", "return 0"])
def test_mutant_that_cannot_run(shared: Repository, tmp_path: Path, empty: str) -> None:
    """One that uses what is not there is stillborn, unless a check has found out anything else about it."""
    exercise = shared.exercise("01_numbers")
    source = read_source(exercise.folder)
    code = "def spread(values):\n    if not values:\n        {}\n    return {}"
    mutants = [
        Mutant(answer, "spread", "", f"return max(values) - min(values) → return {answer}", code.format(empty, answer))
        for answer in CANNOT_RUN + CAN_RUN
    ]
    prepare()
    with Grader(exercise, b"tests", sandboxed=False) as grader:
        trials = Trials(grader, source, tmp_path, mutants)
        killers = {one.id: end for one, end in zip(mutants, trials.kill(0, len(mutants)).killers, strict=True)}
    found, _ = mutation(exercise, mutants, killers, {}, Rules())
    if empty == "return 0":  # which a check notices
        assert (found.stillborn, found.killed) == ({}, {"spread": 6})
        assert found.killed_as == {"wrong": 6}
    else:
        assert (found.stillborn, found.killed) == ({"spread": 4}, {"spread": 2})
        assert found.killed_as == {"raised": 1, "wrong": 1}
    assert found.made == {"spread": 6}
    assert found.score == 1.0


def test_mistakes_in_statements(repo: Repository) -> None:
    """Statements are forgotten, conditions turned round, the wrong exception raised, neighbours confused."""
    body = (
        "    height, width = x.shape\n    if height < n:\n        raise ValueError(f'{n}')\n"
        "    out = x.clone()\n    out[0] = width\n    return out\n"
    )
    changes = {mutant.change for mutant in written(repo, body)}
    assert {
        "if height < n: → if not height < n:",
        "out[0] = width → pass",
        "out[0] = width → out[0] = height",
        "return out → return x",
        "out = x.clone() → out = x",
    } <= changes
    assert any("RuntimeError" in change for change in changes)
    assert any(change.startswith("raise ValueError") and change.endswith("→ pass") for change in changes)


def test_only_the_answer_is_changed(shared: Repository) -> None:
    """Signature, docstring and given code are public: nothing there is mutated; no two mutants are alike."""
    mutants = mutants_of(read_source(shared.solutions / "02_words"))
    assert all("def count(self, word):" in mutant.code for mutant in mutants)
    assert len({mutant.code for mutant in mutants}) == len(mutants) == len({mutant.id for mutant in mutants})


def test_id_stays_while_the_change_does(repo: Repository) -> None:
    """A mutant keeps its id when another line of the answer is edited: explanations stay with it."""
    one = {m.id for m in written(repo, "    y = x + 1\n    return y * n\n") if "y * n" in m.change}
    other = {m.id for m in written(repo, "    y = x + 2\n    return y * n\n") if "y * n" in m.change}
    assert one
    assert one == other


def test_short_cut_judges_as_grading_does(shared: Repository, tmp_path: Path) -> None:
    """A mutant that replaces the reference in a fork gets the same verdict as one handed in as a notebook."""
    exercise = shared.exercise("01_numbers")
    source = read_source(exercise.folder)
    mutants = [mutant for mutant in mutants_of(source) if mutant.part == "spread"]
    prepare()
    with Grader(exercise, b"tests", sandboxed=False) as grader:
        trials = Trials(grader, source, tmp_path, mutants)
        for mutant, finding in zip(mutants, trials.kill(0, len(mutants)).killers, strict=True):
            cell = NamedCell(mutant.part, "code", mutant.code)
            named = Named("wrong_mutant", mutant.part, "wrong", "", "", "", (cell,), tmp_path)
            write_submission(tmp_path, exercise, mutant.id, named_dict(exercise, source, named))
            report = trials.whole(mutant.id)
            graded = [f for part in report.parts if part.part == mutant.part for f in part.findings]
            failed = {f.check: f.verdict for f in graded if f.verdict is not Verdict.PASSED}
            assert (finding is None) == (not failed), mutant.change
            assert finding is None or failed[finding.check] is finding.verdict


PROBE = """
def documented(namespace, name):
    return bool(namespace[name].__doc__)
"""
CHECK = '''

@check("spread", hint="x", see="slide:the-spread")
def test_documented(student, reference, rng):
    """The function has a docstring."""
    matches(student.probe("documented", "spread"), True)
'''


def test_reference_must_live(repo: Repository, tmp_path: Path) -> None:
    """A check that the reference does not pass where it is tried as its mutants are would kill any of them."""
    exercise = repo.exercise("01_numbers")
    (exercise.folder / "probes.py").write_text(PROBE, encoding="utf-8")
    with (exercise.folder / "checks.py").open("a", encoding="utf-8") as file:
        file.write(CHECK)
    source = read_source(exercise.folder)
    mutants = mutants_of(source)
    first = [mutant.part for mutant in mutants].index("spread")
    prepare()
    with Grader(exercise, b"tests", sandboxed=False) as grader:
        trials = Trials(grader, source, tmp_path, mutants)
        alone, kills, others = trials.alone("spread"), trials.kill(first, len(mutants)), trials.kill(0, first)
    assert [finding.verdict for finding in alone] == [Verdict.PASSED] * 3
    assert kills.killers == []
    (fault,) = control_faults("spread", kills.control, alone)
    assert "the reference's spread does not pass test_documented, which says wrong" in fault
    assert (others.control, len(others.killers)) == ([], first)


SLOW = """def spread(values):
    begun = time.process_time()
    while time.process_time() < begun + {seconds}:
        pass
    if not values:
        raise ValueError
    return max(values) - min(values)
"""


def test_time_that_mutants_get(repo: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mutant is ended after ten times what the reference needs: one that is slower than it is not killed by that."""
    monkeypatch.setattr("autograder.prove.trials.MUTANT_CPU_SECONDS", 0.01)
    path = repo.solutions / "01_numbers" / "notebook.py"
    text = path.read_text(encoding="utf-8").replace("import numpy as np", "import time\n\nimport numpy as np")
    body = "    if not values:"
    wait = "    begun = time.process_time()\n    while time.process_time() < begun + 0.1:\n        pass\n"
    path.write_text(text.replace(body, wait + body), encoding="utf-8")
    exercise = repo.exercise("01_numbers")
    source = read_source(path.parent)
    mutants = [Mutant(f"{seconds}", "spread", "", "", SLOW.format(seconds=seconds)) for seconds in (0.25, 60)]
    prepare()
    with Grader(exercise, b"tests", sandboxed=False) as grader:
        lives, ended = Trials(grader, source, tmp_path, mutants).kill(0, 2).killers
    assert lives is None
    assert ended is not None
    assert ended.verdict is Verdict.TIMEOUT
