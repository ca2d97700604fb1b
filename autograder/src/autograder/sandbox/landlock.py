"""Landlock, where the kernel has it: a second, independent word on which files student code may open, and how.

The mounts say the same already. This holds where a mount was forgotten, or where a hole in the kernel lets a process
out of its root; it also forbids TCP, and signals and abstract sockets to whoever is outside.
"""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Mapping
from functools import lru_cache

__all__ = ["ALL", "DEVICE", "LIST", "READ", "RUN", "restrict", "version"]

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR, TRUNCATE, IOCTL_DEVICE = 1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 14, 1 << 15
LIST = READ_DIR
READ = READ_FILE | READ_DIR
RUN = READ | EXECUTE
DEVICE = READ | WRITE_FILE | TRUNCATE | IOCTL_DEVICE
ALL = (1 << 16) - 1
KNOWN_SINCE = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: ALL}
"""Rights to files that a version of the kernel's interface knows, and so handles."""
TCP_BIND_AND_CONNECT, TCP_SINCE = 3, 4
ABSTRACT_SOCKETS_AND_SIGNALS, SCOPES_SINCE = 3, 6
NO_LOG, LOG_SINCE = 1, 7
"""Refusals by the million would fill the machine's log."""
SYS_CREATE_RULESET, SYS_ADD_RULE, SYS_RESTRICT_SELF = 444, 445, 446
ASK_VERSION, PATH_BENEATH = 1, 1

libc = ctypes.CDLL(None, use_errno=True)


@lru_cache(maxsize=1)
def version() -> int:
    """Return the version of the kernel's Landlock interface, 0 where it has none or it is switched off."""
    found: int = libc.syscall(SYS_CREATE_RULESET, None, 0, ASK_VERSION)
    return max(found, 0)


def restrict(rights: Mapping[str, int]) -> None:
    """Leave this process, which needs "no new privileges", and its children only `rights` below each folder.

    Raises OSError where the kernel, which has Landlock, refuses.
    """
    known = KNOWN_SINCE[max(since for since in KNOWN_SINCE if since <= version())]
    network = TCP_BIND_AND_CONNECT if version() >= TCP_SINCE else 0
    scopes = ABSTRACT_SOCKETS_AND_SIGNALS if version() >= SCOPES_SINCE else 0
    attributes = struct.pack("QQQ", known, network, scopes)
    ruleset = _call(SYS_CREATE_RULESET, attributes, len(attributes), 0)
    try:
        for folder, right in rights.items():
            _allow(ruleset, folder, right & known)
        _call(SYS_RESTRICT_SELF, ruleset, NO_LOG if version() >= LOG_SINCE else 0)
    finally:
        os.close(ruleset)


def _allow(ruleset: int, folder: str, right: int) -> None:
    descriptor = os.open(folder, os.O_PATH | os.O_CLOEXEC)
    try:
        _call(SYS_ADD_RULE, ruleset, PATH_BENEATH, struct.pack("=Qi", right, descriptor), 0)
    finally:
        os.close(descriptor)


def _call(number: int, *arguments: int | bytes) -> int:
    result: int = libc.syscall(number, *arguments)
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return result
