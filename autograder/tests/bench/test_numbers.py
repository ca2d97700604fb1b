"""The bench's arithmetic and words, on numbers whose results are known."""

import dataclasses
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from autograder.bench.breakdown import clock_group, read_stages, stage_costs
from autograder.bench.cost import Cost, measured
from autograder.bench.memory import Memory
from autograder.bench.options import SECTIONS
from autograder.bench.sections import Scale, Speed, Training
from autograder.bench.training import cells_of, make_exercise, notebook, run_plain
from autograder.bench.words import scale_text, short_speed, short_training, speed_text, stages_text, training_text
from autograder.between import put_between
from autograder.errors import GraderFault, UserError

SPEED = Speed(
    few={"ours": Cost(10, 6), "right": Cost(9, 6), "nbgrader": Cost(14, 16)},
    many={"ours": Cost(120, 60), "right": Cost(95, 60), "nbgrader": Cost(140, 150)},
    counts={"ours": 102, "right": 102, "nbgrader": 20},
    own={"ours": 1.0, "right": 0.8},
)


def test_what_is_paid_once_is_not_overhead_of_a_further_submission() -> None:
    """Overhead is the difference of a long and a short run, less the students' own compute."""
    assert SPEED.each("ours") == Cost(1.1, 0.54)
    assert SPEED.overhead("ours") == pytest.approx(0.1)
    assert SPEED.overhead("nbgrader") == pytest.approx(6.0)
    assert SPEED.overhead("right") == pytest.approx(0.06)
    assert "over ours: **60 times; 100 where nobody made a mistake**" in speed_text("01_tensors", SPEED)
    assert "| 6,000 | 60 times; 100 where nobody made a mistake |" in short_speed("01_tensors", SPEED)


def test_stages_and_what_no_stage_explains_sum_to_everything() -> None:
    """Each stage is less the student's own part; the rest is a row of its own."""
    few = {"cells": [2.0, 1.5, 2], "": [5.0, 2.0, 0]}
    many = {"cells": [12.0, 9.5, 12], "ledger": [0.1, 0.0, 10], "": [16.0, 10.0, 0]}
    costs = {cost.name.split(",")[0].split(":")[0]: cost for cost in stage_costs(few, many, 10)}
    assert costs["run the cells"].each == pytest.approx(200)
    assert costs["ledger"].each == pytest.approx(10)
    assert costs["everything else"].each == pytest.approx(300 - 210)
    assert sum(cost.each for cost in costs.values()) == pytest.approx(300)
    assert "| **together** | **300.0** |" in stages_text("01_tensors", 12, list(costs.values()))


def test_ratio_of_a_large_class() -> None:
    """Wall time over what the cores had to do at least."""
    scale = Scale(200, 2, Cost(cpu=200, wall=110), 190, [], 900)
    assert scale.ratio == pytest.approx(1.1)
    assert "**1.10** times" in scale_text("01_tensors", scale)
    assert "(50 ms a submission" in scale_text("01_tensors", scale)


def test_training_is_compared_with_the_same_cells_without_us() -> None:
    """A sandbox in which they take longer is seen by the clock and by CPU time, whatever it says of itself."""
    training = Training(8, 10, 2, Cost(cpu=90, wall=41.6), 88, [9.5, 10.0, 10.5], 2.0)
    assert training.ratio == pytest.approx(1.04)
    assert training.slower == pytest.approx(1.1)
    assert "grading took **4.0 % longer**" in training_text(training)
    assert "used 11.00 CPU s each:\n10.0 % longer than in a plain process" in training_text(training)
    slow_sandbox = dataclasses.replace(training, cost=Cost(130, 60.0), own=120)
    assert "takes 50.0 % longer than" in short_training(slow_sandbox)
    assert short_training(slow_sandbox).endswith(" in plain processes (bound: 5 %, not reached).")
    assert short_training(training).endswith(" in plain processes.")


def test_cells_that_train_do_the_same_steps_everywhere(tmp_path: Path) -> None:
    """The work is counted in steps and not by a clock, and plain processes, two at once, do all of it on a thread."""
    cells = cells_of(notebook(make_exercise(tmp_path), 300))
    assert not any("time" in cell for cell in cells)
    seen = "assert (step, torch.get_num_threads(), predict(torch.zeros(3, 8)).shape) == (299, 1, (3, 1))"
    assert len(run_plain([*cells, seen], 2)) == 2
    with pytest.raises(GraderFault, match="do not run in a plain process"):
        run_plain(["assert torch"], 1)


def test_a_command_costs_the_cpu_time_of_its_children_too(tmp_path: Path) -> None:
    """What a child of the command burns is counted, and a failure is told with its last words."""
    burn = "import time\nwhile time.process_time() < 0.3: pass"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {burn!r}])"
    assert measured([sys.executable, "-c", code], tmp_path).cpu > 0.3
    with pytest.raises(GraderFault, match="last words"):
        measured([sys.executable, "-c", "import sys; sys.exit('last words')"], tmp_path)


def test_memory_of_a_process_and_of_its_child_is_seen_from_outside(tmp_path: Path) -> None:
    """A child that takes 64 MiB shows them as its peak; the parent does not."""
    hold = "data = bytearray(64 << 20); print('held', flush=True); input()"
    code = f"import subprocess, sys; sys.exit(subprocess.run([sys.executable, '-c', {hold!r}]).returncode)"
    process = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    memory = Memory()
    memory(process.pid)
    process.communicate(b"\n")
    peaks = {role.name: role.peak for role in memory.roles(0.0, time.monotonic())}
    assert peaks["importer"] > 64 > peaks["coordinator"]
    assert memory.peak_together > 64


def test_the_importers_first_child_is_the_warm_process_and_its_others_are_examiners() -> None:
    """Roles follow from who started whom."""
    importer = "sleep 60 & sleep 60 & echo started; wait"
    process = subprocess.Popen(["bash", "-c", f"bash -c '{importer}'; true"], stdout=subprocess.PIPE, process_group=0)
    try:
        assert process.stdout is not None
        process.stdout.readline()
        memory = Memory()
        memory(process.pid)
        roles = {role.name: role.processes for role in memory.roles(0.0, time.monotonic())}
        assert roles == {"coordinator": 1, "importer": 1, "warm process": 1, "examiner": 1}
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def test_growth_is_from_the_first_quarter_to_the_last() -> None:
    """The median of the last quarter less that of the first; what does not last has none."""
    memory = Memory()
    memory._roles = {1: "examiner", 2: "submission and its forks"}
    memory.peaks = {1: 119.0, 2: 50.0}
    memory.samples = [(float(second), "examiner", 1, 100.0 + second) for second in range(20)]
    examiner, submission = memory.roles(4.0, 19.0)
    assert (examiner.peak, examiner.growth, examiner.processes) == (119.0, 12.0, 1)
    assert submission.growth is None


def test_the_clock_of_a_group_counts_processes_that_have_ended(tmp_path: Path) -> None:
    """Marks of stages in a process of the group come to its CPU time; the group is gone afterwards."""
    burn = (
        "import sys, time; sys.stdin.readline()\n"
        "from autograder.stages import own, stage\n"
        "@stage('inner')\n"
        "def inner():\n    time.sleep(0.05); own(0.01)\n"
        "@stage('outer')\n"
        "def outer():\n    began = time.process_time()\n"
        "    while time.process_time() - began < 0.3: pass\n    inner()\n"
        "outer(); outer()"
    )
    try:
        with clock_group(tmp_path) as pids:
            command, environment = [sys.executable, "-P", "-c", burn], os.environ | {"T2P_STAGES": str(tmp_path)}
            process = subprocess.Popen(command, stdin=subprocess.PIPE, env=environment)
            pids.write_text(str(process.pid))
            process.communicate(b"\n")
            assert process.returncode == 0
    except UserError as error:
        pytest.skip(str(error))
    stages = read_stages(tmp_path)
    assert stages["outer"][0] == pytest.approx(0.6, rel=0.2)
    assert stages["outer"][2] == stages["inner"][2] == 2
    assert stages["inner"][1] == pytest.approx(0.02)
    assert stages["inner"][0] < 0.1
    assert not pids.exists()


def test_marks_cost_nothing_unless_they_are_asked_for() -> None:
    """Without its folder in the environment a mark returns the function itself."""
    code = "from autograder.stages import stage\nf = lambda: 0\nassert stage('x')(f) is f"
    environment = {name: value for name, value in os.environ.items() if name != "T2P_STAGES"}
    subprocess.run([sys.executable, "-P", "-c", code], check=True, env=environment)


def test_stages_of_several_processes_are_added(tmp_path: Path) -> None:
    """Each process writes lines of its own into one file."""
    lines = [{"collect": [0.1, 0.0, 1]}, {"collect": [0.2, 0.0, 1], "ledger": [0.3, 0.0, 1]}]
    (tmp_path / "stages.jsonl").write_text("\n".join(map(json.dumps, lines)))
    assert read_stages(tmp_path) == {"collect": pytest.approx([0.3, 0.0, 2]), "ledger": [0.3, 0.0, 1]}


def test_a_page_keeps_what_stands_around_the_markers(tmp_path: Path) -> None:
    """Only the text between the markers is replaced; without them a sentence says what to do."""
    path = tmp_path / "page.md"
    path.write_text("before\n<!-- bench: begin -->\nold\n<!-- bench: end -->\nafter\n")
    put_between(path, "bench", "new")
    assert path.read_text() == "before\n<!-- bench: begin -->\nnew\n<!-- bench: end -->\nafter\n"
    with pytest.raises(UserError, match="has no <!-- other: begin -->"):
        put_between(path, "other", "new")


@pytest.mark.parametrize(
    ("page", "name"),
    [
        *(("README.md", f"bench {section}") for section in ("speed", "scale", "training")),
        *(("docs/benchmark.md", f"bench {section}") for section in SECTIONS if section != "course"),
        ("docs/reached.md", "reached"),
        ("docs/attacks.md", "attacks"),
    ],
)
def test_the_pages_have_room_for_the_result(page: str, name: str) -> None:
    """`--write` must not fail after ten minutes of measuring."""
    text = (Path(__file__).parents[3] / page).read_text()
    assert text.count(f"<!-- {name}: begin -->") == text.count(f"<!-- {name}: end -->") == 1
