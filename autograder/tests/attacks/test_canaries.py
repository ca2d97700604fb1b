"""That the battery would notice: without a sandbox, attacks find what is planted, and change what is watched."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="module")
def unguarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Grades in plain processes, as `make demo` does where no sandbox can be had."""
    made = sys.modules["tests_arena"].Arena(tmp_path_factory.mktemp("unguarded"), sandboxed=False)
    yield made
    made.close()


def named(battery: Any, name: str) -> Any:
    return battery.read_attack(next(path for path in battery.attack_files() if path.stem == name))


def test_what_is_planted_can_be_read(unguarded: Any, battery: Any) -> None:
    """The paths that an attack tries are those where the secrets lie, and the report shows what it read."""
    path = battery.write_submission(named(battery, "knows_the_grader"), unguarded.submitted())
    harm = unguarded.harm(path)
    assert set(harm.read) >= {"file", "neighbour", "gradebook", "database"}
    assert harm.leaked()


WRITES = {
    "a new file": "open(f'{world}/neighbour/pwned', 'w').write('x')",
    "other content": "open(f'{world}/neighbour/neighbour.txt', 'w').write('x')",
    "other rights": "os.chmod(f'{world}/gradebook/gradebook.txt', 0o777)",
    "another name": "os.link(f'{world}/file/file.txt', f'{world}/../linked')",
    "a grade": "database.execute('update grade set score = 20'); database.commit()",
    "a lock": "os.fork() or (database.execute('begin exclusive'), time.sleep(4))",
}


@pytest.mark.parametrize("name", WRITES)
def test_what_is_watched_is_seen_to_change(name: str, unguarded: Any) -> None:
    """Every way to change the world stands in the list of what changed."""
    world: Path = unguarded.world.folder
    code = f"import os, sqlite3, time\nworld = {str(world)!r}\n"
    code += "database = sqlite3.connect(f'{world}/gradebook/gradebook.db')\n" + WRITES[name] + "\ntime.sleep(0.5)"
    harm = unguarded.harm(unguarded.attack([("extra", code)]))
    assert harm.changed != ()


def test_work_folders_do_not_stay(unguarded: Any) -> None:
    """Where there is no sandbox, what a submission wrote goes with its process."""
    show = "import os\nopen('pwned', 'w').write('x' * 1000)\nprint('in', os.getcwd())"
    report = unguarded.grade(unguarded.attack([("extra", show)]))
    words = next(cell.outputs[0].text for cell in report.cells if cell.kind == "extra").split()
    assert words[0] == "in"
    assert not Path(words[1]).exists()


def test_what_grows_is_measured(arena: Any) -> None:
    """A notebook that takes much memory to read shows in the trusted process's growth."""
    notebook = arena.honest()
    notebook["metadata"]["x"] = "y" * (40 << 20)
    assert arena.harm(notebook).grown_mb > 30
