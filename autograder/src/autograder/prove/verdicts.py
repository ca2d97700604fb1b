"""From what the trials found to what stands against the proof: one function for each thing that is proved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from autograder.grade.examiner import LoadedCheck
from autograder.grade.report import Finding, Report, Verdict
from autograder.manifest import Exercise
from autograder.prove.course import Rules
from autograder.prove.mutants import Mutant
from autograder.prove.named import Named
from autograder.prove.proof import Mutation, Survivor, Wrong
from autograder.prove.stillborn import stillborn
from autograder.prove.survivors import Explanation, complaints
from autograder.prove.trials import PURPOSES
from autograder.release.source import Source

__all__ = [
    "alone_faults",
    "cell_faults",
    "control_faults",
    "correct_faults",
    "failed_by",
    "idle_checks",
    "mutation",
    "release_faults",
    "wrong",
    "wrong_faults",
]


def release_faults(report: Report) -> list[str]:
    """Return the checks that the notebook as shipped already passes, and those that break on it."""
    passed = [
        f"the release as shipped gets {part.points:g} of {part.max_points:g} points for {part.part}: "
        f"the check {finding.check} passes without an answer: make it ask for what only an answer gives"
        for part in report.parts
        for finding in part.findings
        if finding.verdict is Verdict.PASSED
    ]
    return passed + [
        f"on the release as shipped the check {finding.check} itself fails ({_last_line(finding.staff)}): "
        f"ask for the answer first, so that a student who has none reads that it is missing"
        for finding in report.internal_errors
    ]


def cell_faults(exercise: Exercise, source: Source, report: Report) -> list[str]:
    """Return the cells of the reference that do not run, and those meant to raise that do not."""
    shown = f"solutions/{exercise.slug}/notebook.py"
    verdicts = {cell.id: cell.verdict for cell in report.cells}
    found = []
    for cell in source.cells:
        if cell.cell_type != "code" or cell.id not in verdicts:
            continue
        passed, raises = verdicts[cell.id] is Verdict.PASSED, "raises-exception" in cell.tags
        if passed and raises:
            found.append(
                f"{shown}:{cell.line}: {cell.id} is tagged raises-exception and raises nothing: take the tag away"
            )
        elif not passed and not raises:
            found.append(
                f"{shown}:{cell.line}: the cell {cell.id} ended as {verdicts[cell.id]} in the reference: mend it, "
                f'or tag it tags=["raises-exception"]'
            )
    return found


def correct_faults(name: str, whole: Report, seeded: Sequence[Sequence[Finding]]) -> list[str]:
    """Return the checks that a correct submission does not pass, on any of the sets of hidden inputs."""
    graded = [finding for part in whole.parts for finding in part.findings]
    failed: dict[str, tuple[list[str], list[str]]] = {}
    for purpose, findings in (("graded as handed in", graded), *zip(PURPOSES, seeded, strict=True)):
        for finding in findings:
            if finding.verdict is not Verdict.PASSED:
                broken = finding.verdict is Verdict.INTERNAL_ERROR
                said = _said(finding)
                # one fault of the grader breaks many checks: they make one line
                checks, purposes = failed.setdefault(said if broken else f"{finding.check} {said}", ([], []))
                checks.append(finding.check)
                purposes.append(purpose)
    return [
        f"{name} must get full marks, but {_several(checks)} says {key.removeprefix(checks[0]).strip()} "
        f"({', '.join(dict.fromkeys(purposes))}): mend the check, or the submission"
        for key, (checks, purposes) in failed.items()
    ]


def _several(checks: Sequence[str]) -> str:
    names = list(dict.fromkeys(checks))
    return names[0] if len(names) == 1 else f"each of {len(names)} checks, {names[0]} among them,"


def alone_faults(part: str, findings: Iterable[Finding], whole: Report) -> list[str]:
    """Return the checks of a part that its reference passes only beside the answers to other parts."""
    passed = {f.check for one in whole.parts for f in one.findings if f.verdict is Verdict.PASSED}
    return [
        f"without answers to other parts the reference's {part} does not pass {finding.check}, which says "
        f"{_said(finding)}: give what it needs in a set-up cell"
        for finding in findings
        if finding.verdict is not Verdict.PASSED and finding.check in passed
    ]


def control_faults(part: str, control: Iterable[Finding], alone: Iterable[Finding]) -> list[str]:
    """Return the checks that kill the reference itself where it is tried as its mutants are."""
    passed = {finding.check for finding in alone if finding.verdict is Verdict.PASSED}
    return [
        f"written as its mutants are, without comments and docstrings, the reference's {part} does not pass "
        f"{finding.check}, which says {_said(finding)}: its mutants were not tried; ask what the code does"
        for finding in control
        if finding.check in passed
    ]


def wrong_faults(named: Named, seeded: Sequence[Sequence[Finding]]) -> list[str]:
    """Return what is wrong with how a wrong submission was judged; every set of hidden inputs must find it out."""
    faults = []
    for purpose, findings in zip(PURPOSES, seeded, strict=False):
        failed = [finding for finding in findings if finding.verdict is not Verdict.PASSED]
        broken = [finding for finding in failed if finding.verdict is Verdict.INTERNAL_ERROR]
        where = "" if purpose == PURPOSES[0] else f" with the hidden inputs {purpose!r}"
        if broken:
            faults.append(
                f"{named.name}: the check {broken[0].check} itself fails{where}: {_last_line(broken[0].staff)}"
            )
        elif not failed:
            faults.append(
                f"{named.name} passes every check of {named.part}{where}: strengthen one, or call it correct_*"
            )
        elif named.verdict not in [finding.verdict for finding in failed]:
            got = ", ".join(sorted({finding.verdict.value for finding in failed}))
            faults.append(
                f"{named.name} must get the verdict {named.verdict}{where} and gets {got}: mend one of the two"
            )
        elif named.see not in (places := _places(named, failed)):
            faults.append(
                f"{named.name} is treated at {named.see}, but what fails it as {named.verdict}{where} leads to "
                f"{', '.join(places)}: mend see in the submission or in a check"
            )
        if faults:
            return faults  # one set of inputs says enough
    return faults


def _places(named: Named, failed: Sequence[Finding]) -> list[str]:
    """Return where the findings lead to that have the verdict of a wrong submission."""
    return list(dict.fromkeys(finding.see for finding in failed if finding.verdict == named.verdict))


def wrong(named: Named, seeded: Sequence[Sequence[Finding]]) -> Wrong:
    """Return what the proof keeps of a wrong submission."""
    failed = [finding.check for finding in seeded[0] if finding.verdict is not Verdict.PASSED]
    return Wrong(named.part, named.verdict, named.see, sorted(failed))


def failed_by(checks: Iterable[LoadedCheck], found: dict[str, Sequence[Sequence[Finding]]]) -> dict[str, list[str]]:
    """Return for each check the wrong submissions that it fails."""
    failed: dict[str, list[str]] = {check.name: [] for check in checks}
    for name, seeded in sorted(found.items()):
        for finding in seeded[0]:
            if finding.verdict not in (Verdict.PASSED, Verdict.INTERNAL_ERROR):
                failed[finding.check].append(name)
    return dict(sorted(failed.items()))


def idle_checks(exercise: Exercise, failed: dict[str, list[str]]) -> list[str]:
    """Return the checks that no wrong submission fails."""
    return [
        f"no wrong submission fails {check}: write one that does into solutions/{exercise.slug}/submissions, "
        f"or delete the check"
        for check, names in failed.items()
        if not names
    ]


def mutation(
    exercise: Exercise,
    mutants: Sequence[Mutant],
    killers: dict[str, Finding | None],
    explained: dict[str, Explanation],
    rules: Rules,
) -> tuple[Mutation, list[str]]:
    """Return the mutation score and what stands against it."""
    survived, killed, unborn = _by_end(mutants, killers)
    faults = _broken_by_mutants(mutants, killers)
    dead = {mutant.id for mutant in [*killed, *unborn]}
    faults += complaints(exercise.folder / "survivors.toml", explained, survived, dead)
    equivalent = sum(m.id in explained and explained[m.id].kind == "equivalent" for m in survived)
    counted = len(mutants) - len(unborn) - equivalent
    score = len(killed) / counted if counted else 1.0
    if score < rules.mutation_score:
        faults.append(
            f"the checks kill {len(killed)} of {counted} mutants: {score:.1%}, not {rules.mutation_score:.0%}: "
            f"strengthen the checks of {', '.join(sorted({mutant.part for mutant in survived}))}"
        )
    survivors = [_survivor(mutant, explained.get(mutant.id)) for mutant in survived]
    killed_as = Counter(finding.verdict.value for m in killed if (finding := killers[m.id]) is not None)
    found = Mutation(
        killed=_by_part(killed),
        killed_as=dict(sorted(killed_as.items())),
        made=_by_part(mutants),
        stillborn=_by_part(unborn),
        survivors=survivors,
        score=round(score, 4),
    )
    return found, faults


def _by_end(
    mutants: Sequence[Mutant], killers: dict[str, Finding | None]
) -> tuple[list[Mutant], list[Mutant], list[Mutant]]:
    """Return the mutants that live, those that a check has killed, and those that cannot run."""
    survived, killed, unborn = list[Mutant](), list[Mutant](), list[Mutant]()
    for mutant in mutants:
        finding = killers[mutant.id]
        (survived if finding is None else unborn if stillborn(mutant, finding) else killed).append(mutant)
    return survived, killed, unborn


def _broken_by_mutants(mutants: Sequence[Mutant], killers: dict[str, Finding | None]) -> list[str]:
    """Return the checks that fail themselves on a mutant, and would so on a student's mistake: one line a check."""
    found: dict[str, str] = {}
    for mutant in mutants:
        finding = killers[mutant.id]
        if finding is not None and finding.verdict is Verdict.INTERNAL_ERROR:
            found.setdefault(
                finding.check,
                f"the check {finding.check} itself fails ({_last_line(finding.staff)}) on the mutant {mutant.change}: "
                f"compare with matches before computing with an answer",
            )
    return list(found.values())


def _survivor(mutant: Mutant, explanation: Explanation | None) -> Survivor:
    if explanation is None:
        return Survivor(mutant.id, mutant.change)
    return Survivor(mutant.id, mutant.change, explanation.kind, explanation.why)


def _by_part(mutants: Iterable[Mutant]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for mutant in mutants:
        counts[mutant.part] = counts.get(mutant.part, 0) + 1
    return dict(sorted(counts.items()))


def _said(finding: Finding) -> str:
    if finding.verdict is Verdict.INTERNAL_ERROR:
        return f"{finding.verdict}, {_last_line(finding.staff)}"
    return f"{finding.verdict}, {finding.reason!r}"


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or ["no reason was given"])[-1]
