"""Ask a finished notebook what the checks want to know, and find how each check ended."""

from __future__ import annotations

import contextlib
import traceback
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from autograder.compare.mismatch import Mismatch
from autograder.grade.examiner import NONE, Examiner, LoadedCheck
from autograder.grade.exceptions import told
from autograder.grade.facts import Definitions
from autograder.grade.likeness import fingerprint
from autograder.grade.rebuild import Rebuilt
from autograder.grade.report import Finding, Fingerprint, Verdict
from autograder.grade.run import Finished
from autograder.grade.student import Student
from autograder.grade.tape import Said, Tape, Unrepeatable
from autograder.grade.weights import State, Weights
from autograder.release.markers import placeholder
from autograder.sandbox.client import Ended, Fork
from autograder.sandbox.frames import ProtocolError
from autograder.sandbox.messages import Step, StudentError
from autograder.stages import own, stage

__all__ = ["Judge", "finding_of"]

ENDED = {
    "timeout": "The call did not come back: it ran longer than allowed.",
    "crashed": "The Python process ended during the call.",
    "memory": "The call used more memory than allowed.",
    "refused": "The call answered with something that is no plain value.",
}
LOST = {*ENDED, "raised", "output_limit"}
"""How what is asked may end without an answer."""
STAFF_TEXT = 20_000
SPENT_SECONDS = 1.0


class Judge:
    """Judges one finished notebook: all checks share a fork; one that fails gets a fresh fork and a second look."""

    def __init__(
        self,
        examiner: Examiner,
        finished: Finished,
        rebuilt: Rebuilt,
        student_id: str,
        files: Mapping[str, bytes] = NONE,
    ) -> None:
        """Ask `finished`, whose code cells are those of `rebuilt`; `files` were handed in beside the notebook."""
        self.examiner = examiner
        self.finished = finished
        self.rebuilt = rebuilt
        self.student_id = student_id
        self.files = files
        self.spent = 0.0
        """CPU seconds of the answers, by the worker's word."""
        self._fork: Fork | None = None
        self._kept: Fork | None = None
        """The fork that others go on in, while a second look has one of its own beside it."""
        own = [cell for cell in rebuilt.code if cell.own]
        broken = [cell.source for cell in own if finished.verdict(cell.id) is not Verdict.PASSED]
        self._definitions = Definitions([cell.source for cell in own], broken)

    @stage("checks")
    def findings(self, only: frozenset[str] = frozenset()) -> list[Finding]:
        """Return a finding for each check (of the parts in `only`, if any), in the order of the file."""
        found = {}
        for check in self.examiner.order(self.student_id):
            if not only or check.mark.part in only:
                found[check.name] = self.judge(check)
        self.close()
        return [found[check.name] for check in self.examiner.checks if check.name in found]

    def judge(self, check: LoadedCheck, call: Callable[[dict[str, Any]], Any] | None = None) -> Finding:
        """Return the finding of one check; what does not pass is asked once more of a fresh fork, and that counts."""
        fresh = self._fork is None
        first = self._once(check, call)
        if first.verdict in (Verdict.PASSED, Verdict.INTERNAL_ERROR) or self.finished.sandbox is None:
            return first
        if first.verdict is Verdict.MISSING and (fresh or not self._was_there(check)):
            return first  # a definition does not come by itself
        if first.verdict in (Verdict.TIMEOUT, Verdict.MEMORY):
            self.close()  # what takes the time or the memory is perhaps still at it, and another check's
        if first.verdict is Verdict.TIMEOUT and fresh:
            return first
        return self._again(check, call)

    def _was_there(self, check: LoadedCheck) -> bool:
        """Whether the part's cell ran to its end with an answer: a call may then have taken the definition away."""
        part = check.mark.part
        return self.finished.verdict(part) is Verdict.PASSED and placeholder(part) not in "".join(self._sources(part))

    def _sources(self, part: str) -> list[str]:
        return [cell.source for cell in self.rebuilt.code if cell.id == part]

    def fingerprints(self) -> dict[str, Fingerprint]:
        """Return what is kept of the weights that were handed in, to be compared over a class."""
        names = [name for name in self.examiner.exercise.training.weights if name in self.files]
        code = "\n".join(cell.source for cell in self.rebuilt.code if cell.own)
        return {name: fingerprint(self.files[name], code, self._state(name)) for name in names}

    def _state(self, name: str) -> State | None:
        try:
            return Weights(Student(self.tape(), self._definitions), self.files).state(name)
        except (Mismatch, Ended, ProtocolError):
            return None

    @stage("second looks", whole=True)
    def _again(self, check: LoadedCheck, call: Callable[[dict[str, Any]], Any] | None) -> Finding:
        # the others go on in the shared fork: whom this one has harmed there gets a second look as well
        self._kept, self._fork = self._fork, None
        # with inputs of its own: what the first look was given may lie in memory that forks share
        second = self._once(check, call, look="second look")
        self.close()
        self._fork, self._kept = self._kept, None
        return second

    def close(self) -> None:
        """Let the current fork end."""
        if self._fork is not None:
            with contextlib.suppress(Ended, StudentError, ProtocolError):
                spent = self._fork.ask([Step("spent")], SPENT_SECONDS)
                spent = spent if isinstance(spent, float) and 0 <= spent < 1e6 else 0.0
                self.spent += spent
                own(spent)
            self._fork.close()
            self._fork = None

    def _once(self, check: LoadedCheck, call: Callable[[dict[str, Any]], Any] | None, look: str = "") -> Finding:
        name = self.examiner.tape_of(check, look) if call is None else ""
        try:
            finding = self._remembered(check, name, look) if name else self._asked(check, call, look, self.tape())
        except (Ended, StudentError, ProtocolError) as error:
            finding = self._found(check, error)
        if self._fork is not None and self._fork.dead:
            self.close()
        return finding

    def _remembered(self, check: LoadedCheck, name: str, look: str) -> Finding:
        """Return how a check ends, from memory as far as it has been asked and answered alike before."""
        tapes = self.examiner.tapes
        finding, said = tapes.play(name, self.fork())
        if finding is not None:
            return finding
        tape = self.tape(said)
        try:
            finding = self._asked(check, None, look, tape)
        except Unrepeatable:
            tapes.leave_out(name)
            self.close()
            return self._asked(check, None, look, self.tape())
        tapes.keep(name, tape, finding)
        return finding

    def _asked(
        self, check: LoadedCheck, call: Callable[[dict[str, Any]], Any] | None, look: str, tape: Tape
    ) -> Finding:
        fixtures: dict[str, Any] = {}
        try:
            student = Student(tape, self._definitions, self.examiner.probes)
            fixtures = self.examiner.fixtures(check, student, self.student_id, look, self.files)
            (call or (lambda values: check.function(**values)))(fixtures)
            finding = finding_of(check, Verdict.PASSED)
        except Unrepeatable:
            raise
        except Exception as error:  # noqa: BLE001  (whatever a check raises becomes a finding)
            finding = self._found(check, error)
        if "folder" in fixtures:
            with contextlib.suppress(Ended, StudentError, ProtocolError):
                fixtures["folder"].leave()
        return finding

    def fork(self) -> Fork:
        """Return the current fork of the submission, made on first use."""
        if self.finished.sandbox is None:
            raise Ended(self.finished.reason)
        if self._fork is None:
            self._fork = self.finished.sandbox.fork(beside=self._kept is not None)
        return self._fork

    def tape(self, said: Sequence[Said] = ()) -> Tape:
        """Return a check's talk with the current fork, of which `said` came before."""
        return Tape(self.fork(), said)

    def _found(self, check: LoadedCheck, error: Exception) -> Finding:
        # where a fork was found dead depends on who was asked before: only the check's own errors tell their way
        lost = isinstance(error, (Ended, ProtocolError))
        lines = traceback.format_exception_only(error) if lost else traceback.format_exception(error)
        staff = "".join(lines)[-STAFF_TEXT:]
        if isinstance(error, Mismatch):
            return finding_of(check, Verdict.WRONG, error.reason, staff)
        if isinstance(error, StudentError):
            return self._student_error(check, error, staff)
        if isinstance(error, Ended):
            # whatever was said before it ended: what has no answer has not passed
            verdict = Verdict(error.reason) if error.reason in LOST else Verdict.CRASHED
            return finding_of(check, verdict, ENDED.get(verdict.value, ""), staff)
        if isinstance(error, ProtocolError):
            return finding_of(check, Verdict.REFUSED, ENDED["refused"], staff)
        if isinstance(error, AssertionError):
            return finding_of(check, Verdict.WRONG, "The answer is not what was asked for.", staff)
        return finding_of(check, Verdict.INTERNAL_ERROR, "The check itself failed: staff have been told.", staff)

    def _student_error(self, check: LoadedCheck, error: StudentError, staff: str) -> Finding:
        kind = error.failure.kind
        if kind == "missing":
            return self._missing(check, staff)
        if kind == "timeout":
            return finding_of(check, Verdict.TIMEOUT, ENDED["timeout"], staff)
        if kind == "memory":
            return finding_of(check, Verdict.MEMORY, ENDED["memory"], staff)
        return finding_of(check, Verdict.RAISED, told(error, check.mark.part, self.rebuilt.code), staff)

    def _missing(self, check: LoadedCheck, staff: str) -> Finding:
        part = check.mark.part
        sources = self._sources(part)
        verdict = self.finished.verdict(part) if sources else None
        # the body of a class runs at once: one that is still to be written raises when its cell does
        if verdict in (None, Verdict.PASSED) or placeholder(part) in "".join(sources):
            return finding_of(check, Verdict.MISSING, f"`{part}` is not written yet.", staff)
        words = {
            Verdict.RAISED: "raised an exception",
            Verdict.TIMEOUT: "ran out of time",
            Verdict.MEMORY: "used more memory than allowed",
            Verdict.OUTPUT_LIMIT: "printed without end",
            Verdict.CRASHED: "ended the Python process",
        }
        reason = f"The cell of `{part}` {words.get(verdict, 'did not finish')}, so `{part}` does not exist."
        return finding_of(check, verdict, reason, staff)


def finding_of(check: LoadedCheck, verdict: Verdict, reason: str = "", staff: str = "") -> Finding:
    """Return the finding of a check."""
    mark = check.mark
    passed = verdict is Verdict.PASSED
    finding = Finding(check.name, mark.part, check.title, mark.weight, verdict, reason, see=mark.see, staff=staff)
    return finding if passed else msgspec.structs.replace(finding, hint=mark.hint)
