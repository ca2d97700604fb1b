"""Install what the lock names into this environment, with one line of progress: `packages.py python` or `node`.

Runs before any package is there, so it uses the standard library alone.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections import deque
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "requirements.lock"
PIP = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
LAST_LINES = 25


def locked(lock: Path) -> list[str]:
    """Return the requirement lines of a lock file."""
    lines = (line.strip() for line in lock.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def run(title: str, command: list[str], total: int = 0) -> None:
    """Run `command` under one line that moves on a terminal; its output is shown only when it fails."""
    started = time.monotonic()
    live = sys.stdout.isatty()
    if not live:
        print(f"{title} …", flush=True)
    kept: deque[str] = deque(maxlen=LAST_LINES)
    seen = 0
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    ) as process:
        for line in process.stdout or ():
            kept.append(line)
            seen += line.startswith(("Collecting ", "Requirement already satisfied: "))
            if live:
                count = f" {min(seen, total)}/{total}" if total else ""
                room = shutil.get_terminal_size().columns - 1
                print("\r\x1b[K" + f"{title}{count}: {line.strip()}"[:room], end="", flush=True)
    if live:
        print("\r\x1b[K", end="")
    if process.returncode:
        sys.stderr.writelines(kept)
        print(f"{title}: failed; the command was\n  {' '.join(command)}", file=sys.stderr)
        raise SystemExit(1)
    print(f"{title}: done in {time.monotonic() - started:.0f} s", flush=True)


def python() -> None:
    """Install the locked packages and, editable, the two packages of this repository."""
    lines = locked(LOCK)
    run(f"{len(lines)} Python packages", [*PIP, "--no-deps", "-r", str(LOCK)], total=len(lines))
    # torch's builds differ in what they need (CUDA's libraries come as packages): its own resolver adds that here
    torch = [line for line in lines if line.startswith("torch==")]
    run("what this machine's build of torch needs", [*PIP, "-c", str(LOCK), *torch])
    own = ["-e", str(ROOT / "datasets"), "-e", str(ROOT / "autograder")]
    run("this repository's two packages", [*PIP, "--no-deps", "--no-build-isolation", *own])


def node() -> None:
    """Install the slides' packages with the npm of this environment."""
    slides = ROOT / "slides"
    npm = Path(sys.executable).with_name("npm")
    # no browser comes with them: Chromium is the system's
    os.environ["PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD"] = os.environ["PUPPETEER_SKIP_DOWNLOAD"] = "1"
    run("Node packages for the slides", [str(npm), "ci", "--prefix", str(slides), "--no-audit", "--no-fund"])


if __name__ == "__main__":
    {"python": python, "node": node}[sys.argv[1]]()
