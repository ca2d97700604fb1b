"""Grade submissions of one exercise: collect, rebuild, run, judge, report."""

from __future__ import annotations

import time
import traceback
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Self

import msgspec

from autograder.errors import GraderFault
from autograder.grade.choices import other_choices
from autograder.grade.collect import Refused, Submission, collect
from autograder.grade.data import data_of
from autograder.grade.examiner import Examiner
from autograder.grade.job import Job
from autograder.grade.judge import Judge, finding_of
from autograder.grade.lost import REASON
from autograder.grade.rebuild import Rebuilt, rebuild
from autograder.grade.reduce import cell_results
from autograder.grade.report import Finding, Flag, PartReport, Report, Verdict, parts_of
from autograder.grade.run import Finished, run
from autograder.grade.shapes import shapes_of
from autograder.grade.unit import content_of, refusal_digest, unit_of
from autograder.manifest import Exercise
from autograder.sandbox.frames import Channel
from autograder.sandbox.warm import Warm, start_warm
from autograder.sandbox.worker import prepare, worker
from autograder.stages import stage

__all__ = ["Grader", "Job"]

PURPOSES = 8
"""Kept at once: each remembers what was asked and answered, and a class has as many as somebody has tries."""


@dataclass
class Grader:
    """Grades over one slot of a warm process; a context manager that owns the warm process when it started it."""

    exercise: Exercise
    secret: bytes
    warm: Warm | None = None
    slot: int = 0
    sandboxed: bool = True
    _own: bool = field(default=False, init=False)
    _examiners: dict[str, Examiner] = field(default_factory=dict, init=False)

    def __enter__(self) -> Self:
        """Start a warm process unless one was given: before that, nothing secret has been opened."""
        if self.warm is None:
            data = data_of(self.exercise)
            prepare(self.exercise.warm)
            self.warm = start_warm(1, worker, sandboxed=self.sandboxed, data=data)
            self._own = True
        return self

    def __exit__(self, *_: object) -> None:
        """End the warm process that this grader started."""
        if self._own and self.warm is not None:
            self.warm.close()
            self.warm = None

    def examiner(self, purpose: str) -> Examiner:
        """Return the examiner for one purpose; what an exercise asks is read once."""
        if purpose not in self._examiners:
            known = next(iter(self._examiners.values()), None)
            if len(self._examiners) >= PURPOSES:
                del self._examiners[next(iter(self._examiners))]
            self._examiners[purpose] = (
                known.for_purpose(purpose) if known else Examiner(self.exercise, self.secret, purpose)
            )
        return self._examiners[purpose]

    @cached_property
    def _content(self) -> str:
        return content_of(self.exercise)

    def unit(self, submission_digest: str, job: Job) -> str:
        """Return the content hash that names this piece of work."""
        return unit_of(job.content or self._content, submission_digest, job.purpose, self.secret)

    @stage("examiner")
    def grade(self, job: Job) -> Report:
        """Return the report of one submission; whatever is wrong with the submission stands in the report."""
        examiner = self.examiner(job.purpose)
        before = time.process_time()
        try:
            submission = collect(Path(job.notebook), job.student, side_files=job.side_files)
        except Refused as refusal:
            return self._refused(job, examiner, refusal)
        except Exception as error:  # noqa: BLE001  (whatever it is: no submission may stop the others)
            return self._faulty(job, examiner, "", error)
        try:
            rebuilt = rebuild(examiner.source, submission, examiner.release)
            report = self._graded(job, examiner, submission, rebuilt)
            msgspec.msgpack.encode(report)  # what cannot be sent must cost this submission alone
        except Exception as error:  # noqa: BLE001  (as above)
            return self._faulty(job, examiner, submission.digest, error)
        overhead = report.overhead_seconds + time.process_time() - before
        return msgspec.structs.replace(report, overhead_seconds=round(overhead, 4))

    def _graded(self, job: Job, examiner: Examiner, submission: Submission, rebuilt: Rebuilt) -> Report:
        slot = self._slot()
        finished = run(slot, self.exercise, rebuilt, submission.files, meanwhile=examiner.load)
        try:
            judge = Judge(examiner, finished, rebuilt, job.student, submission.files)
            findings = judge.findings(job.only)
            weights = judge.fingerprints() if self.exercise.training.weights else {}
            judge.close()
            exited = finished.sandbox.stop() if finished.sandbox else None
        finally:
            if finished.sandbox is not None:
                finished.sandbox.stop()
        used = finished.cpu_seconds + (exited.cpu_seconds if exited else 0.0)
        own = finished.cpu_seconds + sum(done.cpu_seconds for done in finished.cells.values()) + judge.spent
        cells = cell_results(rebuilt, finished)
        return Report(
            exercise=self.exercise.slug,
            student=job.student,
            unit=self.unit(submission.digest, job),
            purpose=job.purpose,
            parts=self.parts(findings),
            cells=cells,
            flags=[*rebuilt.flags, *other_choices(self.exercise, examiner.source, submission), *_ended_flags(finished)],
            submission=submission.digest,
            weights=weights,
            shapes=shapes_of(examiner.source, rebuilt),
            cpu_seconds=round(min(own, used), 4),  # what the worker says, as far as the kernel agrees
            overhead_seconds=max(0.0, used - own),
            memory_mib=float(exited.memory_bytes >> 20) if exited else 0.0,
        )

    def parts(self, findings: list[Finding]) -> list[PartReport]:
        """Return every part's points: the share of its checks' weight that passed."""
        return parts_of(self.exercise, findings)

    def _refused(self, job: Job, examiner: Examiner, refusal: Refused) -> Report:
        reason, slug = str(refusal), self.exercise.slug
        findings = [finding_of(check, Verdict.REFUSED, reason) for check in examiner.checks]
        flags = [Flag("student", reason)]
        unit = self.unit(refusal_digest(refusal), job)
        parts = self.parts(findings)
        return Report(slug, job.student, unit, job.purpose, parts, flags=flags, submission=refusal.digest)

    def _faulty(self, job: Job, examiner: Examiner, digest: str, error: Exception) -> Report:
        staff = "".join(traceback.format_exception(error)).encode("utf-8", "backslashreplace").decode()
        findings = [finding_of(check, Verdict.INTERNAL_ERROR, REASON, staff) for check in examiner.checks]
        unit = self.unit(digest, job)
        parts = self.parts(findings)
        return Report(self.exercise.slug, job.student, unit, job.purpose, parts, submission=digest)

    def _slot(self) -> Channel:
        if self.warm is None:
            raise GraderFault("the grader was not started: use it in a `with` block")
        return self.warm.slots[self.slot]


def _ended_flags(finished: Finished) -> list[Flag]:
    words = {Verdict.TIMEOUT: "ran too long", Verdict.MEMORY: "used too much memory", Verdict.CRASHED: "ended Python"}
    words |= {Verdict.RAISED: "left no room for others"}
    return [
        Flag(
            "student", f"The cell `{cell}` {words.get(verdict, 'answered nonsense')}: the notebook was run without it."
        )
        for cell, verdict in finished.ended.items()
        if cell
    ]
