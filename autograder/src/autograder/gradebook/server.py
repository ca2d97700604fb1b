"""The formgrader for staff: a Jupyter server on loopback that serves all it needs itself."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import UserError
from autograder.manifest import Cohort

__all__ = ["FormgraderServer", "formgrader_server"]

LOOPBACK = "127.0.0.1"
SECONDS_TO_START = 60.0


@dataclass(frozen=True)
class FormgraderServer:
    """A running server; `url` logs in and opens the list of assignments."""

    address: str
    token: str
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def url(self) -> str:
        """Where staff begin: a token in the formgrader's own address would open its page, but not its API."""
        return f"{self.address}/login?next=%2Fformgrader%2Fmanage_assignments&token={self.token}"


@contextmanager
def formgrader_server(cohort: Cohort, *, port: int = 0) -> Iterator[FormgraderServer]:
    """Serve the cohort's formgrader on loopback until the block ends; port 0 takes a free one.

    Raises UserError when the cohort was never released, the port is taken, or the server does not come up.
    """
    course = cohort.nbgrader_course
    if not (course / "nbgrader_config.py").is_file():
        raise UserError(
            f"cohort {cohort.name} has no course yet: run 'make release COHORT={cohort.name} EXERCISE=SLUG' first"
        )
    state = cohort.folder / ".jupyter"
    state.mkdir(mode=0o700, exist_ok=True)
    chosen, token, log = _free_port(port), secrets.token_urlsafe(32), state / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            _command(course, chosen), cwd=course, env=_environment(state, token), stdout=output, stderr=output
        )
    try:
        _wait_until_it_answers(process, chosen, log)
        yield FormgraderServer(f"http://{LOOPBACK}:{chosen}", token, process, log)
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _command(course: Path, port: int) -> list[str]:
    command = [
        *(sys.executable, "-m", "jupyter_server"),
        "--ServerApp.open_browser=False",
        f"--ServerApp.ip={LOOPBACK}",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        f"--ServerApp.root_dir={course}",
        "--ServerApp.terminals_enabled=False",
        # Notebooks of students can be opened here, and must not run here.
        "--ServerApp.authorizer_class=autograder.gradebook.no_kernels.NoKernels",
    ]
    return [*command, "--allow-root"] if os.geteuid() == 0 else command


def _environment(state: Path, token: str) -> dict[str, str]:
    """Keep a person's own Jupyter settings out, and the token out of the list of processes."""
    programs = str(Path(sys.prefix) / "bin")
    return {
        **os.environ,
        "JUPYTER_CONFIG_DIR": str(state / "config"),
        "JUPYTER_RUNTIME_DIR": str(state / "runtime"),
        "JUPYTER_TOKEN": token,
        "PATH": os.pathsep.join([programs, os.environ.get("PATH", os.defpath)]),
    }


def _free_port(wanted: int) -> int:
    with closing(socket.socket()) as probe:
        # As Jupyter does: a port that was in use a moment ago can be had.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, wanted))
        except (OSError, OverflowError) as error:
            raise UserError(f"port {wanted} on {LOOPBACK} cannot be had: choose another, or none") from error
        return int(probe.getsockname()[1])


def _wait_until_it_answers(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection((LOOPBACK, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise UserError(f"the formgrader's server did not start on port {port}; its own words are in {log}")
