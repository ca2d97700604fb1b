"""How attacks on other graders are run and told: the questions, the outcomes, the page, the throw-away system."""

import ast
import json
import os
import sys
from importlib.metadata import version
from pathlib import Path
from threading import Barrier
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from autograder.bench.options import GRADERS, Options
from autograder.bench.run import bench
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
from autograder.bench.security.compare import (
    CONDITIONS,
    OUR_LIMITS,
    bench_security,
    decides,
    load_beside,
    side_by_side,
    usual_of,
)
from autograder.bench.security.contain import Contained, End, contained
from autograder.bench.security.kept import Kept, Known, when
from autograder.bench.security.outcome import FULL, LATE_SECONDS, Outcome, of_contained
from autograder.bench.security.page import Row, line, page
from autograder.bench.security.questions import QUESTIONS, nbgrader_cell, otter_file
from autograder.bench.security.versions import versions
from autograder.errors import UserError
from autograder.manifest import Repository

ROOT = Path(__file__).parents[3]
USUAL = Contained(seconds=10, ended=[End(0, 10.0)], points={ATTACKER: FULL, HONEST: FULL})


@pytest.fixture(scope="module")
def battery() -> Any:
    return load_beside(ROOT / "autograder" / "tests" / "attacks" / "battery.py")


def test_both_graders_ask_what_ours_asks(battery: Any) -> None:
    """The hidden tests have the points of the exercise's parts, and are Python in either form."""
    points: dict[str, float] = {}
    for question in QUESTIONS:
        points[question.part] = points.get(question.part, 0) + question.points
        ast.parse(nbgrader_cell(question))
    assert points == {name: part.points for name, part in battery.arena_exercise().parts.items()}
    assert sum(points.values()) == FULL
    for part in points:
        ast.parse(otter_file(part))


def test_the_reference_passes_every_question(battery: Any) -> None:
    """What an honest student writes is right by the other graders' tests too."""
    from autograder.grade.examiner import reference_of

    reference = vars(reference_of(battery.arena_exercise(), battery.arena_source()))
    for question in QUESTIONS:
        if "inspect" not in question.code:
            exec(question.code, {**reference})  # noqa: S102  (the question as it is asked)


def test_nothing_is_got_where_the_class_ends_as_usual() -> None:
    """Points within what honest cells earn, no trace, in time."""
    found = Contained(seconds=30, points={ATTACKER: 4.0, HONEST: FULL})
    assert of_contained(found, USUAL, 4.0, ATTACKER, HONEST).withstood


def test_everything_that_is_got_is_told() -> None:
    """Points, readings, files, processes, a stopped class and a delay."""
    found = Contained(
        seconds=80, left=["python"], changed=["/home/grader/pwned"], points={ATTACKER: 20.0},
        seen="x PLANTED-0123\nLEAK tensor\nLIVE <script>alert('LEAK",
    )  # fmt: skip
    outcome = of_contained(found, USUAL, 0.0, ATTACKER, HONEST)
    assert outcome == Outcome(20.0, ("planted text", "what is hidden", "script in a page"), 1, 1, stopped=True, late=70)
    assert outcome.words().startswith(
        "+20 points; read planted text, what is hidden, script in a page; 1 file; 1 process"
    )
    lost = of_contained(Contained(lost="it went down"), USUAL, 0.0, ATTACKER, HONEST)
    assert not lost.withstood
    assert "everything down (it went down)" in lost.words()


def test_the_page_counts_for_each_category_and_kind() -> None:
    """Attacks that a grader does not have are left out of its totals and said to be so."""
    rows = [
        Row("exit_zero", "results", "exit", {"nbgrader": Outcome(stopped=True), "ours": Outcome()}),
        Row("frame_pickle", "results", "send a pickle | or two", {"nbgrader": None, "ours": Outcome()}),
    ]
    text = page(rows, ["nbgrader", "ours"])
    assert "| results | 1 of 1 | 0 of 2 |" in text
    assert "| class stopped | 1 | 0 |" in text
    assert "| `frame_pickle` | send a pickle / or two | not there | nothing |" in text


def test_attacks_on_our_frames_are_ours_alone(battery: Any) -> None:
    """What forges our frames is not there for others; what ends the process is."""
    attacks = {path.stem: battery.read_attack(path) for path in battery.attack_files()}
    assert only_ours(attacks["frame_pickle"])
    assert not only_ours(attacks["exit_zero"])


def test_a_throw_away_system_holds_what_runs_in_it(tmp_path: Path) -> None:
    """It writes to its own copy alone, has no network, no rights, few processes, and leaves none."""
    course = tmp_path / "course"
    (course / "submitted").mkdir(parents=True)
    (course / "submitted" / "other.txt").write_text("another student's")
    code = """
import os, pathlib, socket, subprocess, sys, time
home = pathlib.Path.home()
print("LEAK", (home / "token.txt").read_text(), os.getuid())
(home / "course/submitted/other.txt").write_text("mine")
(pathlib.Path("/tmp") / "pwned-throw-away").write_text("x")
for place in ("/etc/pwned", sys.argv[1]):
    try:
        pathlib.Path(place).write_text("x")
    except OSError:
        print("refused")
try:
    socket.create_connection(("1.1.1.1", 80), timeout=5)
except OSError:
    print("no network")
subprocess.Popen(["sleep", "1000"], start_new_session=True)
for pid in range(1, 50):
    try:
        os.kill(pid, 9) if pid != os.getpid() else None
    except OSError:
        pass
"""
    victim = tmp_path / "outside.txt"
    try:
        found = contained(
            course, [[sys.executable, "-c", code, str(victim)]], [ATTACKER, HONEST], 60,
            canaries={"token.txt": "PLANTED-1"}, environment={"PATH": os.environ["PATH"]}, installations=[],
        )  # fmt: skip
    except UserError as error:
        pytest.skip(str(error))
    assert not found.lost
    assert "LEAK PLANTED-1 64001" in found.log
    assert found.log.count("refused") == 2
    assert "no network" in found.log
    assert sorted(found.changed) == ["/home/grader/course/submitted/other.txt", "/tmp/pwned-throw-away"]
    assert (course / "submitted" / "other.txt").read_text() == "another student's"
    assert not victim.exists()
    assert not Path("/tmp/pwned-throw-away").exists()


def test_a_throw_away_system_ends_what_does_not(tmp_path: Path) -> None:
    """A command beyond its time is ended, with the processes that it left."""
    course = tmp_path / "course"
    course.mkdir()
    script = "setsid sleep 1000 & setsid sleep 1001 & sleep 1002"
    try:
        found = contained(
            course, [["sh", "-c", script]], [ATTACKER], 1.0,
            canaries={}, environment={"PATH": os.environ["PATH"]}, installations=[],
        )  # fmt: skip
    except UserError as error:
        pytest.skip(str(error))
    assert [end.code for end in found.ended] == [None]
    assert found.left == ["sleep", "sleep"]


def test_students_of_nbgrader_hand_in_the_released_notebook(battery: Any, tmp_path: Path) -> None:
    """The attack's cells stand behind the imports, its answers in their cells, the rest is empty, tests are kept."""
    made = NbgraderClass.__new__(NbgraderClass)
    made.battery = battery
    imports = {"cell_type": "code", "metadata": {"nbgrader": {"grade_id": "imports"}}, "source": "import torch"}
    softmax = {"cell_type": "code", "metadata": {"nbgrader": {"grade_id": "softmax"}}, "source": "raise"}
    unit = {"cell_type": "code", "metadata": {"nbgrader": {"grade_id": "unit"}}, "source": "raise"}
    made.released = {"cells": [imports, softmax, unit], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    attack = battery.attack_notebook([("extra", "import os"), ("softmax", "softmax = 1")])
    dressed = made.dress(json.loads(json.dumps(attack)))
    assert [cell["source"] for cell in dressed["cells"]] == ["import torch", "import os", "softmax = 1", "pass"]


@pytest.mark.sandbox
def test_our_column_is_measured_with_the_command_that_people_type() -> None:
    """A few submissions of the tests' tiny course: graded, and no more CPU time than the command used."""
    repo = Repository(ROOT / "autograder" / "tests" / "courses" / "tiny")
    said: list[str] = []
    options = Options(only=("scale",), scale=3)
    text = bench(repo, options, lambda what, _done, _all: said.append(what))
    assert "3 submissions of 01_numbers" in text
    assert "| coordinator |" in text  # three are graded so fast that the others may end between two looks
    assert any("grading 3" in what for what in said)


def test_an_outcome_is_known_until_what_decides_it_changes(battery: Any, tmp_path: Path) -> None:
    """The same attack on the same grader is not run twice; a line that was cut off is as if it had never been."""
    attack = battery.read_attack(ROOT / "autograder" / "tests" / "attacks" / "submissions" / "exit_zero.py")
    engine, path, got = tmp_path / "engine.py", tmp_path / "kept" / "attacks.jsonl", Outcome(read=("planted text",))

    def kept(machine: str = "2 cores", version: str = "nbgrader 0.9.5") -> Kept:
        return Kept.read(path, machine, {"nbgrader": [version, engine]})

    engine.write_text("one")
    kept().put("nbgrader", attack, got)
    with path.open("ab") as file:
        file.write(b'{"key":"abc","outc')
    known = kept().get("nbgrader", attack)
    assert known is not None
    assert (known.outcome, known.machine) == (got, "2 cores")
    assert kept(machine="64 cores").get("nbgrader", attack) is None
    assert kept(version="nbgrader 0.9.6").get("nbgrader", attack) is None
    engine.write_text("two")
    assert kept().get("nbgrader", attack) is None


def test_what_was_seen_on_other_days_is_told_with_them() -> None:
    """An outcome from an earlier run is not passed off as today's."""
    first, last = (Known("", Outcome(), "2 cores of X", day) for day in ("2026-10-30", "2026-11-02"))
    assert when([last]) == "Run on 2 cores of X, 2026-11-02."
    assert when([last, first, last]) == "Run on 2 cores of X, 2026-10-30 to 2026-11-02."


@pytest.mark.parametrize("grader", GRADERS)
def test_an_outcome_rests_on_all_that_the_grader_is_made_of(grader: str, battery: Any) -> None:
    """How its course is made, the exercise and the versions of what runs it count, for every grader."""
    parts = decides(Repository(ROOT), battery, grader)
    files = {part.name for part in parts if isinstance(part, Path)}
    said = next(part for part in parts if isinstance(part, str))
    assert {"battery.py", "exercise.toml", "checks.py", "compare.py", "classes.py"} <= files
    assert ("others.py" in files) == (grader != "ours")
    assert ("arena.py" in files) == (grader == "ours")
    assert f"torch {version('torch')}" in said
    assert (f"nbgrader {version('nbgrader')}" in said) == (grader != "ours")


def test_versions_of_otters_own_environment_count(tmp_path: Path) -> None:
    """Its packages are not ours: what pip chose for it is looked at where it lies."""
    information = tmp_path / "lib" / "python3.11" / "site-packages" / "otter_grader-7.0.0.dist-info"
    information.mkdir(parents=True)
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: otter-grader\nVersion: 7.0.0\n")
    assert versions("otter", tmp_path / "bin" / "python").endswith(", otter-grader 7.0.0")


def test_who_hangs_until_a_limit_ends_him_is_not_late() -> None:
    """No grader's own limits, which we choose, make it late; and an honest class is far from the class's."""
    assert max(CELL_SECONDS, *SUBMISSION_SECONDS.values()) < LATE_SECONDS
    assert 2 * SUBMISSION_SECONDS["otter"] < LIMIT_SECONDS
    command = OtterClass.commands(SimpleNamespace(_python=Path("/otter/bin/python")), pages=False)[0]
    assert command[command.index("timeout") + 3] == str(SUBMISSION_SECONDS["otter"])


@pytest.mark.sandbox
def test_ours_has_the_limits_of_the_others(tmp_path: Path) -> None:
    """No slot of ours ends an attack sooner than the others may, also where the battery's own tests are short."""
    arena = load_beside(ROOT / "autograder" / "tests" / "arena.py").Arena(tmp_path, limits=OUR_LIMITS)
    try:
        for limits in arena.limits.values():
            assert (limits.cell_cpu_seconds, limits.check_cpu_seconds) == (CELL_SECONDS, CELL_SECONDS)
            assert limits.total_minutes * 60 == SUBMISSION_SECONDS["ours"]
    finally:
        arena.close()


def test_honest_classes_are_measured_side_by_side() -> None:
    """They meet at one moment, each on its share of the cores, and the slower one is what an attack is held against."""
    together, shares = Barrier(2, timeout=30), []

    class Honest:
        slow = 0.0

        def meet(self, _attack: None) -> Contained:
            shares.append(os.sched_getaffinity(0))
            return msgspec.structs.replace(USUAL, seconds=10.0 + self.slow + together.wait())

    with side_by_side() as pool:
        assert usual_of("nbgrader", Honest(), pool).seconds == 11.0
        Honest.slow = LIMIT_SECONDS
        with pytest.raises(UserError, match="no delay could be seen"):
            usual_of("nbgrader", Honest(), pool)
    assert shares[0].isdisjoint(shares[1]) or len(os.sched_getaffinity(0)) == 1


def test_the_page_says_under_which_limits() -> None:
    """Limits and concurrency are the reader's to judge; otter-grader's name says that it lacks its container."""
    assert all(
        f"{seconds:.0f} s" in CONDITIONS for seconds in (CELL_SECONDS, LATE_SECONDS, *SUBMISSION_SECONDS.values())
    )
    rows = [Row("exit_zero", "results", "exit", {"otter": Outcome()})]
    assert "0 of 1 from otter-grader without its container" in line(rows, ["otter"])
    assert "| category | otter-grader without its container |" in page(rows, ["otter"])


@pytest.mark.sandbox
def test_our_column_is_what_the_battery_finds() -> None:
    """An attack meets the same class as in the battery, and gets nothing: its own source line, quoted, is no leak."""
    only = "input_in_exception_name"
    text = bench_security(Repository(ROOT), lambda *_: None, only=only, graders=["ours"], again=True)
    assert "| **all** | 0 of 1 |" in text
    assert f"| `{only}` |" in text


@pytest.mark.full
@pytest.mark.parametrize("name", ["exit_zero", "signals_everybody", "fork_bomb"])
def test_nbgrader_meets_an_attack_in_a_throw_away_system(name: str, battery: Any, tmp_path: Path) -> None:
    """An honest class gets its points, and what the attack does stays inside."""
    attack = battery.read_attack(ROOT / "autograder" / "tests" / "attacks" / "submissions" / f"{name}.py")
    try:
        one = NbgraderClass(battery, tmp_path / "nbgrader")
        assert one.meet(None).points == {ATTACKER: FULL, HONEST: FULL}
    except UserError as error:
        pytest.skip(str(error))
    assert one.meet(attack).points.get(ATTACKER, 0.0) == 0


@pytest.mark.parametrize("place", ["/var/tmp/otter", "/dev/shm/otter"])
def test_an_installation_that_would_be_hidden_is_refused(place: str, tmp_path: Path) -> None:
    """A throw-away system has folders of its own in place of these: nothing that it needs may lie there."""
    with pytest.raises(UserError, match=f"{place} lies where a throw-away system is empty"):
        contained(tmp_path, [], [ATTACKER], 1.0, canaries={}, environment={}, installations=[Path(place)])
