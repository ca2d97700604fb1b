"""What runs in a throw-away system: first process of fresh namespaces, on a copy of this machine's files in memory.

Started by `contain.py` as root of this machine in namespaces of its own, before anything hostile: it lays a memory file
system over the machine's files, leaves the machine's own, copies the course in, runs the graders' commands as an
unprivileged user, and says what it finds. Everything it needs is imported before; nothing of it survives.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import hashlib
import json
import os
import re
import signal
import socket
import sqlite3
import struct
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

__all__ = ["EMPTY"]

USER = 64001
MARK = "pwned"
FEW = 40
SHARED = ("/tmp", "/var/tmp", "/dev/shm")  # noqa: S108  (where an attacker leaves things)
EMPTY = {"/tmp": "mode=1777", "/var/tmp": "mode=1777", "/run": "mode=755", "/dev": "mode=755"}  # noqa: S108  (mounted empty)
"""Folders of the machine that are mounted anew, with the options; what lay there is not seen inside."""
FILE_BYTES = 64 << 20
GRACE_SECONDS = 5.0
"""A kernel that was told to end does so within this, also on a busy machine."""
MNT_DETACH, NO_NEW_PRIVILEGES, SIOCSIFFLAGS, IFF_UP = 2, 38, 0x8914, 1
DEVICES = ("null", "zero", "full", "random", "urandom", "tty")
POINTS = """
select submitted_assignment.student_id, sum(coalesce(grade.manual_score, grade.auto_score, 0)) from grade
join submitted_notebook on grade.notebook_id = submitted_notebook.id
join submitted_assignment on submitted_notebook.assignment_id = submitted_assignment.id
group by submitted_assignment.student_id
"""
libc = ctypes.CDLL(None, use_errno=True)


def main(plan: dict[str, Any]) -> dict[str, Any]:
    """Run what `plan` says and return what was found."""
    _copy(Path(plan["scratch"]), plan["space"], plan["files"])
    home = Path(plan["home"])
    _put_course(Path(plan["scratch"]) / "root", plan["course"], home)
    _enter(Path(plan["scratch"]) / "root", plan["space"], plan["files"])
    _furnish(plan, home)
    before = _state(home, plan["installations"])
    started = time.monotonic()
    ended = [_run(command, plan, home, started) for command in plan["commands"]]
    seconds = time.monotonic() - started
    left = _left()
    found = _points(plan, home)
    changed = _changed(before, _state(home, plan["installations"])) + _marked(home)
    return {
        "seconds": seconds,
        "ended": ended,
        "left": left[:FEW],
        "changed": sorted(set(changed))[:FEW],
        "points": found,
        "seen": _seen(plan, home),
        "log": (home / "log.txt").read_text(errors="replace")[-2000:],
    }


def _copy(scratch: Path, space: str, files: int) -> None:
    """Lay a file system in memory over the machine's files."""
    _mount("tmpfs", scratch, f"size={space},nr_inodes={files},mode=755")
    for name in ("upper", "work", "root"):
        (scratch / name).mkdir()
    _mount("overlay", scratch / "root", f"lowerdir=/,upperdir={scratch}/upper,workdir={scratch}/work")


def _put_course(root: Path, course: str, home: Path) -> None:
    inside = root / home.relative_to("/")
    inside.mkdir(parents=True)
    subprocess.run(["cp", "-a", course, str(inside / "course")], check=True)  # pipes and holes as they are


def _enter(root: Path, space: str, files: int) -> None:
    """Leave the machine's own files: they are no longer mounted when this returns."""
    for name, options in EMPTY.items():
        folder = root / name.removeprefix("/")
        folder.mkdir(exist_ok=True)
        _mount("tmpfs", folder, f"size={space},nr_inodes={files},{options}")
    _mount("proc", root / "proc", "")
    for name in DEVICES:
        (root / "dev" / name).touch()
        _bind(Path("/dev") / name, root / "dev" / name)
    (root / "dev" / "shm").mkdir()
    _mount("tmpfs", root / "dev" / "shm", f"size={space},mode=1777")
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        (root / "dev" / name).symlink_to(f"/proc/self/fd/{number}")
    (root / "dev" / "fd").symlink_to("/proc/self/fd")
    (root / "before").mkdir()
    os.chdir(root)
    subprocess.run(["pivot_root", ".", "before"], check=True)
    os.chroot(".")
    os.chdir("/")
    if libc.umount2(b"/before", MNT_DETACH):
        raise OSError(ctypes.get_errno(), "umount2")
    with socket.socket() as any_socket:
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", IFF_UP))


def _mount(kind: str, target: Path, options: str) -> None:
    if libc.mount(kind.encode(), str(target).encode(), kind.encode(), 0, options.encode()):
        raise OSError(ctypes.get_errno(), f"mount of {kind} on {target}")


def _bind(source: Path, target: Path) -> None:
    if libc.mount(str(source).encode(), str(target).encode(), None, 0x1000, None):
        raise OSError(ctypes.get_errno(), f"bind of {source}")


def _furnish(plan: dict[str, Any], home: Path) -> None:
    """Put canaries into the user's home, and let him own that and the folders of his installations."""
    for folder in plan["opened"]:
        Path(folder).chmod(0o755)
    for name, text in plan["canaries"].items():
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (home / "log.txt").touch()
    for path in (home, *home.rglob("*")):
        os.lchown(path, USER, USER)
    for folder in plan["installations"]:
        os.chown(folder, USER, USER)


def _run(command: list[str], plan: dict[str, Any], home: Path, started: float) -> dict[str, Any]:
    left = plan["seconds"] - (time.monotonic() - started)
    began = time.monotonic()
    if left <= 0:
        return {"code": None, "seconds": 0.0}
    with (home / "log.txt").open("ab") as log:
        process = subprocess.Popen(
            command, cwd=home / "course", env=plan["environment"] | {"HOME": str(home)}, stdin=subprocess.DEVNULL,
            stdout=log, stderr=log, preexec_fn=_become_user, start_new_session=True,  # noqa: PLW1509  (no threads)
        )  # fmt: skip
        code: int | None = None
        while time.monotonic() - began < left and code is None:
            time.sleep(0.05)
            _reap(process)
            code = process.returncode
        if code is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    return {"code": code, "seconds": time.monotonic() - began}


def _become_user() -> None:
    Path("/proc/self/oom_score_adj").write_text("500")  # where memory runs out, this process's children go first
    libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    os.setgroups([])
    os.setresgid(USER, USER, USER)
    os.setresuid(USER, USER, USER)


def _reap(process: subprocess.Popen[bytes] | None = None) -> None:
    """Collect whatever has ended: orphans become children of this process."""
    with contextlib.suppress(ChildProcessError):
        while True:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            if process is not None and pid == process.pid:
                process.returncode = os.waitstatus_to_exitcode(status)


def _left() -> list[str]:
    """Return the processes that outlive the grader, and end them."""
    until = time.monotonic() + GRACE_SECONDS
    while (found := _processes()) and time.monotonic() < until:
        time.sleep(0.05)
        _reap()
    for _ in range(50):
        with contextlib.suppress(ProcessLookupError):
            os.kill(-1, signal.SIGKILL)
        _reap()
        if not _processes():
            break
        time.sleep(0.05)
    return found


def _processes() -> list[str]:
    names = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if folder.name != "1":
                names.append((folder / "comm").read_text().strip())
    return names


def _state(home: Path, installations: list[str]) -> dict[str, str]:
    """Return what belongs to the instructor and to others: nothing that grading the attacker may write."""
    state = {}
    for folder in ("source", "release", "submitted", "tests"):
        for path in (home / "course" / folder).rglob("*"):
            if path.is_file() and not path.is_symlink():
                state[str(path)] = hashlib.sha256(_read(path)).hexdigest()
    for name in ("nbgrader_config.py", "autograder.zip"):
        if (home / "course" / name).is_file():
            state[name] = hashlib.sha256(_read(home / "course" / name)).hexdigest()
    for folder in installations:
        state |= {str(path): "there" for path in Path(folder).iterdir() if path.name != "__pycache__"}
    return state


def _changed(before: dict[str, str], after: dict[str, str]) -> list[str]:
    return [
        path for path in before.keys() | after.keys() if before.get(path) != after.get(path)
        and (path in before or _users(Path(path)))
    ]  # fmt: skip


def _users(path: Path) -> bool:
    """Whether the user made it: the machine's own files below may change meanwhile by other hands."""
    with contextlib.suppress(OSError):
        return path.lstat().st_uid == USER
    return False


def _marked(home: Path) -> list[str]:
    """Return files with the attackers' name outside the folder that the attacker's notebook runs in."""
    found = []
    for place in (*SHARED, "/etc", "/usr", str(home)):
        for folder, folders, files in os.walk(place):
            if "/autograded/" in folder:
                continue
            found += [f"{folder}/{name}" for name in (*folders, *files) if MARK in name and _users(Path(folder, name))]
            if len(found) > FEW:
                return found
    return found


def _read(path: Path) -> bytes:
    with contextlib.suppress(OSError):
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as file:
            return file.read(FILE_BYTES)
    return b""


def _points(plan: dict[str, Any], home: Path) -> dict[str, float]:
    """Return the points of each student for whom there is a result."""
    points = {}
    for student in plan["students"]:
        result = home / "course" / "results" / student / "results.json"
        with contextlib.suppress(ValueError, KeyError, TypeError):
            data = json.loads(_read(result))
            points[student] = float(sum(test.get("score", 0) for test in data["tests"]))
    database = home / "course" / "gradebook.db"
    if database.is_file():
        with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(database, timeout=1)) as connection:
            points |= {str(student): float(value) for student, value in connection.execute(POINTS)}
    return points


def _seen(plan: dict[str, Any], home: Path) -> str:
    """Return what the attacker may see of the result: outputs and messages, never source lines."""
    attacker = plan["students"][0]
    texts = []
    with contextlib.suppress(ValueError, KeyError, TypeError):
        data = json.loads(_read(home / "course" / "results" / attacker / "results.json"))
        tests = [test for test in data["tests"] if test.get("visibility") != "hidden"]
        texts += [str(data.get("output", "")), *(str(test.get("output", "")) for test in tests)]
    for path in (home / "course" / "autograded" / attacker).rglob("*.ipynb"):
        with contextlib.suppress(ValueError, KeyError, TypeError, AttributeError):
            outputs = (output for cell in json.loads(_read(path))["cells"] for output in cell.get("outputs", ()))
            texts += map(_text, outputs)
    for path in (home / "course" / "feedback" / attacker).rglob("*.html"):
        page = _read(path).decode(errors="replace")
        texts += [f"LIVE {match}" for match in re.findall(r"<script>[^<]{0,40}LEAK|<img[^>]{0,40}onerror=LEAK", page)]
    text = "\n".join(texts)
    return "\n".join(line[:300] for line in text.splitlines() if re.search("LEAK|LIVE|PLANTED", line))[:5000]


def _text(output: dict[str, Any]) -> str:
    if output.get("output_type") == "error":
        return f"{output.get('ename')}: {output.get('evalue')}"
    data = output.get("data", {})
    return str(output.get("text", "")) + str(data.get("text/plain", ""))


if __name__ == "__main__":
    _plan = json.loads(Path(sys.argv[1]).read_text())
    with os.fdopen(int(sys.argv[2]), "w") as answer:
        os.set_inheritable(answer.fileno(), False)  # noqa: FBT003  (os has no name for it)
        json.dump(main(_plan), answer)
