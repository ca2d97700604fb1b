"""An exercise's training data: found on this machine, read-only in the sandbox, and nothing beside them."""

from __future__ import annotations

import hashlib
import json
import os
import socket
import subprocess
import sys
import traceback
from pathlib import Path
from typing import Any

import msgspec
import pytest

import coursedata  # noqa: F401  (the students' package is imported before the sandbox is made)
from autograder.errors import SandboxUnavailable, UserError
from autograder.grade.data import data_of
from autograder.manifest import Exercise, load_exercise
from autograder.sandbox.client import Sandbox
from autograder.sandbox.frames import Channel
from autograder.sandbox.limits import Limits
from autograder.sandbox.warm import start_warm
from coursedata import download
from coursedata.registry import Dataset, RemoteFile

pytestmark = pytest.mark.sandbox
LIMITS = Limits(memory_bytes=300 << 20, files_bytes=8 << 20, processes=32, cpu_seconds=20)
TINY = Path(__file__).parents[1] / "courses" / "tiny" / "solutions" / "02_words"
CONTENT = {"train/images": bytes(range(256)) * 4, "labels": b"\x00\x00\x08\x01\x00\x00\x00\x02\x07\x03", "test": b"t"}


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache that holds a small data set, and files that belong to nobody."""
    files = {name: RemoteFile(name, len(data), hashlib.sha256(data).hexdigest()) for name, data in CONTENT.items()}
    dataset = Dataset("digits", "Digits", "CC0 1.0", "nobody", ("https://nowhere.invalid/",), "", files)
    monkeypatch.setattr(download, "registry", lambda: {"digits": dataset})
    monkeypatch.setenv("T2P_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("T2P_DATA", raising=False)
    for name, data in (CONTENT | {"../other/secret": b"secret", "unlisted": b"secret"}).items():
        path = tmp_path / "cache" / "digits" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return tmp_path / "cache"


def exercise(*data: str) -> Exercise:
    return msgspec.structs.replace(load_exercise(TINY), data=list(data))


def evaluate(connection: socket.socket) -> None:
    """Be the worker: run the code that comes and answer with its `result` as JSON."""
    channel = Channel(connection, takes=1)
    channel.send(b"hello")
    names: dict[str, Any] = {}
    try:
        exec(channel.receive()[1].decode(), names)  # noqa: S102  (the tests' own code)
    except BaseException:  # noqa: BLE001
        names["result"] = traceback.format_exc()
    channel.send(json.dumps(names.get("result")).encode())


def inside(names: tuple[str, ...], code: str, *, sandboxed: bool = True) -> Any:
    """Return `result` of the code, run beside the data of an exercise that lists `names`."""
    try:
        warm = start_warm(1, evaluate, sandboxed=sandboxed, data=data_of(exercise(*names)))
    except SandboxUnavailable as error:
        pytest.skip(str(error))
    try:
        sandbox = Sandbox.start(warm.slots[0], LIMITS, frame_bytes=1 << 20)
        try:
            sandbox.channel.send(code.encode())
            return json.loads(sandbox.channel.receive(30)[1])
        finally:
            sandbox.stop()
    finally:
        warm.close()


FETCH = """
from coursedata import fetch
folder = fetch("digits")
result = {path.relative_to(folder).as_posix(): path.read_bytes().hex() for path in folder.rglob("*") if path.is_file()}
"""


@pytest.mark.parametrize("sandboxed", [True, False])
def test_a_data_set_is_found_without_a_network(cache: Path, sandboxed: bool) -> None:  # noqa: FBT001
    """`fetch` inside finds the files by their hashes, in folders too."""
    found = inside(("digits",), FETCH, sandboxed=sandboxed)
    assert isinstance(found, dict), found
    assert {name: bytes.fromhex(found[name]) for name in CONTENT} == CONTENT


def test_only_listed_files_are_there(cache: Path) -> None:
    """Neither another file of the data set, nor what else lies in the cache."""
    code = """
import os
from pathlib import Path
root = Path(os.environ["T2P_CACHE"])
result = sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())
"""
    assert inside(("digits/labels", "digits/train/images"), code) == ["digits/labels", "digits/train/images"]
    assert inside(("digits",), code) == sorted(f"digits/{name}" for name in CONTENT)


def test_data_cannot_be_changed(cache: Path) -> None:
    """A submission that writes to them, removes them or adds to them gets an error."""
    code = """
import os
from pathlib import Path
root = Path(os.environ["T2P_CACHE"]) / "digits"
tries = [
    lambda: (root / "labels").write_bytes(b"mine"),
    lambda: (root / "labels").open("r+b"),
    lambda: (root / "labels").chmod(0o777),
    lambda: (root / "labels").unlink(),
    lambda: (root / "new").write_bytes(b"mine"),
    lambda: os.truncate(root / "labels", 0),
    lambda: os.utime(root / "labels"),
]
result = []
for number, one in enumerate(tries):
    try:
        one()
        result.append(number)
    except OSError:
        pass
"""
    assert inside(("digits",), code) == []
    assert {name: (cache / "digits" / name).read_bytes() for name in CONTENT} == CONTENT


def test_a_cache_of_the_students_own_is_filled_from_the_data(cache: Path) -> None:
    """Whoever names another cache, as the text for Colab may say, has a copy there."""
    code = """
import os
from pathlib import Path
os.environ["T2P_CACHE"] = str(Path.cwd() / "cache")
from coursedata import fetch
result = str(fetch("digits/labels").relative_to(Path.cwd()))
"""
    assert inside(("digits",), code) == "cache/digits/labels"


def test_no_data_no_folder(cache: Path) -> None:
    """An exercise that lists none has none, and no variable that names a place."""
    code = "import os; result = [os.environ.get('T2P_CACHE'), os.environ.get('T2P_DATA'), os.path.exists('/srv')]"
    assert inside((), code) == [None, None, False]


@pytest.fixture
def gone(cache: Path) -> Path:
    (cache / "digits" / "labels").unlink()
    return cache


def test_missing_data_stop_grading_in_one_line(gone: Path) -> None:
    """Nothing is downloaded; the line names the file and the command that gets it."""
    with pytest.raises(UserError) as raised:
        data_of(exercise("digits"))
    assert str(raised.value) == (
        "02_words cannot be graded without its data: digits/labels is not on this machine: get it by "
        "`python -m coursedata fetch digits`, or name in T2P_DATA a folder that holds digits/"
    )


def test_damaged_data_count_as_missing(cache: Path) -> None:
    """Other bytes than the registry's are never handed to a submission."""
    (cache / "digits" / "labels").write_bytes(b"cut")
    with pytest.raises(UserError, match="digits/labels is not on this machine"):
        data_of(exercise("digits"))


def test_a_copy_at_hand_is_enough(gone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What lies under T2P_DATA is put into the cache first, without a network."""
    (tmp_path / "shared" / "digits").mkdir(parents=True)
    (tmp_path / "shared" / "digits" / "labels").write_bytes(CONTENT["labels"])
    monkeypatch.setenv("T2P_DATA", str(tmp_path / "shared"))
    assert data_of(exercise("digits/labels")) == {"digits/labels": str(gone / "digits" / "labels")}


def test_an_unknown_name_is_told(cache: Path) -> None:
    """A data set that the registry lacks is the author's mistake."""
    with pytest.raises(UserError, match="there is no data set 'digit'; there are: digits"):
        data_of(exercise("digit"))


def test_an_exercise_without_data_asks_nothing() -> None:
    """Not even the library is imported."""
    code = (
        "import sys; from pathlib import Path; from autograder.grade.data import data_of\n"
        "from autograder.manifest import load_exercise\n"
        f"data_of(load_exercise(Path({str(TINY)!r}))); print('coursedata' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=dict(os.environ)
    )
    assert done.stdout.strip() == "False"
