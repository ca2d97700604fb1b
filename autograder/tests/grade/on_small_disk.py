"""Grade on a disk that is too small, or cannot be written, and then is not: `on_small_disk.py ROOT BEFORE KIND`.

Runs as root of namespaces of its own (`unshare --user --map-root-user --mount`), since it mounts. What the cohort's
folder holds in the end is copied to `BEFORE.after`; a line of JSON for each attempt goes to stdout.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from autograder.errors import AutograderError
from autograder.grade.cohort import grade_cohort
from autograder.manifest import Repository

SLUG = "01_numbers"
STEP = 48 << 10
ATTEMPTS = 80


def mount(*words: str) -> None:
    """Mount, or say why not."""
    subprocess.run(["mount", *words], check=True, stdin=subprocess.DEVNULL)


def attempt(repo: Repository) -> bool:
    """Grade once; say how that ended."""
    folder = repo.cohorts / "tiny"
    said, code = "", 0
    try:
        grade_cohort(repo, repo.cohort("tiny"), SLUG, sandboxed=False)
    except AutograderError as error:
        said, code = str(error), error.exit_code
    except OSError as error:
        said, code = repr(error), -1
    ledger = folder / "ledger.jsonl"
    lines = ledger.read_bytes() if ledger.exists() else b""
    reports = sorted(path.name for path in folder.glob("reports/*/*.json"))
    told = {"said": said, "code": code, "lines": lines.decode(), "reports": reports}
    print(json.dumps(told), flush=True)  # noqa: T201
    return code == 0


def grow(repo: Repository) -> None:
    """Give the disk a little more room after each failure, so that it is full at every stage in turn."""
    room = 0
    for _ in range(ATTEMPTS):
        used = shutil.disk_usage(repo.cohorts / "tiny").used
        size = used + room if room == 0 else shutil.disk_usage(repo.cohorts / "tiny").total + STEP
        mount("-o", f"remount,size={size}", str(repo.cohorts / "tiny"))
        room = STEP
        if attempt(repo):
            return


def main() -> None:
    """Do it."""
    root, before, kind = sys.argv[1:]
    repo = Repository(Path(root))
    folder = repo.cohorts / "tiny"
    mount("-t", "tmpfs", "-o", "size=64m", "none", str(folder))
    shutil.copytree(before, folder, dirs_exist_ok=True)
    os.chdir(root)
    if kind == "full":
        grow(repo)
    else:
        mount("-o", "remount,ro", str(folder))
        attempt(repo)
        mount("-o", "remount,rw", str(folder))
        attempt(repo)
    shutil.copytree(folder, f"{before}.after")


if __name__ == "__main__":
    main()
