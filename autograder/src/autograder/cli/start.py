"""Start the command in the environment it needs, and end it with one line and an exit code."""

from __future__ import annotations

import os
import sys

import click

from autograder.cli.group import GRADING, cli
from autograder.environment import for_forks, venv_bin_first
from autograder.errors import AutograderError

__all__ = ["main"]

INTERRUPTED = 130


def main() -> None:
    """Run the command; a user's mistake ends with one line and exit code 2, a grader's fault with 3."""
    venv_bin_first()
    _start_again_for_forks()
    try:
        cli.main(prog_name="autograder", standalone_mode=False)
    except click.exceptions.Exit as end:
        sys.exit(end.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped", err=True)
        sys.exit(INTERRUPTED)
    except AutograderError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(error.exit_code)


def _start_again_for_forks() -> None:
    """Start again, once and only for commands that grade, in an environment that makes forks safe and cheap.

    Its huge pages took 26 ms of CPU a submission to 18 ms.
    """
    if not GRADING & set(sys.argv[1:2]) or "GLIBC_TUNABLES" in os.environ or sys.platform != "linux":
        return
    preloaded = {name: value for name, value in os.environ.items() if name == "LD_PRELOAD"}
    os.environ |= for_forks() | preloaded
    os.execv(sys.executable, [sys.executable, "-m", "autograder.cli", *sys.argv[1:]])  # noqa: S606  (this very program)
