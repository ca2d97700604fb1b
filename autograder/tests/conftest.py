"""One warm process for every test that needs a sandbox, started as a batch starts it, and what an attacker wants."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import secrets
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from autograder.environment import chromium_path
from autograder.errors import SandboxUnavailable
from autograder.grade.importer import Importer
from autograder.grade.job import Job
from autograder.grade.report import Report
from autograder.manifest import Exercise, Limits
from autograder.release.source import Source
from autograder.sandbox.frames import Channel, ProtocolError

SLUG = "01_arena"
MARK = "pwned"
"""Every attack that writes names its file so, and nothing else does."""
PATIENT, IMPATIENT = 0, 1
GRADING_SECONDS = 90.0


def load_beside(path: Path) -> ModuleType:
    """Return the module in `path`: no folder of tests is a package."""
    name = f"tests_{path.stem}"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec
        assert spec.loader
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


battery = load_beside(Path(__file__).parent / "attacks" / "battery.py")


@dataclass
class World:
    """What lies around the sandbox: secrets, neighbours, and places that nobody may write to."""

    folder: Path
    tokens: dict[str, str] = field(default_factory=dict)

    def plant(self) -> None:
        """Put a token of its own into each place that a submission must not read."""
        places = ("file", "neighbour", "gradebook", "environment", "setting", "secret", "descriptor")
        self.tokens = {place: f"PLANTED-{secrets.token_hex(8)}" for place in places}
        for place in ("file", "neighbour", "gradebook", "descriptor"):
            path = self.folder / place / f"{place}.txt"
            path.parent.mkdir(parents=True)
            path.write_text(self.tokens[place])
        os.environ["PLANTED_TOKEN"] = self.tokens["environment"]
        os.environ["T2P_PLANTED"] = self.tokens["setting"]

    def state(self) -> dict[str, str]:
        """Return every file of the world with the hash of its content, and where an attacker's name turned up."""
        state = {str(p): hashlib.sha256(p.read_bytes()).hexdigest() for p in self.folder.rglob("*") if p.is_file()}
        for place in (Path("/tmp"), Path("/dev/shm"), Path("/var/tmp"), Path.home(), Path.cwd(), Path("/")):
            state |= {str(path): MARK for path in place.glob(f"*{MARK}*")}
        return state


@dataclass(frozen=True)
class Harm:
    """What an attacker got."""

    report: Report
    read: tuple[str, ...]
    """Places whose token stands anywhere in the report."""
    changed: tuple[str, ...]
    """Files outside that are new or different."""
    left: tuple[str, ...]
    """Processes and groups that were not there before."""
    seconds: float

    def seen(self) -> str:
        """Return everything of the report that its student may see."""
        text = "".join(f.reason + f.title + f.hint for part in self.report.parts for f in part.findings)
        text += "".join(output.text for cell in self.report.cells for output in cell.outputs)
        return text + "".join(flag.message for flag in self.report.flags)


class Arena:
    """Grades submissions of the arena's exercise over one warm process, and looks around after each."""

    def __init__(self, folder: Path) -> None:
        self.exercise: Exercise = battery.arena_exercise()
        self.source: Source = battery.arena_source()
        self.folder = folder
        self.world = World(folder / "world")
        self.world.plant()
        self.importer = Importer(2, (), sandboxed=True)
        self.channels = {slot: self._examiner(slot) for slot in (PATIENT, IMPATIENT)}
        self.number = 0
        self.grade(self.honest())
        self.processes = self._descendants()

    def _examiner(self, slot: int) -> Channel:
        limits = self.exercise.limits
        if slot == IMPATIENT:
            limits = msgspec.structs.replace(limits, total_minutes=0.04, cell_cpu_seconds=0.5, check_cpu_seconds=0.3)
        exercise = msgspec.structs.replace(self.exercise, limits=limits)
        return self.importer.examiner(exercise, self.world.tokens["secret"].encode(), slot)

    def limited(self, **limits: float) -> tuple[Exercise, Limits]:
        """Return the exercise with other limits."""
        new = msgspec.structs.replace(self.exercise.limits, **limits)
        return msgspec.structs.replace(self.exercise, limits=new), new

    def honest(self, answers: dict[str, str] | None = None) -> dict[str, Any]:
        """Return the notebook of a student who solved everything, with the cells in `answers` replaced."""
        notebook: dict[str, Any] = battery.honest_notebook(answers)
        return notebook

    def attack(self, cells: list[tuple[str, str]]) -> dict[str, Any]:
        """Return a notebook of these cells alone: a title that is no cell of the exercise makes an extra cell."""
        notebook: dict[str, Any] = battery.attack_notebook(cells)
        return notebook

    def submitted(self) -> Path:
        """Return a new empty folder for a submission."""
        self.number += 1
        folder = self.folder / "submitted" / str(self.number)
        folder.mkdir(parents=True)
        return folder

    def save(self, notebook: dict[str, Any] | bytes, files: dict[str, bytes] | None = None) -> Path:
        """Write a submission into a folder of its own and return the notebook's path."""
        folder = self.submitted()
        path = folder / f"{SLUG}.ipynb"
        path.write_bytes(notebook if isinstance(notebook, bytes) else json.dumps(notebook).encode())
        for name, data in (files or {}).items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        return path

    def grade(self, notebook: dict[str, Any] | bytes | Path, slot: int = PATIENT, **job: Any) -> Report:
        """Return the report of a submission."""
        path = notebook if isinstance(notebook, Path) else self.save(notebook)
        channel = self.channels[slot]
        channel.send(msgspec.msgpack.encode(Job(job.pop("student", "anna"), str(path), **job)))
        try:
            _, payload = channel.receive(GRADING_SECONDS)
        except ProtocolError as error:
            channel.close()
            self.channels[slot] = self._examiner(slot)
            self.processes |= self._descendants()
            raise AssertionError(f"the examiner was lost: {error!r}") from error
        return msgspec.msgpack.decode(payload, type=Report)

    def harm(self, notebook: dict[str, Any] | Path, slot: int = PATIENT, **job: Any) -> Harm:
        """Grade a submission and return what it got."""
        before, started = self.world.state(), time.monotonic()
        report = self.grade(notebook, slot, **job)
        seconds = time.monotonic() - started
        text = msgspec.json.encode(report).decode()
        read = tuple(place for place, token in self.world.tokens.items() if token in text)
        after = self.world.state()
        changed = tuple(sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path)))
        return Harm(report, read, changed, self._left(), seconds)

    def _left(self) -> tuple[str, ...]:
        until = time.monotonic() + 1.0
        while (new := self._descendants() - self.processes) and time.monotonic() < until:
            time.sleep(0.01)  # a process that was killed is reaped a moment later
        groups = [str(path) for path in Path("/sys/fs/cgroup").glob("*/t2p-*") if self._ours(path.name)]
        return (*sorted(new), *groups)

    def _ours(self, group: str) -> bool:
        return any(line.split()[0] == group.split("-")[1] for line in self.processes)

    def _descendants(self) -> set[str]:
        parents, names = {}, {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                text = stat.read_text()
            except OSError:
                continue
            head, _, tail = text.rpartition(")")
            parents[int(head.split()[0])] = int(tail.split()[1])
            names[int(head.split()[0])] = head.split("(", 1)[1]
        found, waiting = set(), [self.importer._process.pid]
        while waiting:
            pid = waiting.pop()
            found.add(f"{pid} {names.get(pid)}")
            waiting += [child for child, parent in parents.items() if parent == pid]
        return found

    def close(self) -> None:
        """End everything."""
        for channel in self.channels.values():
            channel.close()
        self.importer.close()


if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def arena(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Arena]:
    """The one warm process of a test run; skips where this machine cannot hold student code."""
    try:
        made = Arena(tmp_path_factory.mktemp("arena"))
    except SandboxUnavailable as error:
        pytest.skip(str(error))
    yield made
    made.close()


@pytest.fixture(scope="session")
def arena_source(arena: Arena) -> Source:
    """The arena exercise's source."""
    return arena.source


@pytest.fixture
def full_marks(arena: Arena) -> Callable[[Report], None]:
    """Assert that a report has every point, and say what failed if not."""

    def check(report: Report) -> None:
        failed = [(f.check, f.verdict, f.reason, f.staff[-800:]) for p in report.parts for f in p.findings if f.reason]
        assert (report.points, failed) == (arena.exercise.points, [])

    return check


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser; for one module only, since Playwright keeps an event loop running that others would trip over."""
    program = chromium_path()
    if program is None:
        pytest.skip("no Chromium here: `autograder doctor` says how to get one")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(program), args=["--no-sandbox"])
        yield browser
        browser.close()
