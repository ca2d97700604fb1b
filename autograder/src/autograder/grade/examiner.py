"""The trusted side's knowledge of one exercise: its checks, its reference, its seeds. Never meets student code."""

from __future__ import annotations

import io
import os
import random
import types
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from autograder.checks import Check
from autograder.errors import GraderFault
from autograder.grade import seeds
from autograder.grade.files import Folder
from autograder.grade.student import Student
from autograder.grade.tape import Tapes
from autograder.grade.threshold import Thresholds
from autograder.grade.weights import Weights
from autograder.manifest import Exercise
from autograder.release.build import release_hash
from autograder.release.sizes import sized_source
from autograder.release.source import Source

__all__ = ["Examiner", "LoadedCheck", "load_checks", "reference_of"]

NONE: Mapping[str, bytes] = types.MappingProxyType({})
STATE_BEGINS, STATE_WORDS = 24, 624
"""Where in the bytes of torch's state the Mersenne Twister's words lie, eight bytes each."""
FIXTURES = ("student", "reference", "rng", "torch_rng", "folder", "work", "threshold", "weights")


@dataclass(frozen=True)
class LoadedCheck:
    """One collected test and its mark."""

    name: str
    """Test name with parameters, as pytest shows it."""
    title: str
    mark: Check
    function: Callable[..., Any] = field(repr=False)
    parameters: dict[str, Any] = field(default_factory=dict, repr=False)
    wants: tuple[str, ...] = ()
    """Which of our fixtures it asks for."""


@dataclass
class Examiner:
    """Checks, reference and secret of one exercise, loaded once for a batch."""

    exercise: Exercise
    secret: bytes
    purpose: str = "final"
    source: Source = field(init=False)
    tapes: Tapes = field(default_factory=Tapes, init=False, repr=False)
    reached: dict[str, list[float]] | None = field(default=None, repr=False)
    """Where a calibration finds what each threshold's checks were given; None while grading."""

    def __post_init__(self) -> None:
        """Read the exercise's source, with the literals of this run."""
        self.source = sized_source(self.exercise)

    def load(self) -> None:
        """Load everything now, and not when the first check is asked: somebody may edit the exercise meanwhile."""
        _ = self.checks, self.reference, self.probes, self.release

    def for_purpose(self, purpose: str) -> Examiner:
        """Return the examiner that asks the same with the inputs of another purpose."""
        self.load()
        other = copy(self)
        other.purpose, other.tapes, other.reached = purpose, Tapes(), None
        return other

    @cached_property
    def checks(self) -> tuple[LoadedCheck, ...]:
        """The exercise's checks, in the order of the file."""
        return load_checks(self.exercise)

    @cached_property
    def reference(self) -> types.SimpleNamespace:
        """The reference's names."""
        return reference_of(self.exercise, self.source)

    @cached_property
    def probes(self) -> str:
        """Text of probes.py; empty where there is none."""
        path = self.exercise.folder / "probes.py"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    @cached_property
    def release(self) -> str:
        """Content hash that a notebook of the current release carries."""
        return release_hash(self.exercise, self.source)

    def tape_of(self, check: LoadedCheck, look: str) -> str:
        """Return the name that this look at a check is remembered by; empty where students are asked different things.

        What a check finds in files is not remembered: it asks for them in more ways than one.
        """
        same = not self.exercise.per_student_inputs and not {"folder", "work", "weights"} & set(check.wants)
        return f"{check.name} {look}" if same else ""

    def order(self, student: str) -> list[LoadedCheck]:
        """Return the checks in a secret order, so that no check can count on coming after another."""
        shuffled = list(self.checks)
        random.Random(self._seed("order of checks", student)).shuffle(shuffled)
        return shuffled

    def fixtures(
        self, check: LoadedCheck, student: Student, student_id: str, look: str = "", files: Mapping[str, bytes] = NONE
    ) -> dict[str, Any]:
        """Return what `check` asks for, with inputs seeded for it, and for this look at it, alone.

        `files` are what was handed in beside the notebook.
        """
        number = self._seed(f"{check.name} {look}" if look else check.name, student_id)
        offered: dict[str, Any] = {
            "student": student,
            "reference": self.reference,
            "rng": np.random.default_rng(number),
        }
        if "torch_rng" in check.wants:
            offered["torch_rng"] = torch_generator(number)
        if "work" in check.wants:
            offered["work"] = Folder(student)
        if "weights" in check.wants:
            offered["weights"] = Weights(student, files)
        if "threshold" in check.wants:
            calibrating = self.reached is not None
            # a second look comes only to those who failed: counted, it would make the worse runs better
            offered["threshold"] = Thresholds(self.exercise, {} if calibrating and look else self.reached)
        if "folder" in check.wants:
            offered["folder"] = Folder(student, f"{self._seed(f'folder of {check.name} {look}', student_id):032x}"[:8])
        return {name: offered[name] for name in check.wants} | check.parameters

    def _seed(self, check: str, student_id: str) -> int:
        student = student_id if self.exercise.per_student_inputs else ""
        return seeds.seed(self.secret, self.exercise.slug, check, self.purpose, student)


def torch_generator(number: int) -> torch.Generator:
    """Return a generator whose whole state comes from `number`: of a seed, torch's own on the CPU takes 32 bits."""
    generator = torch.Generator()
    generator.manual_seed(0)
    state = generator.get_state().numpy()
    words = np.random.default_rng(number).integers(0, 1 << 32, STATE_WORDS, dtype=np.uint64)
    state[STATE_BEGINS : STATE_BEGINS + words.nbytes] = words.view(np.uint8)
    generator.set_state(torch.from_numpy(state))
    return generator


class _Collector:
    """A pytest plugin that keeps what was collected."""

    def __init__(self) -> None:
        self.items: list[pytest.Item] = []
        self.problems: list[str] = []

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.items = list(session.items)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.problems.append(str(report.longrepr))


def load_checks(exercise: Exercise) -> tuple[LoadedCheck, ...]:
    """Collect `checks.py` with pytest; raises GraderFault when a test is broken or carries no mark."""
    collector = _Collector()
    with redirect_stdout(io.StringIO()), _without_plugins():
        pytest.main([str(exercise.folder / "checks.py"), *COLLECT_OPTIONS], plugins=[collector])
    if collector.problems:
        raise GraderFault(f"{exercise.slug}/checks.py cannot be collected:\n{collector.problems[0]}")
    return tuple(loaded(item, exercise) for item in collector.items)


COLLECT_OPTIONS = (
    *("--collect-only", "-q", "-p", "no:cacheprovider", "-c", "/dev/null", "--rootdir=/", "--import-mode=importlib"),
)


@contextmanager
def _without_plugins() -> Iterator[None]:
    """Keep pytest from importing whatever is installed beside it: collecting then takes 0.1 s."""
    name = "PYTEST_DISABLE_PLUGIN_AUTOLOAD"
    before = os.environ.get(name)
    os.environ[name] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before


def loaded(item: pytest.Item, exercise: Exercise) -> LoadedCheck:
    """Return the check behind a collected test."""
    if not isinstance(item, pytest.Function):
        raise GraderFault(f"{exercise.slug}/checks.py: {item.name} is no plain test function")
    mark = getattr(item.function, "t2p_check", None)
    if mark is None:
        raise GraderFault(f'{exercise.slug}/checks.py: {item.name} has no mark: write @check("part", …) above it')
    if mark.part not in exercise.parts:
        raise GraderFault(f"{exercise.slug}/checks.py: {item.name} checks {mark.part!r}, which is no part")
    parameters = dict(item.callspec.params) if hasattr(item, "callspec") else {}
    names = item.fixturenames
    unknown = [name for name in names if name not in (*FIXTURES, *parameters, "request")]
    if unknown:
        raise GraderFault(f"{exercise.slug}/checks.py: {item.name} asks for {unknown[0]!r}; there are {FIXTURES}")
    title = (item.function.__doc__ or "").strip().splitlines()[0]
    wants = tuple(name for name in FIXTURES if name in names)
    return LoadedCheck(item.name, title, mark, item.function, parameters, wants)


def reference_of(exercise: Exercise, source: Source) -> types.SimpleNamespace:
    """Return the names that the reference's setup and solution cells define."""
    module = types.ModuleType(f"reference_{exercise.slug}")
    path = Path(exercise.folder) / "notebook.py"
    try:
        with redirect_stdout(io.StringIO()):
            code = compile(source.module_code(), str(path), "exec", dont_inherit=True)  # annotations stay types
            exec(code, module.__dict__)  # noqa: S102  (our own reference)
    except Exception as error:
        raise GraderFault(f"{path}: the reference does not run: {type(error).__name__}: {error}") from error
    return types.SimpleNamespace(**{name: value for name, value in vars(module).items() if not name.startswith("__")})
