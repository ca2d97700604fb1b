"""`make prove`: show that an exercise's checks work, with submissions whose verdict is known and with mutants."""

from __future__ import annotations

import hashlib
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.environment import cores
from autograder.errors import UserError
from autograder.grade.examiner import LoadedCheck
from autograder.grade.grader import Grader
from autograder.grade.report import Finding, Report
from autograder.grade.unit import environment_of
from autograder.manifest import Exercise, Repository
from autograder.progress import Say
from autograder.prove import verdicts
from autograder.prove.choices import choice_faults
from autograder.prove.content import content_of
from autograder.prove.course import Rules, load_rules
from autograder.prove.links import broken_links, unknown_data
from autograder.prove.mutants import Mutant, mutants_of
from autograder.prove.named import Named, all_named, named_dict
from autograder.prove.proof import Proof, write_proof
from autograder.prove.rules import check_faults, claim_share, exercise_faults, submission_faults
from autograder.prove.slots import Task, do_all, warm_for
from autograder.prove.survivors import read_survivors
from autograder.prove.trials import PURPOSES, Kills, Trials, write_submission
from autograder.release.build import notebook_dict
from autograder.release.sizes import sized_source
from autograder.release.source import Source

__all__ = ["prove"]

SECRET = hashlib.sha256(b"the secret of proofs: the same everywhere, so that every proof can be repeated").digest()
MUTANTS_A_TASK = 25


@dataclass
class _Subject:
    """What is proved, read once."""

    repo: Repository
    exercise: Exercise
    source: Source
    rules: Rules
    named: list[Named]
    mutants: list[Mutant]
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def prove(repo: Repository, slug: str, progress: Say | None = None) -> Proof:
    """Prove the exercise `slug` and write its `proof.json`, unless something stands against it (`Proof.faults`).

    Raises:
        UserError: a source cannot be read, so that nothing can be tried.
        GraderFault: the checks or the reference do not run at all.
    """
    began = time.monotonic()
    say = progress or (lambda _what, _done, _all: None)
    say(f"reading {slug}", 0, 0)
    content = content_of(repo, slug)
    subject = _subject(repo, slug)
    checks, results = _tried(subject, say)
    proof = _proof(subject, checks, results, content, round(time.monotonic() - began, 1))
    if not proof.faults:
        write_proof(proof, repo.solutions / slug / "proof.json")
    return proof


def _subject(repo: Repository, slug: str) -> _Subject:
    exercise = repo.exercise(slug).at_proof_size()
    source = sized_source(exercise)
    rules = load_rules(repo, exercise)
    subject = _Subject(repo, exercise, source, rules, [], mutants_of(source))
    subject.faults += exercise_faults(repo, exercise, source, rules)
    subject.faults += broken_links(repo, exercise, source) + unknown_data(repo, exercise, source)
    subject.faults += choice_faults(repo, exercise, source)
    try:
        subject.named = all_named(exercise)
    except UserError as error:
        subject.faults.append(str(error))
    else:
        subject.faults += submission_faults(exercise, subject.named, rules)
    return subject


def _tried(subject: _Subject, say: Say) -> tuple[tuple[LoadedCheck, ...], dict[Task, Any]]:
    """Return the checks and what every trial found."""
    exercise = subject.exercise
    results: dict[Task, Any] = {}
    with tempfile.TemporaryDirectory(prefix="t2p-prove-") as folder:
        _write_all(subject, Path(folder))
        tasks = _tasks(subject)
        slots = min(cores(), len(tasks))
        with warm_for(exercise, slots, subject.notes) as warm:
            # the checks are loaded only now: the warm process must not know them
            grader = Grader(exercise, SECRET, warm)
            checks = grader.examiner(PURPOSES[0]).checks
            _ = grader.examiner(PURPOSES[0]).reference

            weights = {named.name: named.weights for named in subject.named}

            def trials(slot: int) -> Trials:
                grader.slot = slot
                return Trials(grader, subject.source, Path(folder), subject.mutants, weights)

            say(_doing(subject, results), 0, _size(tasks))
            for task, result in do_all(tasks, trials, slots):
                results[task] = result
                say(_doing(subject, results), _size(list(results)), _size(tasks))
    return checks, results


def _doing(subject: _Subject, results: Mapping[Task, Any]) -> str:
    """Return what is being done; with a fault as soon as one is known, since the rest may take minutes."""
    known, reference = list(subject.faults), results.get(("whole", ("reference",)))
    if reference is not None:
        known += verdicts.cell_faults(subject.exercise, subject.source, reference)
    proving = f"proving {subject.exercise.slug}"
    return f"{proving}, which will not succeed: {known[0]}" if known else proving


def _write_all(subject: _Subject, folder: Path) -> None:
    exercise, source = subject.exercise, subject.source
    write_submission(folder, exercise, "release", notebook_dict(exercise, source))
    write_submission(folder, exercise, "reference", notebook_dict(exercise, source, answers=True))
    for named in subject.named:
        write_submission(folder, exercise, named.name, named_dict(exercise, source, named))


def _tasks(subject: _Subject) -> list[Task]:
    """Return everything that is to be tried, the long tasks first."""
    correct = [named.name for named in subject.named if named.correct]
    tasks: list[Task] = [("whole", (name,)) for name in ("reference", "release", *correct)]
    tasks += [("correct", (name,)) for name in ("reference", *correct)]
    parts = [name for name, part in subject.exercise.parts.items() if not part.written]
    for part in parts:
        places = [place for place, mutant in enumerate(subject.mutants) if mutant.part == part]
        tasks += [
            ("kill", (places[begin], places[min(begin + MUTANTS_A_TASK, len(places)) - 1] + 1))
            for begin in range(0, len(places), MUTANTS_A_TASK)
        ]
    tasks += [("wrong", (named.name, named.part)) for named in subject.named if not named.correct]
    return tasks + [("alone", (part,)) for part in parts]


def _size(tasks: list[Task]) -> int:
    return sum(arguments[1] - arguments[0] if name == "kill" else 1 for name, arguments in tasks)


def _proof(
    subject: _Subject,
    checks: tuple[LoadedCheck, ...],
    results: dict[Task, Any],
    content: dict[str, str],
    seconds: float,
) -> Proof:
    exercise, named = subject.exercise, subject.named
    faults = [*subject.faults, *check_faults(exercise, subject.source, checks, subject.rules)]

    def whole(name: str) -> Report:
        report: Report = results["whole", (name,)]
        return report

    faults += verdicts.release_faults(whole("release"))
    faults += verdicts.cell_faults(exercise, subject.source, whole("reference"))
    for name in ("reference", *(one.name for one in named if one.correct)):
        faults += verdicts.correct_faults(name, whole(name), results["correct", (name,)])
    for part in dict.fromkeys(check.mark.part for check in checks if not exercise.parts[check.mark.part].written):
        faults += verdicts.alone_faults(part, results["alone", (part,)], whole("reference"))
    found = {one.name: results["wrong", (one.name, one.part)] for one in named if not one.correct}
    for one in named:
        faults += [] if one.correct else verdicts.wrong_faults(one, found[one.name])
    failed = verdicts.failed_by(checks, found)
    faults += verdicts.idle_checks(exercise, failed)
    explained = read_survivors(exercise.folder)
    killers, kills = _killers(subject.mutants, results)
    for part, found_there in kills.items():
        faults += verdicts.control_faults(part, found_there.control, results["alone", (part,)])
    tried = [mutant for mutant in subject.mutants if mutant.id in killers]
    untried = {mutant.id for mutant in subject.mutants} - killers.keys()
    explained = {name: one for name, one in explained.items() if name not in untried}
    mutation, mutant_faults = verdicts.mutation(exercise, tried, killers, explained, subject.rules)
    return Proof(
        exercise=exercise.slug,
        checks=failed,
        correct=[one.name for one in named if one.correct],
        wrong={one.name: verdicts.wrong(one, found[one.name]) for one in named if not one.correct},
        claim_share=round(claim_share(exercise, checks), 4),
        seeds=len(PURPOSES),
        mutation=mutation,
        content=content,
        measured_on=f"{environment_of()}, {cores()} cores",
        seconds=seconds,
        faults=faults + mutant_faults,
        notes=subject.notes,
    )


def _killers(mutants: list[Mutant], results: dict[Task, Any]) -> tuple[dict[str, Finding | None], dict[str, Kills]]:
    """Return for each mutant that was tried the finding that killed it, and by part what was found at last."""
    found: dict[str, Finding | None] = {}
    of_part: dict[str, Kills] = {}
    for (name, arguments), kills in results.items():
        if name == "kill":
            chosen = mutants[arguments[0] : arguments[1]]
            of_part[chosen[0].part] = kills
            found |= {mutant.id: end for mutant, end in zip(chosen, kills.killers, strict=not kills.control)}
    return found, of_part
