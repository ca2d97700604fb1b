"""Where submissions meet the grader in tests: what an attacker wants, and how much of it he got."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import select
import site
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

import msgspec

from autograder.grade.importer import Importer
from autograder.grade.job import Job
from autograder.grade.report import Report
from autograder.manifest import Exercise, Limits
from autograder.release.source import Source
from autograder.sandbox.frames import Channel, ProtocolError

battery: Any = sys.modules["tests_battery"]

SLUG = "01_arena"
MARK = "pwned"
"""Every attack that writes names its file so, and nothing else does."""
LEAK = "LEAK"
"""What an attack writes in front of a hidden input that it tries to send home."""
PATIENT, NEIGHBOUR, IMPATIENT = range(3)
"""Slots: one with the exercise's limits, one for who is graded beside (on another core, where two can be had), one with
short limits for attacks that hang."""
SHORT = {"total_minutes": 0.04, "cell_cpu_seconds": 0.5, "check_cpu_seconds": 0.3}
GRADING_SECONDS = 90.0
PLACES = (Path("/tmp"), Path("/dev/shm"), Path("/var/tmp"), Path("/"), Path("/etc"), Path("/usr"), Path("/home"))


@dataclass
class World:
    """What lies around the sandbox: secrets, neighbours, and places that nobody may write to."""

    folder: Path
    tokens: dict[str, str] = field(default_factory=dict)

    def plant(self) -> None:
        """Put a token of its own into each place that a submission must not read."""
        places = ("file", "neighbour", "gradebook", "descriptor", "database", "environment", "setting", "secret")
        self.tokens = {place: f"PLANTED-{secrets.token_hex(8)}" for place in places}
        for place in places[:4]:
            path = self.folder / place / f"{place}.txt"
            path.parent.mkdir(parents=True)
            path.write_text(self.tokens[place])
        with contextlib.closing(sqlite3.connect(self.database)) as database, database:
            database.execute("create table grade (student text primary key, score real, comment text)")
            database.execute("insert into grade values ('anna', 1.0, ?)", [self.tokens["database"]])
        os.environ["PLANTED_TOKEN"] = self.tokens["environment"]
        os.environ["T2P_PLANTED"] = self.tokens["setting"]

    @property
    def database(self) -> Path:
        """A gradebook that must stay readable, writable and as it is."""
        return self.folder / "gradebook" / "gradebook.db"

    def state(self) -> dict[str, str]:
        """Return every file of the world with the hash of its content, and where an attacker's name turned up."""
        state = {str(p): _fingerprint(p) for p in self.folder.rglob("*") if p.is_file()}
        here = Path(__file__).parents[2]
        own = (Path.home(), Path.home() / ".ipython", Path.home() / ".cache", Path.cwd(), here, here / "autograder")
        caches = [Path(os.__file__).parent, Path(os.__file__).parent / "__pycache__", Path("/root"), Path("/var")]
        for place in (*PLACES, *own, *caches, *map(Path, site.getsitepackages())):
            state |= {str(path): MARK for path in place.glob(f"*{MARK}*")}
        state["database"] = self._rows()
        return state

    def _rows(self) -> str:
        try:
            with contextlib.closing(sqlite3.connect(self.database, timeout=0)) as database:
                database.execute("begin immediate")
                rows = database.execute("select * from grade").fetchall()
                database.execute("rollback")
        except sqlite3.Error as error:
            return str(error)
        return str(rows)


def _fingerprint(path: Path) -> str:
    status = path.stat()
    return f"{hashlib.sha256(path.read_bytes()).hexdigest()} {status.st_mode:o} {status.st_uid} {status.st_nlink}"


@dataclass(frozen=True)
class Harm:
    """What an attacker got."""

    report: Report
    read: tuple[str, ...]
    """Places whose token stands anywhere in the report."""
    changed: tuple[str, ...]
    """Files outside that are new or different."""
    left: tuple[str, ...]
    """Processes, groups and open descriptors that were not there before."""
    grown_mb: int
    """By how much a trusted process grew while it graded."""
    seconds: float
    beside: tuple[Report, ...] = ()
    """Reports of honest submissions that were graded in another slot meanwhile."""

    def seen(self) -> str:
        """Return everything of the report that its student may see."""
        text = "".join(f.reason + f.title + f.hint for part in self.report.parts for f in part.findings)
        text += "".join(output.text for cell in self.report.cells for output in cell.outputs)
        return text + "".join(flag.message for flag in self.report.flags)

    def leaked(self, cells: Iterable[tuple[str, str]] = ()) -> bool:
        """Whether the student is shown what was marked as hidden, beyond lines of his own `cells` that are quoted."""
        text = self.seen()
        lines = {line.strip() for _, source in cells for line in source.splitlines()}
        for line in sorted(lines - {""}, key=len, reverse=True):
            text = text.replace(line, "")
        return LEAK in text


class Arena:
    """Grades submissions of the arena's exercise over one warm process, and looks around after each."""

    def __init__(self, folder: Path, *, sandboxed: bool = True, limits: Mapping[str, float] | None = None) -> None:
        """Start everything; `limits` hold in all slots, in place of the exercise's and of the short ones."""
        self.exercise: Exercise = battery.arena_exercise()
        own = {PATIENT: {}, NEIGHBOUR: {}, IMPATIENT: SHORT} if limits is None else dict.fromkeys(range(3), limits)
        self.limits = {slot: self.limited(**changed)[1] for slot, changed in own.items()}
        self.source: Source = battery.arena_source()
        self.folder = folder
        self.world = World(folder / "world")
        self.world.plant()
        (folder / "tmp").mkdir()
        with mock.patch.dict(os.environ, TMPDIR=str(folder / "tmp")):  # as on a cluster: no submission may see it
            self.importer = Importer(3, (), sandboxed=sandboxed)
        self.channels = {slot: self._examiner(slot) for slot in (PATIENT, NEIGHBOUR, IMPATIENT)}
        self.number = 0
        self.usual = [self.grade(self.honest(), slot) for slot in self.channels][PATIENT]
        self.processes = self._descendants()
        self.descriptors = self._descriptors()

    def _examiner(self, slot: int) -> Channel:
        exercise = msgspec.structs.replace(self.exercise, limits=self.limits[slot])
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
        self._ask(notebook, slot, **job)
        return self._report(slot)

    def _ask(self, notebook: dict[str, Any] | bytes | Path, slot: int, **job: Any) -> None:
        path = notebook if isinstance(notebook, Path) else self.save(notebook)
        self.channels[slot].send(msgspec.msgpack.encode(Job(job.pop("student", "anna"), str(path), **job)))

    def _report(self, slot: int) -> Report:
        try:
            _, payload = self.channels[slot].receive(GRADING_SECONDS)
        except ProtocolError as error:
            self.channels[slot].close()
            self.channels[slot] = self._examiner(slot)
            self.processes |= self._descendants()
            raise AssertionError(f"the examiner was lost: {error!r}") from error
        return msgspec.msgpack.decode(payload, type=Report)

    def harm(
        self, notebook: dict[str, Any] | Path, *, impatient: bool = False, beside: bool = False, **job: Any
    ) -> Harm:
        """Grade a submission, with `beside` while others are graded in another slot, and return what it got."""
        slot = IMPATIENT if impatient else PATIENT
        before, memory, started = self.world.state(), self._memory(), time.monotonic()
        self._ask(notebook, slot, **job)
        others = []
        while beside and not (others and select.select([self.channels[slot].socket], [], [], 0)[0]):
            others.append(self.grade(self.honest(), NEIGHBOUR))
        report = self._report(slot)
        seconds = time.monotonic() - started
        text = msgspec.json.encode(report).decode()
        read = tuple(place for place, token in self.world.tokens.items() if token in text)
        after = self.world.state()
        changed = tuple(sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path)))
        grown = max(map(int.__sub__, self._memory(reset=False), memory), default=0)
        return Harm(report, read, changed, self._left(), grown >> 10, seconds, tuple(others))

    @contextlib.contextmanager
    def another(self, exercise: Exercise) -> Iterator[Callable[[dict[str, Any]], Report]]:
        """Grade as another exercise says, in an examiner of its own that is gone, with its descriptors, afterwards."""
        before = self._descendants()
        channel = self.importer.examiner(exercise, b"secret", PATIENT)
        while not (new := self._descendants() - before):
            time.sleep(0.01)  # it is forked a moment after it was asked for
        self.processes |= new

        def grade(notebook: dict[str, Any]) -> Report:
            channel.send(msgspec.msgpack.encode(Job("anna", str(self.save(notebook)))))
            return msgspec.msgpack.decode(channel.receive(GRADING_SECONDS)[1], type=Report)

        yield grade
        channel.close()
        while self._descriptors() > self.descriptors:
            time.sleep(0.01)

    def beside(self, notebook: dict[str, Any], attack: Path) -> Report:
        """Return the report of an honest submission that is graded while an attack runs in another slot."""
        self._ask(attack, PATIENT)
        report = self.grade(notebook, NEIGHBOUR)
        self._report(PATIENT)
        return report

    def as_usual(self, report: Report) -> bool:
        """Whether an honest student's report says what it says on a quiet machine."""
        return (report.parts, report.cells, report.flags) == (self.usual.parts, self.usual.cells, self.usual.flags)

    def _left(self) -> tuple[str, ...]:
        until = time.monotonic() + 1.0
        while (new := self._descendants() - self.processes) and time.monotonic() < until:
            time.sleep(0.01)  # a process that was killed is reaped a moment later
        groups = [str(path) for path in Path("/sys/fs/cgroup").glob("*/t2p-*") if self._ours(path.name)]
        more = self._descriptors() - self.descriptors
        return (*sorted(new), *groups, *([f"{more} descriptors"] if more > 0 else []))

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

    def _trusted(self) -> list[Path]:
        """Return the folders in /proc of the processes that no student code runs in."""
        return [Path("/proc") / line.split()[0] for line in sorted(self.processes)]

    def _descriptors(self) -> int:
        count = 0
        for folder in self._trusted():
            with contextlib.suppress(OSError):  # the warm process's own namespace hides them from an unprivileged user
                count += sum(1 for _ in (folder / "fd").iterdir())
        return count

    def _memory(self, *, reset: bool = True) -> list[int]:
        """Return for each trusted process what it holds now, or its peak since the last reset, in KiB."""
        found = []
        for folder in self._trusted():
            with contextlib.suppress(OSError):
                if reset:
                    (folder / "clear_refs").write_text("5")
                words = (folder / "status").read_text().split()
                if "VmHWM:" in words:  # what has ended, and was not asked for yet, has no memory
                    found.append(int(words[words.index("VmHWM:") + 1]))
        return found

    def close(self) -> None:
        """End everything."""
        for channel in self.channels.values():
            channel.close()
        self.importer.close()
