"""What of the sandbox this machine can give, and whom to ask for the rest."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from autograder.doctor.row import Row, State
from autograder.sandbox import cgroup

__all__ = ["container", "sandbox_rows"]

GROUP = "sandbox"
DOCKER_FLAGS = (
    "--security-opt seccomp=unconfined --security-opt apparmor=unconfined --security-opt systempaths=unconfined"
)
CONTAINER_FILES = {"/.dockerenv": "Docker", "/run/.containerenv": "Podman", "/.singularity.d": "Apptainer"}
OTHER_SYSTEM = "grading needs Linux: the container of autograder/bootstrap/Dockerfile has it (its first lines say how)"


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


def sandbox_rows() -> Iterator[Row]:
    """Yield a row for each layer, for who starts it, and for the limits of a whole submission."""
    if sys.platform != "linux":
        yield Row(GROUP, "Linux", sys.platform, State.BLOCKING, OTHER_SYSTEM)
        return
    from autograder.doctor import layers

    for layer in layers.LAYERS:
        said = layers.answer(layer.attempt)
        if said:
            yield Row(GROUP, layer.name, said, State.BLOCKING, remedy(layer.name, said))
        else:
            yield Row(GROUP, layer.name, "yes")
    version = layers.landlock_version()
    yield Row(GROUP, "Landlock", f"ABI {version}" if version else "not in this kernel; the sandbox does not use it")
    yield _user_row()
    yield _limits_row()


def remedy(layer: str, said: str) -> str:
    """Return what to do about a `layer` to which the kernel said `said`."""
    if layer == "seccomp filter":
        return "sudo apt-get install libseccomp2" if "libseccomp" in said else "a kernel with CONFIG_SECCOMP_FILTER"
    if kind := container():
        return _in_container(kind)
    if _setting("kernel/apparmor_restrict_unprivileged_userns") == "1":
        return "make system (as somebody who may use sudo) installs an AppArmor profile for this .venv's Python alone"
    if _setting("kernel/unprivileged_userns_clone") == "0":
        return "sudo sysctl -w kernel.unprivileged_userns_clone=1"
    if _setting("user/max_user_namespaces") == "0":
        return "sudo sysctl -w user.max_user_namespaces=15000"
    if layer == "a /proc of its own":
        return f"parts of /proc are masked, as containers do; for Docker: docker run {DOCKER_FLAGS} …"
    if shutil.which("sbatch"):
        return "ask who runs the Slurm nodes for user namespaces (user.max_user_namespaces above 0), or grade elsewhere"
    return f"in a chroot there are none: leave it; in a container: docker run {DOCKER_FLAGS} …"


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


def _user_row() -> Row:
    if os.geteuid() == 0:
        return Row(GROUP, "started by", "root; student code becomes an unprivileged user first")
    return Row(GROUP, "started by", f"uid {os.geteuid()}, not root; good so")


def _limits_row() -> Row:
    name = "cgroup limits"
    version = "v2" if (cgroup.ROOT / "cgroup.controllers").exists() else "v1"
    usable = {controller: folder for controller, folder in cgroup.available().items() if _can_make_group(folder)}
    lacking = sorted({"memory", "pids"} - set(usable))
    if not lacking:
        return Row(GROUP, name, f"{version}: memory and processes of a whole submission")
    return Row(
        GROUP,
        name,
        f"{version}: none for {' and '.join(lacking)}; limits bind each process alone",
        State.LESS,
        _limits_remedy(version),
    )


def _limits_remedy(version: str) -> str:
    if container():
        return "add to docker run: --cgroupns=host -v /sys/fs/cgroup:/sys/fs/cgroup:rw"
    if version == "v2":
        return "systemd-run --user --scope -p Delegate=yes make grade COHORT=…"
    return "grade as root, who may make groups here, or on a machine with cgroups v2"


def _can_make_group(folder: Path) -> bool:
    group = folder / f"t2p-doctor-{os.getpid()}"
    try:
        group.mkdir()
        group.rmdir()
    except OSError:
        return False
    return True
