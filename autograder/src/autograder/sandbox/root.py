"""The file system that student code sees: the Python installation, read-only, and nothing else of this machine."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from autograder.sandbox import kernel, landlock
from autograder.sandbox.policy import LANDLOCK, layer

__all__ = [
    "DATA",
    "HOME",
    "WORK",
    "Base",
    "default_readable",
    "enter_base",
    "enter_private",
    "enter_work",
    "keep_within",
]

HOME = Path("/home/student")
WORK = HOME / "work"
KEEP = Path("/.keep")
DATA = Path("/srv/coursedata")
"""Where an exercise's data lie, as in the cache of `coursedata`: a folder for each data set."""
PRIVATE = (Path("/tmp"), HOME, Path("/dev/shm"))  # noqa: S108  (the sandbox's own, made anew for each submission)
SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
ETC = ("ld.so.cache", "ld.so.conf", "ld.so.conf.d", "fonts", "localtime", "alternatives", "mime.types", "ssl/certs")
DEVICES = ("null", "zero", "full", "random", "urandom")
ACCOUNTS = "root:x:0:0::/root:/bin/sh\nstudent:x:1000:1000::/home/student:/bin/sh\n"


@dataclass(frozen=True)
class Base:
    """What the base root is made of."""

    mount_point: Path
    """An empty folder that the new root is built on; empty again as soon as the warm process has entered."""
    readable: tuple[Path, ...]
    """Folders bound read-only at their own place, beside the system's."""
    landlock: bool = True
    """Whether Landlock, where the kernel has it, bounds the process too; not where work on a GPU needs its driver."""
    data: tuple[tuple[str, str], ...] = ()
    """Files bound read-only into DATA: name there, place on this machine."""


def default_readable() -> tuple[Path, ...]:
    """Return what every worker needs: the interpreter's installation, the venv and the students' package."""
    import coursedata

    folders = [Path(sys.base_prefix), Path(sys.prefix), Path(coursedata.__file__).parent.parent]
    real = {folder.resolve() for folder in folders}
    return tuple(sorted(f for f in real if not f.is_relative_to("/usr") and f.is_dir()))


def enter_base(base: Base) -> None:
    """Build the base root and make it this process's root; needs a mount and a pid namespace of its own."""
    root = base.mount_point
    with layer("mount namespace"):
        kernel.mount_private()
        kernel.mount("tmpfs", root, "tmpfs", kernel.MS_NOSUID | kernel.MS_NODEV, "size=16m,mode=755")
        _system(root)
        _devices(root)
        for number, folder in enumerate(base.readable):
            _bind(folder, root / folder.relative_to("/"))
            if any(folder.is_relative_to(private) for private in PRIVATE):
                _bind(folder, root / KEEP.relative_to("/") / str(number))
        for name, source in base.data:
            _bind(Path(source), root / DATA.relative_to("/") / name)
        for folder in (*PRIVATE, Path("/proc")):
            (root / folder.relative_to("/")).mkdir(parents=True, exist_ok=True)
    with layer("a /proc of its own"):
        kernel.mount("proc", root / "proc", "proc", kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC)
    with layer("mount namespace"):
        kernel.pivot_root(root)
    with layer("read-only root"):
        kernel.read_only("/")
        kernel.writable("/proc")  # a submission's own id maps are written there
    _rights(base)  # once for all forks


def enter_private(base: Base, files_bytes: int) -> None:
    """Mount what belongs to one submission alone: its processes' /proc and empty, sized folders to write in.

    Needs a mount namespace of its own and the right to mount; `enter_work` comes when that has been given up.
    """
    with layer("a /proc of its own"):
        # read-only: a write to /proc/self/autogroup would slow the session down, and others' submissions are in it
        flags = kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC | kernel.MS_RDONLY
        kernel.mount("proc", "/proc", "proc", flags)
    with layer("private folders"):
        _private_folders(base, files_bytes)


def _private_folders(base: Base, files_bytes: int) -> None:
    options = f"size={files_bytes},nr_inodes=20000,mode=1777"
    for folder in PRIVATE:
        kernel.mount("tmpfs", folder, "tmpfs", kernel.MS_NOSUID | kernel.MS_NODEV, options)
    for number, folder in enumerate(base.readable):
        kept = KEEP / str(number)
        if kept.is_dir():
            folder.mkdir(parents=True, exist_ok=True)
            kernel.mount(str(kept), folder, flags=kernel.MS_BIND | kernel.MS_REC)


def enter_work() -> None:
    """Make the work folder, which belongs to this process's user, and go there."""
    with layer("private folders"):
        WORK.mkdir()
        os.chdir(WORK)


def keep_within(base: Base) -> None:
    """Let this process and its children open what the sandbox is made of, and write to its own folders alone."""
    if base.landlock and landlock.version():
        with layer(LANDLOCK):
            landlock.restrict(_rights(base))


@lru_cache(maxsize=1)
def _rights(base: Base) -> dict[str, int]:
    installed = (name for name in SYSTEM if Path(name).is_dir() and not Path(name).is_symlink())
    rights = dict.fromkeys((*installed, *map(str, base.readable)), landlock.RUN)
    rights |= {"/": landlock.LIST, "/etc": landlock.READ, "/proc": landlock.READ, "/dev": landlock.DEVICE}
    if Path("/sys").is_dir():
        rights["/sys"] = landlock.READ
    if base.data:
        rights[str(DATA)] = landlock.READ
    return rights | dict.fromkeys(map(str, PRIVATE), landlock.ALL)


def _system(root: Path) -> None:
    for name in SYSTEM:
        source = Path(name)
        if source.is_symlink():
            (root / name[1:]).symlink_to(source.readlink())
        elif source.is_dir():
            _bind(source, root / name[1:])
    (root / "etc").mkdir()
    for name in ETC:
        source = Path("/etc") / name
        if source.exists():
            _bind(source.resolve(), root / "etc" / name)
    (root / "etc/passwd").write_text(ACCOUNTS)
    (root / "etc/group").write_text("root:x:0:\nstudent:x:1000:\n")
    (root / "etc/hosts").write_text("127.0.0.1 localhost\n")
    processors = Path("/sys/devices/system/cpu")
    if processors.is_dir():
        _bind(processors, root / "sys/devices/system/cpu")


def _devices(root: Path) -> None:
    (root / "dev").mkdir()
    for name in DEVICES:
        _bind(Path("/dev") / name, root / "dev" / name)
    for name, target in (("fd", "/proc/self/fd"), ("stdin", "fd/0"), ("stdout", "fd/1"), ("stderr", "fd/2")):
        (root / "dev" / name).symlink_to(target)


def _bind(source: Path, target: Path) -> None:
    if source.is_dir():
        target.mkdir(parents=True, exist_ok=True)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.touch()
    kernel.mount(str(source), target, flags=kernel.MS_BIND | kernel.MS_REC)
