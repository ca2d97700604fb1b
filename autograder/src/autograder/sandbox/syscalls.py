"""Which system calls student code may make: a list of what honest work needs, everything else is refused.

Calls that are on no list answer ENOSYS, as a kernel does that never heard of them: the C library and every program then
take their older way. Calls that reach for other processes or for the machine answer EPERM, so that an honest error
message says what happened. Names that an architecture lacks are skipped.

A CUDA process needs, beside this: every `ioctl` on /dev/nvidia*, and mbind, get_mempolicy, set_mempolicy and move_pages
for pinned memory. `memfd_create`, `mlock` and Unix sockets, which it needs too, are here.
"""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = ["ALLOWED", "FILTERED", "IDLE", "INT", "REFUSED", "Equal"]

ALLOWED: Final = (
    # memory: the allocator, NumPy and torch; locked memory is bounded by a limit
    *("brk", "mmap", "mmap2", "munmap", "mprotect", "mremap", "madvise", "msync", "mincore", "memfd_create"),
    *("mlock", "mlock2", "munlock", "mlockall", "munlockall", "pkey_alloc", "pkey_free", "pkey_mprotect"),
    # reading and writing what is open
    *("read", "write", "readv", "writev", "pread64", "pwrite64", "preadv", "pwritev", "preadv2", "pwritev2"),
    *("lseek", "_llseek", "close", "close_range", "dup", "dup2", "dup3", "flock"),
    *("ftruncate", "truncate", "fallocate", "sendfile", "copy_file_range"),
    # folders and names: mounts, which are read-only but for sized folders, say what may be written
    *("open", "openat", "openat2", "creat", "stat", "lstat", "fstat", "newfstatat", "statx", "statfs", "fstatfs"),
    *("access", "faccessat", "faccessat2", "getdents", "getdents64", "getcwd", "chdir", "fchdir", "umask"),
    *("mkdir", "mkdirat", "rmdir", "rename", "renameat", "renameat2", "link", "linkat", "symlink", "symlinkat"),
    *("unlink", "unlinkat", "readlink", "readlinkat", "mknod", "mknodat", "utime", "utimes", "utimensat"),
    *("chmod", "fchmod", "fchmodat", "fchmodat2", "chown", "lchown", "fchown", "fchownat", "futimesat"),
    *("getxattr", "lgetxattr", "fgetxattr", "listxattr", "llistxattr", "flistxattr"),  # shutil.copy2 asks
    # waiting: asyncio, subprocess, multiprocessing
    *("pipe", "pipe2", "poll", "ppoll", "select", "pselect6", "epoll_create", "epoll_create1", "epoll_ctl"),
    *("epoll_wait", "epoll_pwait", "epoll_pwait2", "eventfd", "eventfd2", "signalfd", "signalfd4"),
    *("timerfd_create", "timerfd_settime", "timerfd_gettime"),
    # sockets between processes of the submission; families and protocols are filtered
    *("bind", "connect", "listen", "accept", "accept4", "getsockname", "getpeername", "shutdown", "getsockopt"),
    *("sendto", "sendmsg", "sendmmsg", "recvfrom", "recvmsg", "recvmmsg"),
    # processes and threads of the submission, which are alone in their pid namespace: `!ls`, DataLoader, OpenMP
    *("fork", "vfork", "execve", "exit", "exit_group", "wait4", "waitid", "kill", "tkill", "tgkill"),
    *("rt_sigqueueinfo", "rt_tgsigqueueinfo", "pidfd_open", "pidfd_send_signal", "setpgid"),
    *("getpid", "getppid", "gettid", "getpgid", "getpgrp", "getsid", "set_tid_address", "set_robust_list"),
    *("get_robust_list", "rseq", "arch_prctl", "futex", "futex_waitv", "sched_yield", "sched_getaffinity"),
    *("sched_getparam", "sched_getscheduler", "sched_getattr", "sched_get_priority_max"),
    *("sched_get_priority_min", "sched_rr_get_interval", "getpriority", "setpriority", "getcpu"),
    *("getrlimit", "getrusage", "times", "sysinfo", "uname", "capget", "restart_syscall"),
    *("getuid", "geteuid", "getgid", "getegid", "getresuid", "getresgid", "getgroups"),
    # signals
    *("rt_sigaction", "rt_sigprocmask", "rt_sigpending", "rt_sigreturn", "rt_sigsuspend", "rt_sigtimedwait"),
    *("sigaltstack", "pause", "alarm", "getitimer", "setitimer"),
    # time and chance
    *("clock_gettime", "clock_getres", "clock_nanosleep", "nanosleep", "gettimeofday", "time", "getrandom"),
    *("timer_create", "timer_settime", "timer_gettime", "timer_getoverrun", "timer_delete"),
)

IDLE: Final = (
    *("setsid", "sched_setaffinity"),
    *("fsync", "fdatasync", "sync_file_range", "fadvise64"),
)
"""Answered with success and not done: many a library calls them, and none needs them. A submission's cores are its
slot's, and a session of its own is what the kernel shares a core out to: with more of them it would get more. All that
it can write to lies in memory; through a file of the installation it would keep the machine's disk busy."""

REFUSED: Final = (
    # other processes' memory, files and fate
    *("ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "process_mrelease", "kcmp", "pidfd_getfd"),
    # mounts, roots, namespaces, files by handle
    *("mount", "umount2", "pivot_root", "chroot", "mount_setattr", "move_mount", "open_tree", "open_tree_attr"),
    *("fsopen", "fsmount", "fsconfig", "fspick", "statmount", "listmount", "unshare", "setns"),
    *("open_by_handle_at", "name_to_handle_at", "quotactl", "quotactl_fd", "swapon", "swapoff"),
    # keys, programs in the kernel, page faults, rings: less walked paths, and holes of the past
    *("keyctl", "add_key", "request_key", "bpf", "userfaultfd", "perf_event_open", "io_uring_setup"),
    *("io_uring_enter", "io_uring_register", "seccomp", "memfd_secret", "modify_ldt", "personality"),
    # System V memory, queues and POSIX queues: counted by the machine or by nobody, not by the submission
    *("shmget", "shmat", "shmctl", "shmdt", "semget", "semop", "semtimedop", "semctl", "msgget", "msgsnd", "msgrcv"),
    *("msgctl", "mq_open", "mq_unlink", "mq_timedsend", "mq_timedreceive", "mq_notify", "mq_getsetattr"),
    # counted for all submissions together, so that one could take what another needs; sync waits for every disk
    *("inotify_init", "inotify_init1", "inotify_add_watch", "fanotify_init", "fanotify_mark", "io_setup", "sync"),
    *("syncfs", "splice", "tee", "vmsplice"),
    # priority over others
    *("sched_setscheduler", "sched_setparam", "sched_setattr", "ioprio_set"),
    # the machine
    *("kexec_load", "kexec_file_load", "init_module", "finit_module", "delete_module", "reboot", "acct", "iopl"),
    *("ioperm", "syslog", "settimeofday", "clock_settime", "clock_adjtime", "adjtimex", "sethostname"),
    *("setdomainname", "lookup_dcookie", "vhangup", "nfsservctl"),
    # becoming somebody else
    *("setuid", "setgid", "setreuid", "setregid", "setresuid", "setresgid", "setgroups", "setfsuid", "setfsgid"),
    "capset",
)


INT: Final = 0xFFFFFFFF
"""What the kernel looks at where it takes an int: the register's bits above it are anybody's."""
POINTER: Final = 0xFFFFFFFFFFFFFFFF


class Equal(NamedTuple):
    """A condition: the call's argument number `argument` (from 0), masked, is `value`."""

    argument: int
    value: int
    mask: int = INT


NEW_NAMESPACES = 0x7E020000
UNIX, INET, INET6, NETLINK = 1, 2, 10, 16
ROUTES = 0
INTERNET_PROTOCOLS = (0, 1, 6, 17)
"""Any, ICMP, TCP and UDP: for SCTP, DCCP or L2TP the kernel would load a module."""
SOL_IP, SOL_SOCKET, SOL_TCP, SOL_IPV6, IPV6_V6ONLY = 0, 1, 6, 41, 26
BELOW_16, BELOW_64 = INT & ~15, INT & ~63
"""Masks of the bits that are 0 in numbers below 16 and below 64."""
SOCKET_OPTIONS = (
    *((SOL_SOCKET, option) for option in (16, 20, 21, 66, 67)),  # credentials, time-outs
    (SOL_IPV6, IPV6_V6ONLY),
)
"""Beside those below 16. SO_ATTACH_FILTER and TCP_ULP, which bring programs and protocols, are above."""
FILE_COMMANDS = range(1030, 1035)
"""Close on exec, pipe sizes, seals. Not 1024 and 1026, leases and notices: a lease keeps a file's owner waiting."""
CONTROLS = (
    *(0x5401, 0x802C542A, 0x5413, 0x540F),  # is it a terminal, how wide, whose? TIOCSTI and TIOCLINUX are not here
    *(0x541B, 0x5421, 0x5450, 0x5451),  # bytes waiting, non-blocking, close on exec
    *(0x40049409, 0x4020940D, 0x80086601),  # copies that share blocks, flags
    *(0x8910, 0x8912, 0x8913, 0x8915, 0x8921, 0x8927, 0x8933),  # which network interfaces are there? uuid asks
)
PROCESS_OPTIONS = (
    *(1, 2, 3, 15, 16),  # a signal at the parent's death; dumpable? name
    *(21, 23, 36, 37, 38, 39),  # filtered? bounding set? reaping, no new privileges
    *(29, 30, 41, 42, 51, 56, 64, 0x41555856, 0x53564D41),  # timer slack, huge pages, vectors, names of mappings
)

CORE, RESOURCES = 4, range(16)
"""RLIMIT_CORE must stay what it is: see limits.py."""

FILTERED: Final[tuple[tuple[str, tuple[Equal, ...]], ...]] = (
    ("clone", (Equal(0, 0, NEW_NAMESPACES),)),
    ("socket", (Equal(0, UNIX),)),
    *(("socket", (Equal(0, family), Equal(2, known))) for family in (INET, INET6) for known in INTERNET_PROTOCOLS),
    ("socket", (Equal(0, NETLINK), Equal(2, ROUTES))),  # getaddrinfo asks which addresses are there
    ("socketpair", (Equal(0, UNIX),)),
    *(("setsockopt", (Equal(1, level), Equal(2, 0, BELOW_16))) for level in (SOL_IP, SOL_SOCKET, SOL_TCP)),
    *(("setsockopt", (Equal(1, level), Equal(2, option))) for level, option in SOCKET_OPTIONS),
    *((name, (Equal(1, 0, BELOW_64),)) for name in ("fcntl", "fcntl64")),
    *((name, (Equal(1, command),)) for name in ("fcntl", "fcntl64") for command in FILE_COMMANDS),
    *(("ioctl", (Equal(1, request),)) for request in CONTROLS),
    *(("prctl", (Equal(0, option),)) for option in PROCESS_OPTIONS),
    ("prlimit64", (Equal(2, 0, POINTER),)),  # asks only
    *(("prlimit64", (Equal(1, resource),)) for resource in RESOURCES if resource != CORE),
    *(("setrlimit", (Equal(0, resource),)) for resource in RESOURCES if resource != CORE),
)
"""Calls that pass only where all conditions of one of their lines hold."""
