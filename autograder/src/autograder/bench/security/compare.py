"""`make bench-security`: the battery against stock nbgrader, otter-grader and ours, and the page about it."""

from __future__ import annotations

import importlib.util
import os
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from autograder.bench.cost import machine
from autograder.bench.options import GRADERS
from autograder.bench.others import otter_python
from autograder.bench.security.classes import (
    ATTACKER,
    CELL_SECONDS,
    HONEST,
    LIMIT_SECONDS,
    SUBMISSION_SECONDS,
    NbgraderClass,
    OtterClass,
    only_ours,
)
from autograder.bench.security.contain import Contained
from autograder.bench.security.kept import Kept, Known, when
from autograder.bench.security.outcome import FULL, LATE_SECONDS, Outcome, of_contained
from autograder.bench.security.page import Row, line, page
from autograder.bench.security.versions import versions
from autograder.between import put_between
from autograder.errors import GraderFault, UserError
from autograder.grade.asked import ENGINE
from autograder.manifest import Repository
from autograder.progress import Say
from autograder.sandbox.server import cores_of

__all__ = ["bench_security", "load_beside"]


AT_ONCE = 2
"""Classes of the other graders, honest ones too, each on cores of its own: what keeps cores busy delays its own."""
OUR_LIMITS = {
    "cell_cpu_seconds": CELL_SECONDS,
    "check_cpu_seconds": CELL_SECONDS,  # elsewhere a check is a cell
    "total_minutes": SUBMISSION_SECONDS["ours"] / 60,
}
CONDITIONS = f"""\
Limits: {CELL_SECONDS} s a cell (nbgrader by the clock, ours of CPU time); {SUBMISSION_SECONDS["ours"]} s a submission \
of ours and {SUBMISSION_SECONDS["otter"]} s one of otter-grader, which starts a kernel for it; {LIMIT_SECONDS:.0f} s \
a class of the others, of which {AT_ONCE} are graded at once, each on its share of the cores. Late is more than \
{LATE_SECONDS:.0f} s: ours in all, the others beyond the slower of {AT_ONCE} honest classes at once."""
HERE = [path for path in sorted(Path(__file__).parent.glob("*.py")) if path.name != "page.py"]
"""What decides how an attack ends, beside the battery: all of this package but the page."""


@dataclass
class _Fight:
    """The battery, who meets it, and what came of it."""

    repo: Repository
    battery: Any
    attacks: list[Any]
    folder: Path
    say: Say
    kept: Kept
    outcomes: dict[tuple[str, str], Outcome | None] = field(default_factory=dict)
    known: list[Known] = field(default_factory=list)
    """Where and when the outcomes were seen."""

    def new(self, grader: str) -> list[Any]:
        """Return the attacks of which nothing is known yet; note what is: None for those that only ours can meet."""
        for attack in self.attacks:
            known = self.kept.get(grader, attack)
            if known is not None:
                self.known.append(known)
                self.outcomes[grader, attack.name] = known.outcome
            elif grader != "ours" and only_ours(attack):
                self.outcomes[grader, attack.name] = None
        return [attack for attack in self.attacks if (grader, attack.name) not in self.outcomes]

    def keep(self, grader: str, attack: Any, outcome: Outcome) -> None:
        """Note what came of an attack."""
        self.known.append(self.kept.put(grader, attack, outcome))
        self.outcomes[grader, attack.name] = outcome
        self.say(f"{grader}: {attack.name}", len(self.outcomes), len(self.attacks) * len(GRADERS))


def bench_security(repo: Repository, say: Say, *, only: str = "*", graders: Sequence[str] = GRADERS,
                   write: bool = False, again: bool = False) -> str:  # fmt: skip
    """Let every attack whose name matches `only` meet every grader; return what came of it as Markdown.

    What this machine has seen before of the same attack stands as it is, unless `again`.
    """
    battery = load_beside(repo.root / "autograder" / "tests" / "attacks" / "battery.py")
    attacks = [battery.read_attack(path) for path in battery.attack_files() if fnmatch(path.stem, only)]
    if not attacks:
        raise UserError(f"no attack is called {only!r}: they lie in autograder/tests/attacks/submissions")
    otter = otter_python(repo.root / ".cache" / "bench") if "otter" in graders else None
    with tempfile.TemporaryDirectory(prefix="t2p-bench-") as scratch:
        fight = _Fight(repo, battery, attacks, Path(scratch), say, _kept(repo, battery, otter, again=again))
        if "ours" in graders:
            _meet_ours(fight)
        _meet_others(fight, [grader for grader in graders if grader != "ours"], otter)
    rows = [
        Row(one.name, one.category, one.tries, {name: fight.outcomes.get((name, one.name)) for name in graders})
        for one in attacks
    ]
    where = when(fight.known)
    text = f"{where}\n{CONDITIONS}\n\n{page(rows, graders)}"
    if write:
        put_between(repo.root / "README.md", "attacks", f"{line(rows, graders)}\n{where}")
        put_between(repo.root / "docs" / "attacks.md", "attacks", text)
    return text


def load_beside(path: Path) -> Any:
    """Return the module in `path`, one of the tests' own: no folder of tests is a package."""
    name = f"tests_{path.stem}"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, path)
        if spec is None or spec.loader is None or not path.exists():
            raise UserError(f"{path} is missing: the attacks come with the repository's tests")
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


def _kept(repo: Repository, battery: Any, otter: Path | None, *, again: bool) -> Kept:
    path = repo.root / ".cache" / "bench" / "attacks.jsonl"
    kept = Kept.read(path, machine(), {grader: decides(repo, battery, grader, otter) for grader in GRADERS})
    if again:
        kept.known.clear()
    return kept


def decides(repo: Repository, battery: Any, grader: str, otter: Path | None = None) -> list[Path | str]:
    """Return all that decides, beside the attack and the machine, how this grader meets it: files and versions."""
    tests, engine = repo.root / "autograder" / "tests", repo.root / "autograder" / "src" / "autograder"
    course = [tests / "attacks" / "battery.py", *sorted(battery.ARENA.glob("*.*"))]
    if grader == "ours":
        own = [tests / "arena.py", engine / "manifest.py"]
        own += [path for pattern in ENGINE for path in sorted(engine.glob(pattern))]
    else:
        own = [engine / "bench" / "others.py", engine / "sandbox" / "cgroup.py"]
    return [versions(grader, otter), *HERE, *course, *own]


def _meet_ours(fight: _Fight) -> None:
    attacks = fight.new("ours")
    if not attacks:
        return
    module = load_beside(fight.repo.root / "autograder" / "tests" / "arena.py")
    arena = module.Arena(fight.folder / "ours", limits=OUR_LIMITS)
    try:
        for attack in attacks:
            fight.keep("ours", attack, _ours(arena, fight.battery, attack))
    finally:
        arena.close()


def _ours(arena: Any, battery: Any, attack: Any) -> Outcome:
    path = battery.write_submission(attack, arena.submitted())
    try:
        for purpose in attack.header.get("before", []):
            arena.grade(path, purpose=purpose)
        beside = attack.category == "neighbours"
        harm = arena.harm(path, beside=beside, student=attack.student)
    except AssertionError as error:
        return Outcome(stopped=True, unknown=str(error)[:60])
    return Outcome(
        gained=round(max(0.0, harm.report.points - attack.most), 2),
        read=tuple(harm.read) + (("what is hidden",) if harm.leaked(attack.cells) else ()),
        changed=len(harm.changed),
        left=len(harm.left),
        stopped=not all(arena.as_usual(other) for other in (*harm.beside, arena.grade(arena.honest()))),
        late=harm.seconds if harm.seconds > LATE_SECONDS else 0.0,
    )


def _meet_others(fight: _Fight, graders: Sequence[str], otter: Path | None) -> None:
    classes: dict[str, NbgraderClass | OtterClass] = {}
    new = {grader: fight.new(grader) for grader in graders}
    if new.get("nbgrader"):
        classes["nbgrader"] = NbgraderClass(fight.battery, fight.folder / "nbgrader")
    if new.get("otter") and otter is not None:
        classes["otter"] = OtterClass(fight.battery, fight.folder / "otter", otter)
    with side_by_side() as pool:
        usual = {}
        for grader, one in classes.items():
            fight.say(f"{grader}: honest classes", 0, 0)
            usual[grader] = usual_of(grader, one, pool)
        waiting = {
            pool.submit(classes[grader].meet, attack): (grader, attack) for grader in classes for attack in new[grader]
        }
        for done in as_completed(waiting):
            grader, attack = waiting[done]
            outcome = of_contained(done.result(), usual[grader], attack.most, ATTACKER, HONEST)
            fight.keep(grader, attack, outcome)


def side_by_side() -> ThreadPoolExecutor:
    """Return a pool of which each thread, and what it starts, keeps to its own share of the cores."""
    places: SimpleQueue[int] = SimpleQueue()
    for place in range(AT_ONCE):
        places.put(place)
    return ThreadPoolExecutor(AT_ONCE, initializer=lambda: os.sched_setaffinity(0, cores_of(places.get(), AT_ONCE)))


def usual_of(grader: str, one: NbgraderClass | OtterClass, pool: ThreadPoolExecutor) -> Contained:
    """Return the slower of honest classes that are graded side by side, as the attacked ones are."""
    honest = [done.result() for done in [pool.submit(one.meet, None) for _ in range(AT_ONCE)]]
    for found in honest:
        if found.points != {ATTACKER: FULL, HONEST: FULL}:
            raise GraderFault(f"{grader} gives honest work {found.points}: {found.log[-800:]}")
    usual = max(honest, key=lambda found: found.seconds)
    if usual.seconds + LATE_SECONDS >= LIMIT_SECONDS:
        raise UserError(f"an honest class takes {grader} {usual.seconds:.0f} s, so that no delay could be seen before "
                        f"{LIMIT_SECONDS:.0f} s end it: run this on a machine that does nothing else")  # fmt: skip
    return usual
