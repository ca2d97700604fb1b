"""Run a command, kill it at a moment, and say which of its processes outlive it: `kill.py FOLDER MOMENT COMMAND…`.

A moment is `after SECONDS`, `lines NUMBER` (of the ledger) or `sees PATTERN` (a file in FOLDER); what does not come is
no kill. Orphans of the command become children of this process, so none can hide.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36
PARTING_SECONDS = 20.0
LOOK_SECONDS = 0.0005


def come(folder: Path, moment: str) -> Callable[[], bool]:
    """Return a function that says whether the moment has come."""
    kind, _, value = moment.partition(" ")
    if kind == "after":
        until = time.monotonic() + float(value)
        return lambda: time.monotonic() >= until
    if kind == "lines":
        ledger = folder / "ledger.jsonl"
        return lambda: ledger.exists() and ledger.read_bytes().count(b"\n") >= int(value)
    return lambda: any(True for _ in folder.glob(value))


def left() -> list[str]:
    """Wait until no child and no orphan is left; return those that do not go."""
    until = time.monotonic() + PARTING_SECONDS
    while time.monotonic() < until:
        try:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                time.sleep(LOOK_SECONDS)
        except ChildProcessError:
            return []
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    return [Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ") or pid for pid in children]


def main() -> None:
    """Do it; print one line of JSON."""
    folder, moment, *command = sys.argv[1:]
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    began = time.monotonic()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=sys.stderr)
    is_time = come(Path(folder), moment)
    while process.poll() is None and not is_time():
        time.sleep(LOOK_SECONDS)
    seconds = time.monotonic() - began
    killed = process.returncode is None
    if killed:
        process.send_signal(signal.SIGKILL)
        process.wait()
    code = process.returncode
    print(json.dumps({"killed": killed, "code": code, "seconds": seconds, "left": left()}))  # noqa: T201


if __name__ == "__main__":
    main()
