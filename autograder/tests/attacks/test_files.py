"""Each attack in `files/`: hostile files where a check reads what the student wrote; what it got, and the next student."""

from __future__ import annotations

import copy
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.errors import SandboxUnavailable
from autograder.grade.importer import Importer
from autograder.manifest import load_exercise
from autograder.release.build import notebook_dict
from autograder.release.source import read_source

pytestmark = pytest.mark.sandbox

HERE = Path(__file__).parent
FILES = HERE.parent / "courses" / "arena" / "solutions" / "02_files"
arena: Any = sys.modules["tests_arena"]
NEXT = frozenset({"write_idx", "split", "save_rows"})
"""What the next student is judged on: enough to see that files are put, listed, read and decoded as ever."""


class FilesArena(arena.Arena):  # type: ignore[misc]
    """The arena, with an exercise whose checks read files."""

    def __init__(self, folder: Path) -> None:
        self.exercise, self.source = load_exercise(FILES), read_source(FILES)
        self.solved = notebook_dict(self.exercise, self.source, answers=True)
        self.folder, self.world, self.number = folder, arena.World(folder / "world"), 0
        self.world.plant()
        self.importer = Importer(1, (), sandboxed=True)
        self.limits = {arena.PATIENT: self.exercise.limits}
        self.channels = {arena.PATIENT: self._examiner(arena.PATIENT)}
        self.usual = self.grade(self.honest(), only=NEXT)
        self.processes = self._descendants()
        self.descriptors = self._descriptors()

    def honest(self, answers: dict[str, str] | None = None) -> dict[str, Any]:
        notebook = copy.deepcopy(self.solved)
        for cell in notebook["cells"]:
            cell["source"] = (answers or {}).get(cell["id"], cell["source"])
        return notebook


@pytest.fixture(scope="module")
def files_arena(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FilesArena]:
    try:
        made = FilesArena(tmp_path_factory.mktemp("files"))
    except SandboxUnavailable as error:
        pytest.skip(str(error))
    yield made
    made.close()


@pytest.mark.parametrize("path", sorted((HERE / "files").glob("*.py")), ids=lambda path: path.stem)
def test_hostile_file(path: Path, battery: Any, files_arena: FilesArena, got: Callable[..., None]) -> None:
    """The file gets a verdict of wrong with a reason and nothing else; the other parts keep their points."""
    attack = battery.read_attack(path)
    harm = files_arena.harm(files_arena.honest(dict(attack.cells)))
    report = harm.report
    row = (" ".join(harm.read) or "-", str(len(harm.changed) or "-"), str(len(harm.left) or "-"))
    points = f"{report.points:g} of {attack.earns:g}"
    got(attack.name, attack.category, points, *row, f"{harm.seconds:.1f}", str(harm.grown_mb))

    findings = [(f.check, f.verdict, f.reason, f.staff[-600:]) for p in report.parts for f in p.findings]
    assert attack.earns <= report.points <= attack.most, findings
    assert (harm.read, harm.changed, harm.left) == ((), (), ())
    assert not harm.leaked(), harm.seen()
    assert [finding.staff for finding in report.internal_errors] == []
    assert harm.seconds < attack.header.get("seconds", 45)
    assert harm.grown_mb < 300
    for wanted in attack.header["shows"]:
        assert wanted in harm.seen(), findings
    assert files_arena.as_usual(files_arena.grade(files_arena.honest(), only=NEXT))


ODD = {
    "does nothing odd": "",
    "stands in a folder that is gone": "import tempfile\nwith tempfile.TemporaryDirectory() as gone:\n    os.chdir(gone)",
    "went elsewhere": "os.makedirs('data/deep')\nos.chdir('data/deep')",
    "has names of its own": "def load(*_): raise KeyError\nopen = put = files = folder = entries = read_bytes = None",
    "leaves files about": "for name in ('parts', 'all', 'out.npy', 'rows.csv'): os.makedirs(name)",
}


@pytest.mark.parametrize("habit", ODD)
def test_odd_habits_cost_nothing(habit: str, files_arena: FilesArena) -> None:
    """Whatever an honest notebook did to its folder, each check has an empty one of its own."""
    notebook = files_arena.honest()
    extra = {"cell_type": "code", "id": "odd", "metadata": {}, "source": ODD[habit], "outputs": []}
    notebook["cells"].append(extra | {"execution_count": None})
    report = files_arena.grade(notebook)
    failed = [(f.check, f.reason, f.staff[-800:]) for p in report.parts for f in p.findings if f.reason]
    assert (report.points, failed) == (20.0, [])
