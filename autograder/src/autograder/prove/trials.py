"""Trials in one slot of a warm process: whole notebooks as they are graded, and mutants by a short cut.

A mutant needs no notebook of its own. The set-up cells and its part's reference run once; each mutant is a fork of that
in which its cell replaces the reference, and then the checks ask as always.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from autograder.grade.collect import collect
from autograder.grade.examiner import LoadedCheck
from autograder.grade.grader import Grader, Job
from autograder.grade.judge import Judge
from autograder.grade.rebuild import Rebuilt, RebuiltCell, rebuild
from autograder.grade.report import Finding, Report, Verdict
from autograder.grade.run import Finished, run
from autograder.grade.student import Student
from autograder.grade.tape import Tape
from autograder.manifest import Exercise
from autograder.prove.mutants import Mutant, unchanged
from autograder.prove.stillborn import stillborn
from autograder.prove.training import hand_in_weights
from autograder.release.source import Source
from autograder.sandbox.client import Fork
from autograder.sandbox.frames import Channel

__all__ = ["PURPOSES", "Control", "Kills", "Trials", "write_submission"]

PURPOSES = ("final", "try-1", "try-2", "try-3", "try-4")
"""Sets of hidden inputs, each from seeds of its own: a check must not hang on the luck of one of them."""
SETS_FOR_WRONG = 3
MUTANT_CPU_SECONDS = 3.0
"""Least for one request: a mutant that loops for ever is ended after this, or after what the reference needs."""
TIMES_THE_REFERENCE = 10
RUN_KINDS = ("setup", "solution", "extra")
STUDENT = "proof"
DEFINE = "t2p_define_mutant"
PROBE = f"""

def {DEFINE}(namespace, name, code):
    exec(compile(code, f"<cell {{name}}>", "exec"), namespace)
"""


def write_submission(folder: Path, exercise: Exercise, name: str, notebook: dict[str, Any]) -> None:
    """Write a notebook into `folder` as if it had been handed in."""
    work = folder / name
    work.mkdir(parents=True)
    (work / f"{exercise.slug}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")


class _MutantJudge(Judge):
    """Asks every check of a fresh fork in which the mutant has replaced the reference."""

    def __init__(self, base: Judge, mutant: Mutant) -> None:
        cells = [c if c.id != mutant.part else _with_text(c, mutant.code) for c in base.rebuilt.cells]
        super().__init__(base.examiner, base.finished, Rebuilt(cells), STUDENT)
        self.mutant = mutant

    def judge(self, check: LoadedCheck, call: Callable[[dict[str, Any]], Any] | None = None) -> Finding:
        self.close()
        return self._once(check, call)

    def fork(self) -> Fork:
        fresh, fork = self._fork is None, super().fork()
        if fresh:
            Student(Tape(fork), self._definitions, self.examiner.probes).probe(
                DEFINE, self.mutant.part, self.mutant.code
            )
        return fork


def _with_text(cell: RebuiltCell, source: str) -> RebuiltCell:
    """Return `cell` with another text."""
    return RebuiltCell(cell.id, cell.kind, cell.cell_type, source)


class Control(NamedTuple):
    """What the short cut of the mutants finds of the reference itself."""

    failed: list[Finding]
    """Where there is one, what happens to mutants shows nothing."""
    cpu_seconds: float
    """Of the answers to the check that asks most."""


class Kills(NamedTuple):
    """What became of some mutants of one part."""

    control: list[Finding]
    """What the unchanged reference does not pass by the same short cut; then no mutant was tried."""
    killers: list[Finding | None]


@dataclass
class Trials:
    """Everything that is tried, over one slot; results are plain data."""

    grader: Grader
    source: Source
    submissions: Path
    """Folder of `write_submission`."""
    mutants: Sequence[Mutant] = ()
    weights: Mapping[str, str] = field(default_factory=dict)
    """Which weights a submission brings, by its name, where that is not what its own cells save."""
    _controls: dict[str, Control] = field(default_factory=dict)

    def whole(self, name: str) -> Report:
        """Grade one notebook exactly as a cohort's is graded."""
        return self.grader.grade(Job(STUDENT, str(self._notebook(name))))

    def correct(self, name: str) -> list[list[Finding]]:
        """Return the findings of a correct submission for each set of hidden inputs."""
        return self._seeded(name, frozenset(), PURPOSES)

    def wrong(self, name: str, part: str) -> list[list[Finding]]:
        """Return the findings of `part` of a wrong submission for each of the first sets."""
        return self._seeded(name, frozenset({part}), PURPOSES[:SETS_FOR_WRONG])

    def _seeded(self, name: str, only: frozenset[str], purposes: Sequence[str]) -> list[list[Finding]]:
        """Return findings for each set; examples are left out, unless they may train what a threshold asks about."""
        submission = collect(self._notebook(name), STUDENT)
        rebuilt = rebuild(self.source, submission)
        free = {cell.id: self.source.released(cell.id) for cell in self.source.cells if cell.kind == "free"}
        kinds = (*RUN_KINDS, "example") if self.exercise.thresholds else RUN_KINDS
        rebuilt.cells = [c for c in rebuilt.code if c.kind in kinds or (c.id in free and c.source != free[c.id])]
        finished = self._run(rebuilt, self.exercise, submission.files)
        try:
            return [
                Judge(self.grader.examiner(p), finished, rebuilt, STUDENT, submission.files).findings(only)
                for p in purposes
            ]
        finally:
            _stop(finished)

    def alone(self, part: str) -> list[Finding]:
        """Return the findings of the reference's answer to `part` where no other part has an answer, metrics aside."""
        judge = self._base(part, self.exercise.limits.check_cpu_seconds)
        findings = [judge.judge(check) for check in _of_part(judge, part)]
        judge.close()
        _stop(judge.finished)
        return findings

    def kill(self, begin: int, end: int) -> Kills:
        """Return for each mutant from `begin` to `end`, all of one part, the finding that killed it.

        One that the mutant cannot run is returned only where no check has found out anything else.
        """
        part = self.mutants[begin].part
        control = self._control(part)
        if control.failed:
            return Kills(control.failed, [])
        most = self.exercise.limits.check_cpu_seconds
        seconds = min(max(MUTANT_CPU_SECONDS, TIMES_THE_REFERENCE * control.cpu_seconds), most)
        judge = self._base(part, seconds)
        kills: Counter[str] = Counter()  # of these alone: which check is asked first must not hang on the slot
        try:
            mutants = self.mutants[begin:end]
            return Kills([], [self._killer(_MutantJudge(judge, mutant), kills) for mutant in mutants])
        finally:
            _stop(judge.finished)

    @property
    def exercise(self) -> Exercise:
        """The exercise that is proved."""
        return self.grader.exercise

    def _control(self, part: str) -> Control:
        """Return how the reference of a part ends where it is put in place of itself; asked once."""
        if part not in self._controls:
            base = self._base(part, self.exercise.limits.check_cpu_seconds)
            judge = _MutantJudge(base, unchanged(self.source, part))
            failed, longest = [], 0.0
            for check in _of_part(judge, part):
                before = judge.spent
                finding = judge.judge(check)
                judge.close()
                longest = max(longest, judge.spent - before)
                failed += [finding] if finding.verdict is not Verdict.PASSED else []
            _stop(base.finished)
            self._controls[part] = Control(failed, longest)
        return self._controls[part]

    def _killer(self, judge: _MutantJudge, kills: Counter[str]) -> Finding | None:
        cannot_run = None
        checks = _of_part(judge, judge.mutant.part)
        try:
            # what killed most so far is asked first: most mutants cost one check
            for check in sorted(checks, key=lambda check: -kills[check.name]):
                finding = judge.judge(check)
                if finding.verdict is Verdict.PASSED:
                    continue
                if not stillborn(judge.mutant, finding):
                    kills[check.name] += 1
                    return finding
                cannot_run = cannot_run or finding
        finally:
            judge.close()
        return cannot_run

    def _base(self, part: str, seconds: float) -> Judge:
        """Return a judge of a notebook that holds the set-up and the reference's answer to `part` alone.

        One request may take as many CPU `seconds`.
        """
        cells = [
            RebuiltCell(cell.id, cell.kind, "code", self.source.reference(cell.id))
            for cell in self.source.cells
            if cell.kind == "setup" or cell.id == part
        ]
        limits = msgspec.structs.replace(self.exercise.limits, check_cpu_seconds=seconds)
        rebuilt = Rebuilt(cells)
        finished = self._run(rebuilt, msgspec.structs.replace(self.exercise, limits=limits), {})
        examiner = self.grader.examiner(PURPOSES[0])
        if DEFINE not in examiner.probes:
            examiner.probes += PROBE
        return Judge(examiner, finished, rebuilt, STUDENT)

    def _run(self, rebuilt: Rebuilt, exercise: Exercise, files: dict[str, bytes]) -> Finished:
        return run(self._slot, exercise, rebuilt, files)

    def _notebook(self, name: str) -> Path:
        """Return where a submission lies, complete with the weights that it brings."""
        notebook = self.submissions / name / f"{self.exercise.slug}.ipynb"
        hand_in_weights(self._slot, self.exercise, notebook, self.weights.get(name, "own"))
        return notebook

    @property
    def _slot(self) -> Channel:
        assert self.grader.warm is not None  # noqa: S101  (a grader over a warm process)
        return self.grader.warm.slots[self.grader.slot]


def _of_part(judge: Judge, part: str) -> list[LoadedCheck]:
    """Return the checks of a part, but no metric: that asks what the whole notebook has trained, not this answer."""
    return [
        one for one in judge.examiner.checks if one.mark.part == part and not {"threshold", "weights"} & set(one.wants)
    ]


def _stop(finished: Finished) -> None:
    if finished.sandbox is not None:
        finished.sandbox.stop()
