"""Which layer failed, and what to do about it: said in the same words when grading refuses and by `autograder doctor`.

Needs the standard library alone: set-up asks before any package is installed.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

__all__ = ["DOCKER_FLAGS", "LANDLOCK", "SECCOMP", "container", "layer", "remedy"]

SECCOMP, LANDLOCK, OWN_PROC, LIMITS = "seccomp filter", "Landlock", "a /proc of its own", "resource limits"
DOCKER_FLAGS = (
    "--security-opt seccomp=unconfined --security-opt apparmor=unconfined --security-opt systempaths=unconfined"
)
CONTAINER_FILES = {"/.dockerenv": "Docker", "/run/.containerenv": "Podman", "/.singularity.d": "Apptainer"}


@contextlib.contextmanager
def layer(name: str) -> Iterator[None]:
    """Give an OSError from the body the name of the layer that it makes."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno or 0, f"{name}: {error.strerror or error}") from error


def remedy(name: str, said: str) -> str:
    """Return what to do about the layer `name`, to which the kernel said `said`."""
    if name == SECCOMP:
        return "sudo apt-get install libseccomp2" if "libseccomp" in said else "a kernel with CONFIG_SECCOMP_FILTER"
    if name == LANDLOCK:
        return "a kernel from 5.13 with CONFIG_SECURITY_LANDLOCK, and `landlock` among those of its option lsm="
    if name == LIMITS:
        return "raise the hard limits of the shell that grades (ulimit -H -a shows them)"
    if kind := container():
        return _in_container(kind)
    if _setting("kernel/apparmor_restrict_unprivileged_userns") == "1":
        return "make system (as somebody who may use sudo) installs an AppArmor profile for this .venv's Python alone"
    if _setting("kernel/unprivileged_userns_clone") == "0":
        return "sudo sysctl -w kernel.unprivileged_userns_clone=1"
    if _setting("user/max_user_namespaces") == "0":
        return "sudo sysctl -w user.max_user_namespaces=15000"
    if name == OWN_PROC:
        return f"parts of /proc are masked, as containers do; for Docker: docker run {DOCKER_FLAGS} …"
    if shutil.which("sbatch"):
        return "ask who runs the Slurm nodes for user namespaces (user.max_user_namespaces above 0), or grade elsewhere"
    return f"in a chroot there are none: leave it; in a container: docker run {DOCKER_FLAGS} …"


def container() -> str:
    """Return what kind of container this process is in, or an empty string."""
    for file, kind in CONTAINER_FILES.items():
        if Path(file).exists():
            return kind
    if "KUBERNETES_SERVICE_HOST" in os.environ:
        return "Kubernetes"
    for file in ("/run/systemd/container", "/run/host/container-manager"):
        with contextlib.suppress(OSError):
            return Path(file).read_text(encoding="utf-8").strip()
    return ""


def _in_container(kind: str) -> str:
    if kind == "Kubernetes":
        return (
            "securityContext of the pod: seccompProfile and appArmorProfile of type Unconfined, procMount: Unmasked, "
            "and hostUsers: false"
        )
    if kind == "Apptainer":
        return "start it outside Apptainer: a container without rights cannot give any"
    program = "podman" if kind == "Podman" else "docker"
    return f"{program} run {DOCKER_FLAGS} …"


def _setting(name: str) -> str:
    try:
        return Path("/proc/sys", name).read_text(encoding="utf-8").strip()
    except OSError:
        return ""
