"""What one submission's processes may use, as the kernel enforces it on each of them."""

from __future__ import annotations

import resource

import msgspec

from autograder.sandbox import kernel

__all__ = ["Limits", "offer_to_memory_killer", "set_limits"]

DESCRIPTORS, LOCKED_BYTES, SIGNALS = 1024, 64 << 20, 1024
CORE_BYTES = 1
"""Less than any core dump, so none is written. Not 0: where core dumps go to a program (`|` in
/proc/sys/kernel/core_pattern), the kernel starts it for each crash, as root and outside of every limit, unless this
number is exactly 1; see core_pattern in Linux's fs/coredump.c."""


class Limits(msgspec.Struct, frozen=True):
    """What the kernel enforces on one submission's processes."""

    memory_bytes: int
    files_bytes: int
    processes: int
    cpu_seconds: int
    cores: int = 1
    """As many as the exercise has threads, on any machine: the same work then takes the same way everywhere."""


def set_limits(limits: Limits) -> None:
    """Bound this process and its children; never beyond what its hard limits are already."""
    for kind, value in (
        (resource.RLIMIT_DATA, kernel.data_bytes() + limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_NPROC, limits.processes),
        (resource.RLIMIT_FSIZE, limits.files_bytes),
        (resource.RLIMIT_NOFILE, DESCRIPTORS),
        (resource.RLIMIT_CORE, CORE_BYTES),
        (resource.RLIMIT_MEMLOCK, LOCKED_BYTES),
        (resource.RLIMIT_SIGPENDING, SIGNALS),  # the kernel keeps each in memory that nothing else counts
        (resource.RLIMIT_MSGQUEUE, 0),
        (resource.RLIMIT_RTPRIO, 0),  # some machines let every user take priority over all others
        (resource.RLIMIT_NICE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        bound = _least(value, hard)
        resource.setrlimit(kind, (bound, bound))
    soft, hard = resource.getrlimit(resource.RLIMIT_STACK)
    most = _least(limits.memory_bytes, hard)
    # the soft one stays: it is how much a program's threads take each
    resource.setrlimit(resource.RLIMIT_STACK, (_least(most, soft), most))


def _least(value: int, limit: int) -> int:
    return value if limit == resource.RLIM_INFINITY else min(value, limit)


def offer_to_memory_killer() -> None:
    """Where memory runs out, the submission goes first."""
    kernel.write_file("/proc/self/oom_score_adj", "1000")
