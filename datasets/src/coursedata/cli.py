"""The command line; every command ends with 0 (all well), 1 (something to do) or 2 (could not be done)."""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from coursedata import __version__
from coursedata.console import Row, render, say
from coursedata.errors import CourseDataError

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    arguments = _parser().parse_args(argv)
    try:
        code: int = arguments.run(arguments)
    except CourseDataError as error:
        say(str(error), sys.stderr)
        return 2
    except KeyboardInterrupt:
        say("stopped", sys.stderr)
        return 130
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m coursedata", description="Helps with the course Tensor to Pulse.")
    parser.add_argument("--version", action="version", version=f"coursedata {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    doctor = commands.add_parser("doctor", help="is this machine ready for the course?")
    doctor.add_argument("--json", action="store_true", help="as JSON, to send to your instructor")
    doctor.set_defaults(run=_doctor)
    preflight = commands.add_parser("preflight", help="what would break or lose points in a notebook?")
    preflight.add_argument("notebooks", nargs="+", type=Path, metavar="NOTEBOOK")
    preflight.add_argument("--run", dest="execute", action="store_true", help="also run it from top to bottom")
    preflight.add_argument("--json", action="store_true", help="as JSON")
    preflight.set_defaults(run=_preflight)
    fetch = commands.add_parser("fetch", help="download a data set, verified; without a name: list them")
    fetch.add_argument("names", nargs="*", metavar="NAME")
    fetch.set_defaults(run=_fetch)
    return parser


def _doctor(arguments: argparse.Namespace) -> int:
    from coursedata.doctor import examine

    rows = list(examine())
    problems = sum(row.sign == "problem" for row in rows)
    if arguments.json:
        _say_json({"coursedata": __version__, "ready": not problems, "rows": [dataclasses.asdict(row) for row in rows]})
    else:
        say(render(rows))
        say(f"\n{_count(problems, 'thing')} to mend: see above." if problems else "\nReady: nothing to mend.")
    return 1 if problems else 0


def _preflight(arguments: argparse.Namespace) -> int:
    from coursedata.preflight import verdict

    worst, documents = 0, []
    for path in arguments.notebooks:
        result = verdict(path, execute=arguments.execute)
        worst = max(worst, result.code)
        if arguments.json:
            rows = [dataclasses.asdict(row) for row in result.rows]
            documents.append({"notebook": str(path), "code": result.code, "next": result.todo, "rows": rows})
        else:
            say(f"{render(result.rows)}\n\n{result.todo}\n")
    if arguments.json:
        _say_json(documents)
    return worst


def _fetch(arguments: argparse.Namespace) -> int:
    from coursedata.download import fetch
    from coursedata.registry import registry

    if not arguments.names:
        rows = [
            Row("ok", item.name, f"{item.title}; {item.licence}; {item.bytes / 1e6:.1f} MB")
            for item in registry().values()
        ]
        say(render(rows))
    for name in arguments.names:
        say(str(fetch(name)))
    return 0


def _say_json(document: object) -> None:
    say(json.dumps(document, indent=1))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
