"""Each layer alone: a fact that holds inside, and that holds no more when that one layer is taken away.

Each fact is asked so that no other layer can stand in for the lost one. The second run proves the test itself.
"""

from __future__ import annotations

import os
import resource
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from autograder.sandbox import cgroup, first, kernel, landlock, root, server, syscalls

pytestmark = pytest.mark.sandbox
Inside = Callable[..., Any]
Take = Callable[[pytest.MonkeyPatch], None]
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root has this layer to lose: others have no rights anyway")
grouped = pytest.mark.skipif(not cgroup.available(), reason="no cgroups can be made here")
locked = pytest.mark.skipif(not landlock.version(), reason="this kernel has no Landlock")

STATUS = "status = dict(x.split(':\t', 1) for x in open('/proc/self/status').read().splitlines() if ':\t' in x)\n"
MOUNTS = "flags = {x.split()[1]: x.split()[3].split(',') for x in open('/proc/mounts')}\n"
ERRNO = """
import ctypes, os, socket
libc = ctypes.CDLL(None, use_errno=True)
def number(call):
    try:
        call()
    except OSError as error:
        return error.errno
    return 0
"""


@dataclass(frozen=True)
class Row:
    """A layer, how to lose it, and code whose `result` says whether it is there."""

    name: str
    take: Take
    fact: str
    marks: tuple[pytest.MarkDecorator, ...] = ()


def nothing(module: Any, name: str) -> Take:
    """Make the step that gives the layer do nothing."""
    return lambda patch: patch.setattr(module, name, lambda *_, **__: None)


def value(module: Any, name: str, to: Any) -> Take:
    """Change the constant that the layer is made of."""
    return lambda patch: patch.setattr(module, name, to)


def all_of(*takes: Take) -> Take:
    """Lose also what cannot be made without the layer."""

    def take(patch: pytest.MonkeyPatch) -> None:
        for one in takes:
            one(patch)

    return take


def without_namespace(flag: int, *, inner_only: bool = False) -> Take:
    """Leave one namespace out, of the warm process and the submission, or of the submission alone."""

    def take(patch: pytest.MonkeyPatch) -> None:
        def unshare(flags: int = kernel.CLONE_ALL) -> None:
            warm = flags == kernel.CLONE_ALL  # a submission's are made one by one
            if left := flags if inner_only and warm else flags & ~flag:
                kernel.unshare(left)

        patch.setattr(kernel, "new_namespaces", unshare)

    return take


def mount_without(option: str) -> Take:
    """Leave an option, such as a size, out of every mount."""

    def take(patch: pytest.MonkeyPatch) -> None:
        mount = kernel.mount

        def changed(source: str, target: str | Path, kind: str = "", flags: int = 0, data: str = "") -> None:
            kept = [part for part in data.split(",") if part and not part.startswith(option)]
            mount(source, target, kind, flags, ",".join(kept))

        patch.setattr(kernel, "mount", changed)

    return take


def second_proc_unmounted(patch: pytest.MonkeyPatch) -> None:
    """Keep the warm process's /proc: a new one needs a pid namespace of one's own."""
    mount = kernel.mount
    patch.setattr(kernel, "mount", lambda *args, **more: None if args[1] == "/proc" else mount(*args, **more))


def as_if_not_nested(patch: pytest.MonkeyPatch) -> None:
    """Keep root's uid for student code."""
    inner = server._inner
    patch.setattr(server, "_inner", lambda served, ready, **_: inner(served, ready, nested=False))


def pass_always(call: str) -> Take:
    """Let a call pass whatever its arguments are."""
    kept = tuple(rule for rule in syscalls.FILTERED if rule[0] != call)
    return value(syscalls, "FILTERED", (*kept, (call, ())))


def unlimited(kind: int, test: str) -> Take:
    """Leave out one limit."""

    def take(patch: pytest.MonkeyPatch) -> None:
        if eval(test, {"hard": resource.getrlimit(kind)[1]}):  # noqa: S307  (a line of LIMITS)
            pytest.skip("this process is bounded as tightly as student code")
        setrlimit = resource.setrlimit
        patch.setattr(resource, "setrlimit", lambda k, pair: None if k == kind else setrlimit(k, pair))

    return take


def space(name: str) -> str:
    """Say whether a namespace is another than the one of this process."""
    return (
        f"import os; result = os.stat('/proc/self/ns/{name}').st_ino != {Path(f'/proc/self/ns/{name}').stat().st_ino}"
    )


def answers(call: str, errno: int = 38) -> str:
    """Say whether `call` is refused by the filter, which says 38 where nobody else does."""
    return f"{ERRNO}result = number(lambda: {call}) == {errno}"


def raw(number: int, *arguments: object) -> str:
    """Make a system call that fails with its errno."""
    listed = ", ".join(map(str, (number, *arguments)))
    return f"(_ for _ in ()).throw(OSError(ctypes.get_errno(), '')) if libc.syscall({listed}) < 0 else 0"


LIMITS = {
    "DATA": "300 << 20 <= hard < 4 << 30", "CPU": "hard == 20", "NPROC": "hard == 32", "FSIZE": "hard == 8 << 20",
    "NOFILE": "hard == 1024", "CORE": "hard == 1", "MEMLOCK": "hard <= 64 << 20", "SIGPENDING": "hard == 1024",
    "MSGQUEUE": "hard == 0", "RTPRIO": "hard == 0", "NICE": "hard == 0", "STACK": "hard == 300 << 20",
}  # fmt: skip
NUMBERS = {"SIGPENDING": 11, "MSGQUEUE": 12, "NICE": 13, "RTPRIO": 14}
"""Those that Python's library does not name on every system."""


def limit_row(name: str, test: str) -> Row:
    """Return the row of one limit of `setrlimit`."""
    kind = NUMBERS.get(name, getattr(resource, f"RLIMIT_{name}", None))
    assert kind is not None
    return Row(
        f"limit {name}",
        unlimited(kind, test),
        f"import resource; _, hard = resource.getrlimit({kind}); result = {test}",
    )


def group_row(name: str) -> Row:
    """Return the row of one control group."""
    fact = f"result = any('t2p-' in x and x.split(':')[1] in ('', '{name}') for x in open('/proc/self/cgroup'))"
    return Row(f"cgroup {name}", value(cgroup, "available", dict), fact, (grouped,))


UNPRIVILEGED_CALLS = all_of(nothing(first, "keep_within"), nothing(kernel, "install_filter"))
CLONE_WITH_NAMESPACE = f"""{ERRNO}
pid = libc.syscall(56, {kernel.CLONE_NEWUSER | 17}, 0, 0, 0, 0)
if pid == 0:
    os._exit(0)
result = pid < 0 and ctypes.get_errno() == 38
"""
ROWS = (
    Row(
        "user namespace",
        all_of(
            without_namespace(kernel.CLONE_NEWUSER),
            *(nothing(*step) for step in ((kernel, "write_id_maps"), (os, "setresuid"), (os, "setresgid"))),
        ),
        space("user"),
        (as_root,),
    ),
    Row(
        "mount namespace",
        all_of(
            without_namespace(kernel.CLONE_NEWNS),
            nothing(server, "enter_base"),
            *(nothing(first, step) for step in ("enter_private", "enter_work", "keep_within")),
        ),
        space("mnt"),
    ),
    Row(
        "pid namespace",
        all_of(without_namespace(kernel.CLONE_NEWPID, inner_only=True), second_proc_unmounted),
        "import os; result = os.getpid() == 1",
    ),
    Row("net namespace", without_namespace(kernel.CLONE_NEWNET), space("net")),
    Row(
        "empty network",  # an answer of the routes, which no other layer gives
        without_namespace(kernel.CLONE_NEWNET),
        answers("socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('127.0.0.1', 9))", 101),
    ),
    Row("ipc namespace", without_namespace(kernel.CLONE_NEWIPC), space("ipc")),
    Row("uts namespace", without_namespace(kernel.CLONE_NEWUTS), space("uts")),
    Row(
        "unprivileged uid",
        as_if_not_nested,
        "result = open('/proc/self/uid_map').read().split()[1] != '0'",
        (as_root,),
    ),
    Row(
        "no capabilities",
        nothing(kernel, "drop_capabilities"),
        STATUS + "result = {int(status['Cap' + kind], 16) for kind in ('Inh', 'Prm', 'Eff', 'Amb')} == {0}",
    ),
    Row("bounding set", value(kernel, "LAST_CAPABILITY", -1), STATUS + "result = int(status['CapBnd'], 16) == 0"),
    Row(
        "no new privileges",  # Landlock and the filter need it
        all_of(nothing(kernel, "set_no_new_privileges"), UNPRIVILEGED_CALLS),
        STATUS + "result = status['NoNewPrivs'] == '1'",
    ),
    Row("seccomp filter", nothing(kernel, "install_filter"), STATUS + "result = status['Seccomp'] == '2'"),
    Row("allow-list", value(syscalls, "ALLOWED", (*syscalls.ALLOWED, "membarrier")), answers(raw(324, 0))),
    Row("refused calls", value(syscalls, "REFUSED", ()), answers(raw(101, 0, 0), 1)),
    Row("clone without namespaces", pass_always("clone"), CLONE_WITH_NAMESPACE),
    Row("socket families", pass_always("socket"), answers("socket.socket(38, socket.SOCK_SEQPACKET)")),
    Row("socket protocols", pass_always("socket"), answers("socket.socket(2, socket.SOCK_DGRAM, 255)")),
    Row("socket pairs", pass_always("socketpair"), answers(raw(53, 30, 1, 0, "(ctypes.c_int * 2)()"))),
    Row("socket options", pass_always("setsockopt"), answers("socket.socket().setsockopt(1, 26, b'')")),
    Row("device controls", pass_always("ioctl"), answers(raw(16, 0, 0x5412, "b'x'"))),
    Row("file leases", pass_always("fcntl"), answers(raw(72, "os.open('/tmp/x', os.O_CREAT)", 1024, 7))),
    Row("core dumps to programs", pass_always("prlimit64"), answers(raw(302, 0, 4, "(ctypes.c_ulong * 2)(0, 0)", 0))),
    Row("flushed disks", value(syscalls, "IDLE", ()), answers(raw(74, -1), 0)),
    Row("process options", pass_always("prctl"), answers(raw(157, 35, 1, 0, 0, 0))),
    Row(
        "Landlock",
        value(landlock, "version", lambda: 0),
        answers("socket.socket().connect(('127.0.0.1', 9))", 13),
        (locked,),
    ),
    *(limit_row(name, test) for name, test in LIMITS.items()),
    group_row("memory"),
    group_row("pids"),
    Row("read-only root", nothing(kernel, "read_only"), MOUNTS + "result = 'ro' in flags['/']"),
    Row("read-only /proc", value(kernel, "MS_RDONLY", 0), MOUNTS + "result = 'ro' in flags['/proc']"),
    Row(
        "no set-uid programs",
        value(kernel, "MS_NOSUID", 0),
        MOUNTS + "result = {'nosuid'} <= set.intersection(*map(set, flags.values()))",
    ),
    Row("no devices", value(kernel, "MS_NODEV", 0), MOUNTS + "result = 'nodev' in flags['/tmp']"),
    Row("private folders", value(root, "PRIVATE", (Path("/tmp"), root.HOME)), MOUNTS + "result = '/dev/shm' in flags"),
    Row(
        "size of folders",
        mount_without("size"),
        "import os; s = os.statvfs('/dev/shm'); result = s.f_blocks * s.f_frsize == 8 << 20",
    ),
    Row(
        "files in folders", mount_without("nr_inodes"), "import os; result = os.statvfs('/dev/shm').f_files == 20000"
    ),
    Row(
        "memory killer's choice",
        nothing(first, "offer_to_memory_killer"),
        "result = open('/proc/self/oom_score_adj').read() == '1000\\n'",
    ),
    Row("session of its own", nothing(os, "setsid"), "import os; result = os.getsid(0) == 1"),
    Row("closed descriptors", nothing(os, "closerange"), "import os; result = len(os.listdir('/proc/self/fd')) == 5"),
    Row(
        "forgotten environment",
        nothing(server, "forget_environment"),
        "import os; result = 'PYTEST_CURRENT_TEST' not in os.environ",
    ),
)  # fmt: skip


@pytest.mark.parametrize("row", [pytest.param(row, id=row.name, marks=row.marks) for row in ROWS])
def test_layer_alone(row: Row, inside: Inside, changed: Inside, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fact holds inside; without this one layer it does not."""
    assert inside(row.fact) is True
    row.take(monkeypatch)
    assert changed(row.fact) is False


@locked
def test_forgotten_mount(changed: Inside, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that should not be in the root can be read without Landlock only."""
    bind = root._bind
    devices = root._devices

    def one_too_many(new_root: Path) -> None:
        devices(new_root)
        bind(Path(__file__).parent, new_root / "forgotten")

    monkeypatch.setattr(root, "_devices", one_too_many)
    read = f"{ERRNO}result = number(lambda: open('/forgotten/{Path(__file__).name}').close())"
    assert changed(read) == 13
    monkeypatch.setattr(landlock, "version", lambda: 0)
    assert changed(read) == 0
