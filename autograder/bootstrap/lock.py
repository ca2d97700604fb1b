"""Write requirements.lock: the newest versions that fit together, as pip itself resolves them (`make lock`).

pip and no other tool, because a lock made by freezing or by uv would name one build of torch (`+cpu`, or a hash of it)
while each machine takes the build that suits its hardware.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "requirements.lock"
PACKAGES = ("datasets", "autograder")
GROUPS = ("setup", "dev")
# the grader has no display, and the two packages own the same files
INSTEAD = {"opencv-python": "opencv-python-headless"}
# what only some builds of torch need: each machine's own installation of torch brings it
OF_TORCH_BUILDS = re.compile(r"(nvidia|cuda|triton|pytorch-triton)\b")

HEADER = """\
# Every Python package of the environment, at the version that was tested. Made by `make lock`; do not edit.
#
#   pip install --no-deps -r requirements.lock
#   pip install --no-deps --no-build-isolation -e datasets -e autograder
#
# To take newer versions: `make lock`, then `make test-full`. The wishes behind it stand in pyproject.toml
# ([dependency-groups]) and in the pyproject.toml of datasets/ and autograder/. No hashes and no local versions: which
# build of torch is right (CPU, CUDA, ROCm) is for each machine to say; on Linux pip's default is CUDA's; for another
# give pip the address that pytorch.org shows for it: PIP_EXTRA_INDEX_URL=… make setup
"""


def canonical(name: str) -> str:
    """Return a package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def name_of(requirement: str) -> str:
    """Return the package that a requirement such as `ruff>=0.6; python_version > "3"` is about."""
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    if found is None:
        message = f"not a requirement: {requirement!r}"
        raise SystemExit(message)
    return found.group()


def wishes(root: Path) -> list[str]:
    """Return the requirements of the two packages and of the repository's own tools."""
    own = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    found: list[str] = [wish for group in GROUPS for wish in own["dependency-groups"][group]]
    for package in PACKAGES:
        project = tomllib.loads((root / package / "pyproject.toml").read_text(encoding="utf-8"))
        found += [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    return sorted({_for_the_grader(wish) for wish in found})


def _for_the_grader(wish: str) -> str:
    name = name_of(wish)
    return INSTEAD.get(canonical(name), name) + wish[len(name) :]


def oldest_python(root: Path) -> str:
    """Return the first release of the oldest Python that is supported: Debian's stays at an early one for years."""
    own = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    found = re.match(r">=(\d+\.\d+)\b", own["project"]["requires-python"])
    if found is None:
        raise SystemExit("pyproject.toml: requires-python must begin with the oldest version, as in >=3.11")
    return f"{found.group(1)}.0"


def resolve(requirements: Iterable[str], python: str) -> list[Mapping[str, Any]]:
    """Return the `metadata` of every package that pip would install into an empty environment of that Python."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        asked = Path(folder, "requirements.txt")
        asked.write_text("\n".join(requirements), encoding="utf-8")
        command = [sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "-qq"]
        command += ["--python-version", python, "--only-binary", ":all:", "--target", folder]
        done = subprocess.run([*command, "--report", str(report), "-r", str(asked)], check=False)
        if done.returncode:
            raise SystemExit("pip found no versions that fit together (above); requirements.lock is unchanged")
        installed = json.loads(report.read_text(encoding="utf-8"))["install"]
    return [entry["metadata"] for entry in installed]


def markers(metadata: Iterable[Mapping[str, Any]], requirements: Iterable[str]) -> dict[str, str]:
    """Return the marker of each package that is there for a wish with a marker, and for no other wish."""
    needs = {
        canonical(entry["name"]): {canonical(name_of(wish)) for wish in entry.get("requires_dist", ())}
        for entry in metadata
    }
    wished = {canonical(name_of(wish)): wish.partition(";")[2].strip() for wish in requirements}
    always = _reached({name for name, marker in wished.items() if not marker}, needs)
    return {name: marker for wish, marker in wished.items() if marker for name in _reached({wish}, needs) - always}


def _reached(start: set[str], needs: Mapping[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    waiting = set(start)
    while waiting:
        name = waiting.pop()
        reached.add(name)
        waiting |= needs.get(name, set()) - reached
    return reached


def locked(metadata: Iterable[Mapping[str, Any]], requirements: Iterable[str]) -> Iterator[str]:
    """Yield the lock's lines, sorted: public versions, each with the marker it is bound to, if any."""
    packages = {canonical(entry["name"]): entry for entry in metadata}
    bound = markers(packages.values(), requirements)
    for name, entry in sorted(packages.items()):
        if not OF_TORCH_BUILDS.match(name):
            marker = f"; {bound[name]}" if name in bound else ""
            yield f"{name}=={entry['version'].partition('+')[0]}{marker}"


def main() -> None:
    """Write the lock and say how many packages it names."""
    asked = wishes(ROOT)
    print(f"resolving {len(asked)} requirements with pip (a minute or two) …", flush=True)
    lines = list(locked(resolve(asked, oldest_python(ROOT)), asked))
    LOCK.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{LOCK.name}: {len(lines)} packages")


if __name__ == "__main__":
    main()
