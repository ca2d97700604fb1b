"""What student code finds inside its sandbox, and what is left of it afterwards."""

from __future__ import annotations

import errno
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autograder.sandbox import cgroup, root
from autograder.sandbox.client import Sandbox
from autograder.sandbox.limits import Limits
from autograder.sandbox.warm import Warm

pytestmark = pytest.mark.sandbox
Inside = Callable[..., Any]

STATUS = """
result = dict(line.split(':\t', 1) for line in open('/proc/self/status').read().splitlines() if ':\t' in line)
"""


def namespace(name: str) -> int:
    return Path(f"/proc/self/ns/{name}").stat().st_ino


NAMESPACES = ("user", "mnt", "pid", "net", "ipc", "uts")


@pytest.mark.parametrize("name", NAMESPACES)
def test_namespace(name: str, inside: Inside) -> None:
    """The submission lives in a namespace of its own, and each submission in another."""
    code = f"import os; result = os.stat('/proc/self/ns/{name}').st_ino"
    first, second = inside(code), inside(code)
    assert len({first, second, namespace(name)}) >= 2
    assert first != namespace(name)


def test_unprivileged(inside: Inside) -> None:
    """A plain uid, one id in the map, no group, no capability of any kind, no way to new privileges."""
    status = inside(STATUS)
    assert set(status["Uid"].split()) == {"1000"}
    assert set(status["Gid"].split()) == {"1000"}
    assert status["Groups"].strip() == ""
    assert {status[f"Cap{kind}"] for kind in ("Inh", "Prm", "Eff", "Bnd", "Amb")} == {"0" * 16}
    assert (status["NoNewPrivs"], status["Seccomp"]) == ("1", "2")
    assert inside("result = open('/proc/self/uid_map').read().split()")[::2] == ["1000", "1"]


def test_uid_outside(warm: Warm) -> None:
    """Seen from outside it is not root either, and it is the first that the kernel ends when memory runs out."""
    sandbox = Sandbox.start(warm.slots[0], Limits(1 << 28, 1 << 20, 8, 5), frame_bytes=1 << 16)
    try:
        folder = Path(f"/proc/{sandbox.channel.peer_pid}")
        uid = next(line.split()[1] for line in (folder / "status").read_text().splitlines() if line.startswith("Uid"))
        assert uid == ("64000" if os.geteuid() == 0 else str(os.geteuid()))
        assert (folder / "oom_score_adj").read_text().strip() == "1000"
    finally:
        sandbox.stop()


def test_calls_that_stay(inside: Inside) -> None:
    """CUDA needs memfd_create; DataLoader and shells need fork, threads and sockets between processes."""
    assert inside("import os; result = os.memfd_create('x')") > 0
    assert (
        inside("import subprocess; result = subprocess.run(['echo', 'x'], capture_output=True, text=True).stdout")
        == "x\n"
    )
    assert inside("import threading; t = threading.Thread(target=int); t.start(); t.join(); result = 1") == 1
    assert inside("import socket; a, b = socket.socketpair(); a.send(b'x'); result = b.recv(1).decode()") == "x"


def test_socket_families(inside: Inside) -> None:
    """Only unix, IPv4, IPv6 and netlink: vsock would leave the net namespace."""
    code = """
import socket
result = []
for family in range(1, 46):
    for kind in (1, 2, 3, 5):
        try: socket.socket(family, kind).close(); result.append(family)
        except OSError: pass
result = sorted(set(result))
"""
    assert set(inside(code)) <= {1, 2, 10, 16}


def test_network_is_empty(inside: Inside) -> None:
    """No interface is up, not even loopback."""
    assert [line.split(":")[0] for line in inside("result = open('/proc/net/dev').read()").splitlines()[2:]] == [
        "    lo"
    ]
    code = """
import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
result = s.connect_ex(('127.0.0.1', 9))
"""
    assert inside(code) == errno.ENETUNREACH


def test_root_is_read_only(inside: Inside) -> None:
    """Nothing can be written but the work folder, /tmp, /dev/shm and home, each of stated size, and devices."""
    size = "import os; s = os.statvfs('/dev/shm'); result = [s.f_blocks * s.f_frsize, s.f_files]"
    assert inside(size) == [8 << 20, 20000]
    mounts = inside("result = [line.split() for line in open('/proc/mounts')]")
    assert [m[1] for m in mounts if "nosuid" not in m[3].split(",")] == []
    seen = {m[1]: m[3].split(",") for m in mounts}  # the last one hides those before it
    private = {"/tmp", "/home/student", "/dev/shm"}
    assert {place for place, options in seen.items() if "rw" in options} == private
    writable = inside(f"import os; result = [place for place in {list(seen)!r} if os.access(place, os.W_OK)]")
    assert set(writable) == private | {f"/dev/{name}" for name in root.DEVICES}


def test_no_repository_in_sight(inside: Inside) -> None:
    """Of this repository only the environment and the students' package are there."""
    here = Path(__file__).parents[3]
    names = inside(f"import os; result = os.listdir({str(here)!r}) if os.path.isdir({str(here)!r}) else []")
    assert set(names) <= {".venv", "datasets"}
    for folder in ("solutions", "autograder", "exercises", ".git", "datasets/tests"):
        assert inside(f"import os; result = os.path.exists({str(here / folder)!r})") is False


def test_own_processes_alone(inside: Inside) -> None:
    """/proc shows the submission's own processes, the first of which it is."""
    code = "import os; result = [os.getpid(), os.getppid(), [p for p in os.listdir('/proc') if p.isdigit()]]"
    assert inside(code) == [1, 0, ["1"]]


def test_limits(inside: Inside) -> None:
    """Data, CPU, processes, file size, descriptors and cores are bounded, hard."""
    code = """
import resource as r
result = {n: list(r.getrlimit(getattr(r, 'RLIMIT_' + n))) for n in ('DATA', 'CPU', 'NPROC', 'FSIZE', 'NOFILE', 'CORE')}
"""
    limits = inside(code)
    assert all(soft == hard for soft, hard in limits.values())
    assert {name: limits[name][0] for name in ("CPU", "NPROC", "FSIZE", "CORE")} == {
        "CPU": 20, "NPROC": 32, "FSIZE": 8 << 20, "CORE": 1,
    }  # fmt: skip
    assert limits["NOFILE"][0] <= 1024
    assert 300 << 20 <= limits["DATA"][0] < 4 << 30


def test_no_descriptors(inside: Inside) -> None:
    """Nothing is open but its own socket and three that lead nowhere."""
    file = os.open(__file__, os.O_RDONLY)
    os.set_inheritable(file, True)  # noqa: FBT003
    code = """
import os
import shutil
result = {}
for fd in range(1024):
    try: result[fd] = os.readlink(f'/proc/self/fd/{fd}').split(':')[0]
    except OSError: pass
"""
    try:
        assert inside(code) == {"0": "/dev/null", "1": "/dev/null", "2": "/dev/null", "3": "socket"}
    finally:
        os.close(file)


def test_environment_is_forgotten(inside: Inside) -> None:
    """The grader's environment is gone from Python, from the C library and from the process's memory."""
    code = """
import ctypes, os
libc = ctypes.CDLL(None); libc.getenv.restype = ctypes.c_char_p
needle = b'in the ' + b'environment'
found = []
with open('/proc/self/mem', 'rb', 0) as memory:
    for line in open('/proc/self/maps'):
        if '[stack]' in line or '[heap]' in line:
            low, high = (int(x, 16) for x in line.split()[0].split('-'))
            memory.seek(low); found.append(b'LAYERS_' + b'TOKEN=' in memory.read(high - low))
initial = open('/proc/self/environ', 'rb').read().strip(b'\\0')
result = [sorted(n for n in os.environ if n.startswith(('T2P', 'LAYERS', 'LD_'))), str(libc.getenv(b'LAYERS_TOKEN')),
          initial.decode(), any(found)]
"""
    assert inside(code) == [[], "None", "", False]


def test_no_shared_mappings(inside: Inside) -> None:
    """No memory is mapped writable and shared with the warm process."""
    assert inside("result = [line for line in open('/proc/self/maps') if line.split()[1][1::2] == 'ws']") == []


def test_groups_are_removed(warm: Warm) -> None:
    """The memory and process groups of a submission are gone when it is."""
    if not cgroup.available():
        pytest.skip("no cgroups can be made here")
    sandbox = Sandbox.start(warm.slots[0], Limits(1 << 28, 1 << 20, 8, 5), frame_bytes=1 << 16)
    folders = list(sandbox.group.folders.values())
    assert [str(sandbox.channel.peer_pid) in (f / "cgroup.procs").read_text().split() for f in folders] == [True] * len(
        folders
    )
    sandbox.stop()
    assert [folder.exists() for folder in folders] == [False] * len(folders)


def test_everything_ends(warm: Warm) -> None:
    """Stopping a submission ends all of its processes, however they were started."""
    sandbox = Sandbox.start(warm.slots[0], Limits(1 << 28, 1 << 20, 16, 5), frame_bytes=1 << 16)
    code = """
import os, time
for _ in range(4):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            time.sleep(1000)
        os._exit(0)
result = 1
"""
    sandbox.channel.send(code.encode())
    sandbox.channel.receive(10)
    first = sandbox.channel.peer_pid
    space = _space(Path(f"/proc/{first}"))
    exited = sandbox.stop()
    assert exited.status in (-9, 70)
    assert space not in {link for link in map(_space, Path("/proc").glob("[0-9]*")) if link}


def _space(process: Path) -> str:
    try:
        return str((process / "ns" / "pid").readlink())
    except OSError:
        return ""


def test_kill_of_a_spawn_that_failed(warm: Warm) -> None:
    """A submission that never started cannot be killed, and above all not everybody in its place."""
    ours, theirs = socket.socketpair()
    ours.close()
    theirs.close()
    sandbox = Sandbox.start(warm.slots[0], Limits(1 << 28, 1 << 20, 16, 5), frame_bytes=1 << 16)
    sandbox.slot.send(kill(sandbox.number + 1000))
    sandbox.channel.send(b"result = 1")
    assert sandbox.channel.receive(5)[1] == b"1"
    sandbox.stop()


def kill(number: int) -> bytes:
    from autograder.sandbox.messages import write
    from autograder.sandbox.server import Kill

    return write(Kill(number))


NOT_ROOT = """
import json, os, sys
from pathlib import Path
from autograder.grade.grader import Grader, Job
from autograder.manifest import load_exercise
with Grader(load_exercise(Path(sys.argv[1])), b"") as grader:
    grader.secret = b"s" * 32
    report = grader.grade(Job("anna", sys.argv[2], side_files=False))
print(json.dumps([os.getuid(), report.points, [o.text for c in report.cells for o in c.outputs if c.kind == "extra"]]))
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="not started by root: every other test took this path")
def test_without_root(arena: Any) -> None:
    """Whoever grades as an ordinary user has the same sandbox."""
    notebook = arena.honest()
    code = "import os\nprint(os.getuid(), *open('/proc/self/uid_map').read().split(), os.listdir('/tmp'))"
    notebook["cells"].append({"cell_type": "code", "metadata": {}, "source": code, "outputs": []})
    path = Path(tempfile.mkdtemp(prefix="t2p-test-")) / "notebook.ipynb"  # pytest shuts its own folders to others
    path.write_bytes(arena.save(notebook).read_bytes())
    path.parent.chmod(0o755)
    command = [sys.executable, "-c", NOT_ROOT, str(arena.exercise.folder), str(path)]
    nobody: dict[str, Any] = {"user": 65534, "group": 65534, "extra_groups": []}
    environment = os.environ | {"HOME": "/tmp", "MPLCONFIGDIR": "/tmp"}
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, env=environment, **nobody)
    shutil.rmtree(path.parent)
    if "Permission denied" in done.stderr or "No module named" in done.stderr:
        pytest.skip("an ordinary user cannot read this environment's interpreter")
    # of what lies in the machine's own /tmp, nothing but the way to an installation that lies there
    ways = sorted({Path(one).parts[2] for one in (sys.prefix, sys.base_prefix) if Path(one).is_relative_to("/tmp")})
    expected = json.dumps([65534, 20.0, [f"1000 1000 0 1 {ways}\n"]])
    assert done.stdout.strip().endswith(expected), done.stdout + done.stderr[-2000:]
