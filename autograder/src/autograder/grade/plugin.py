"""A pytest plugin: run an exercise's checks as ordinary tests against one submission.

    pytest solutions/01_tensors/checks.py --submission NOTEBOOK -k shape

Without `--submission` it does nothing. The submission runs in the sandbox as when it is graded, and each finding is
the grader's own: the fast path and this one call the same code.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from autograder.grade.grader import Grader
    from autograder.grade.judge import Judge
    from autograder.grade.report import Finding

__all__ = ["Checking", "pytest_addoption", "pytest_configure"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--submission`, what seeds its inputs, and `--part`."""
    group = parser.getgroup("autograder", "checks of an exercise")
    group.addoption("--submission", metavar="NOTEBOOK", help="run checks.py against this submission, in the sandbox")
    group.addoption("--seed-cohort", metavar="COHORT", help="with the hidden inputs of this cohort (default: its own)")
    group.addoption("--seed-student", metavar="ID", default="student", help="with those of this student")
    group.addoption("--seed-purpose", metavar="NAME", default="final", help="with those of `final` or of `try-1`, …")
    group.addoption("--part", metavar="ID", help="only the checks of this part")


def pytest_configure(config: pytest.Config) -> None:
    """Take part only where a submission was named."""
    if config.getoption("--submission", default=None):
        config.pluginmanager.register(Checking(config), "autograder-checking")


class Checking:
    """Grades one submission while pytest reports."""

    def __init__(self, config: pytest.Config) -> None:
        self.notebook = Path(config.getoption("--submission"))
        self.cohort = config.getoption("--seed-cohort", default=None)
        self.student_id = config.getoption("--seed-student")
        self.purpose = config.getoption("--seed-purpose")
        self.part = config.getoption("--part")
        self.findings: list[Finding] = []
        self._judge: Judge | None = None
        self._grader: Grader | None = None

    @pytest.fixture
    def student(self) -> None:
        """Stand in for the submission: the judge puts the real one in."""

    @pytest.fixture
    def reference(self) -> None:
        """Stand in for the reference."""

    @pytest.fixture
    def rng(self) -> None:
        """Stand in for the seeded NumPy generator."""

    @pytest.fixture
    def torch_rng(self) -> None:
        """Stand in for the seeded torch generator."""

    @pytest.fixture
    def folder(self) -> None:
        """Stand in for the empty folder in the sandbox."""

    @pytest.fixture
    def work(self) -> None:
        """Stand in for the folder where the notebook ran."""

    @pytest.fixture
    def threshold(self) -> None:
        """Stand in for the bounds of exercise.toml."""

    @pytest.fixture
    def weights(self) -> None:
        """Stand in for the weights that were handed in."""

    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Keep the checks of the part that was named."""
        others = [item for item in items if self.part and _part_of(item) != self.part]
        if others:
            config.hook.pytest_deselected(items=others)
            items[:] = [item for item in items if item not in others]

    @pytest.hookimpl(tryfirst=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> bool | None:
        """Judge the check; raise what it raised, so that pytest reports it as any test."""
        from autograder.grade.examiner import loaded

        if not hasattr(pyfuncitem.function, "t2p_check"):
            return None
        judge = self.judge(pyfuncitem.path.parent)
        check = loaded(pyfuncitem, judge.examiner.exercise)
        error: list[Exception] = []

        def call(values: dict[str, Any]) -> None:
            error.clear()
            try:
                check.function(**values)
            except Exception as raised:
                error.append(raised)
                raise

        finding = judge.judge(check, call)
        self.findings.append(finding)
        if finding.verdict != "passed":
            if error:
                raise error[0]
            pytest.fail(f"{finding.verdict}: {finding.reason}", pytrace=False)
        return True

    def pytest_unconfigure(self) -> None:
        """End the sandbox."""
        if self._judge is not None and self._judge.finished.sandbox is not None:
            self._judge.finished.sandbox.stop()
        if self._grader is not None:
            self._grader.__exit__()

    def judge(self, folder: Path) -> Judge:
        """Return the judge of the submission, whose notebook runs on first use."""
        if self._judge is None:
            self._judge = self._start(folder)
        return self._judge

    def _start(self, folder: Path) -> Judge:
        from autograder.grade.collect import collect
        from autograder.grade.grader import Grader
        from autograder.grade.judge import Judge
        from autograder.grade.rebuild import rebuild
        from autograder.grade.run import run
        from autograder.grade.seeds import cohort_secret
        from autograder.manifest import Repository, load_exercise

        cohort = Repository.find(folder).cohort(self.cohort) if self.cohort else None
        exercise = load_exercise(folder)
        exercise = exercise.for_cohort(cohort) if cohort else exercise
        self._grader = Grader(exercise, b"")
        self._grader.__enter__()
        assert self._grader.warm is not None  # noqa: S101  (entering started it)
        # opened only after the warm process was forked
        secret = cohort_secret(cohort.folder) if cohort else bytes(32)
        self._grader.secret = secret
        examiner = self._grader.examiner(self.purpose)
        submission = collect(self.notebook, self.student_id)
        rebuilt = rebuild(examiner.source, submission)
        finished = run(self._grader.warm.slots[0], exercise, rebuilt, submission.files)
        return Judge(examiner, finished, rebuilt, self.student_id, submission.files)


def _part_of(item: pytest.Item) -> str | None:
    mark = getattr(getattr(item, "function", None), "t2p_check", None)
    return mark.part if mark is not None else None
