"""The class that each grader meets: an attacker, an honest student after him, and the arena's questions."""

from __future__ import annotations

import copy
import json
import os
import re
import secrets
import shutil
import sys
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, ClassVar

from autograder.bench.others import NBGRADER, make_nbgrader_course, make_otter_zip
from autograder.bench.security.contain import Contained, contained
from autograder.bench.security.counterparts import COUNTERPARTS
from autograder.bench.security.questions import QUESTIONS, nbgrader_cell, otter_file

__all__ = ["ATTACKER", "CELL_SECONDS", "HONEST", "LIMIT_SECONDS", "SUBMISSION_SECONDS", "NbgraderClass", "OtterClass",
           "only_ours"]  # fmt: skip

SLUG = "01_arena"
ATTACKER, HONEST = "mallory", "zoe"
"""In the order in which every grader takes them."""
CELL_SECONDS = 15
"""What a careful instructor sets for a cell, the same where a grader has such a limit: nbgrader and ours."""
SUBMISSION_SECONDS = {"otter": 40, "ours": 20}
"""For a submission: ours has a limit, otter-grader, which has none, gets `timeout`. Either is some 20 s more than
honest work needs, since otter starts a kernel: whoever hangs until it ends him is not late yet."""
LIMIT_SECONDS = 120.0
"""For a class of the others."""
OURS_ALONE = re.compile(r"autograder\.sandbox|!I16s")
"""Attacks on our worker or on our frames: no other grader has them."""
Notebook = dict[str, Any]


def only_ours(attack: Any) -> bool:
    """Whether an attack is on a part that other graders do not have."""
    return attack.name not in COUNTERPARTS and bool(OURS_ALONE.search(attack.path.read_text("utf-8")))


@dataclass
class _Class:
    """What both classes share: hand in, plant canaries, run in a throw-away system."""

    battery: Any
    folder: Path
    """Where courses are made."""
    tokens: dict[str, str] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=count)
    grader: ClassVar[str]

    def __post_init__(self) -> None:
        """Choose what stands in places that an attacker must not read, and make the course that all cases copy."""
        places = ("home", "neighbour", "instructor", "environment")
        self.tokens = {place: f"PLANTED-{secrets.token_hex(8)}" for place in places}
        self.folder.mkdir(parents=True)
        self.prepare()

    def prepare(self) -> None:
        """Make the course that every case copies."""
        raise NotImplementedError

    def dress(self, notebook: Notebook) -> Notebook:
        """Return a notebook as this grader's students hand it in."""
        raise NotImplementedError

    def commands(self, *, pages: bool) -> list[list[str]]:
        """Return what the instructor types."""
        raise NotImplementedError

    def python(self) -> Path:
        """Return the Python that the grader runs with."""
        raise NotImplementedError

    def meet(self, attack: Any | None) -> Contained:
        """Return what was found after the class was graded; without an attack, both are honest."""
        course = self.folder / f"case{next(self.numbers)}"
        shutil.copytree(self.folder / "course", course)
        for student in (ATTACKER, HONEST):
            place = course / "submitted" / student / SLUG
            place.mkdir(parents=True)
            if attack is None or student == HONEST:
                solved = self.dress(self.battery.honest_notebook())
                (place / f"{SLUG}.ipynb").write_text(json.dumps(solved), encoding="utf-8")
            else:
                self._write(attack, place)
        (course / "submitted" / HONEST / SLUG / "neighbour.txt").write_text(self.tokens["neighbour"], encoding="utf-8")
        (course / "source" / "instructor.txt").write_text(self.tokens["instructor"], encoding="utf-8")
        try:
            return contained(
                course,
                self.commands(pages=attack is not None and attack.category == "pages"),
                [ATTACKER, HONEST],
                LIMIT_SECONDS,
                canaries={".bashrc": self.tokens["home"], "token.txt": self.tokens["home"]},
                environment=self._environment(),
                installations=[self._installation()],
            )
        finally:
            shutil.rmtree(course)

    def _write(self, attack: Any, place: Path) -> None:
        """Hand the attack in: its cells in this grader's notebook, its side files, its steps at home."""
        path = place / f"{SLUG}.ipynb"
        counterpart = COUNTERPARTS.get(attack.name, {}).get(self.grader)
        notebook = self.battery.notebook_of(attack)
        if counterpart is not None:
            notebook = self.battery.attack_notebook([("extra", counterpart)])
        if not attack.notebook_step:  # what is done to the notebook at home stays as it is
            notebook = self.dress(notebook)
        path.write_text(json.dumps(notebook), "utf-8", "surrogatepass")
        for name, data in attack.files.items():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_bytes(data)
        exec(compile(attack.folder_step, str(attack.path), "exec"), {"folder": place, "path": path})  # noqa: S102  (ours)

    def _environment(self) -> dict[str, str]:
        folders = [str(self.python().parent), "/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin"]
        return {
            "PATH": os.pathsep.join(folders),
            "LANG": "C.UTF-8",
            "OMP_NUM_THREADS": "1",
            "PLANTED_TOKEN": self.tokens["environment"],
        }

    def _installation(self) -> Path:
        raise NotImplementedError


class NbgraderClass(_Class):
    """Stock nbgrader: test cells with hidden tests, one after each part; a time limit for each cell."""

    grader = "nbgrader"

    def prepare(self) -> None:
        """Make the course with `nbgrader generate_assignment`."""
        source = json.dumps(_with_tests(self.battery.honest_notebook())).encode()
        make_nbgrader_course(SLUG, source, self.folder / "course", timeout=CELL_SECONDS)
        self.released = json.loads((self.folder / "course" / "release" / SLUG / f"{SLUG}.ipynb").read_text())

    def dress(self, notebook: Notebook) -> Notebook:
        """Return the released notebook with the cells of `notebook`: what is not solved stays empty."""
        answers = {_name(cell): cell["source"] for cell in notebook.get("cells", ()) if isinstance(cell, dict)}
        parts = {question.part for question in QUESTIONS}
        extras = [_extra(cell) for cell in notebook.get("cells", ()) if _is_extra(cell, self.battery)]
        made: Notebook = copy.deepcopy(self.released)
        cells = []
        for cell in made["cells"]:
            name = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
            if name in parts:
                cell["source"] = answers.get(name, "pass")
            cells.append(cell)
            if name == "imports":
                cells += extras
        made["cells"] = cells
        return made

    def commands(self, *, pages: bool) -> list[list[str]]:
        """Grade the class; for attacks on pages, write the feedback too."""
        grade = [[str(NBGRADER), "autograde", SLUG, "--create"]]
        return grade + ([[str(NBGRADER), "generate_feedback", SLUG]] if pages else [])

    def python(self) -> Path:
        """Return the Python of this environment."""
        return Path(sys.executable)

    def _installation(self) -> Path:
        return Path(sysconfig.get_paths()["purelib"])


class OtterClass(_Class):
    """otter-grader without its container: `otter run` for each submission, hidden test cases, `timeout` around it."""

    grader = "otter"

    def __init__(self, battery: Any, folder: Path, python: Path) -> None:
        self._python = python
        super().__init__(battery, folder)

    def prepare(self) -> None:
        """Make the course with `otter generate`."""
        course = self.folder / "course"
        (course / "source").mkdir(parents=True)
        tests = {part: otter_file(part) for part in dict.fromkeys(question.part for question in QUESTIONS)}
        make_otter_zip(self._python, tests, course)

    def dress(self, notebook: Notebook) -> Notebook:
        """Return the notebook as it is, with the imports that the template has."""
        imports = next(cell for cell in self.battery.honest_notebook()["cells"] if cell["id"] == "imports")
        made = copy.deepcopy(notebook)
        if not any(_name(cell) == "imports" for cell in made.get("cells", ())):
            made["cells"].insert(0, imports)
        made["metadata"] = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        return made

    def commands(self, *, pages: bool) -> list[list[str]]:
        """Grade one student after the other."""
        del pages  # otter writes none
        otter, limit = str(self._python.with_name("otter")), str(SUBMISSION_SECONDS["otter"])
        run = ["timeout", "-k", "5", limit, otter, "run", "-a", "autograder.zip", "--no-logo"]
        commands = []
        for student in (ATTACKER, HONEST):
            results, notebook = f"results/{student}", f"submitted/{student}/{SLUG}/{SLUG}.ipynb"
            make = ["sh", "-c", 'mkdir -p "$0" && exec "$@"', results]
            commands.append([*make, *run, "-o", results, notebook])
        return commands

    def python(self) -> Path:
        """Return the Python of otter's environment."""
        return self._python

    def _installation(self) -> Path:
        return next((self._python.parent.parent / "lib").glob("python3*/site-packages"))


def _with_tests(notebook: Notebook) -> Notebook:
    """Return the instructor's notebook: after each part its test cells."""
    cells: list[dict[str, Any]] = []
    for cell in notebook["cells"]:
        own = [question for question in QUESTIONS if question.part == cell["id"]]
        solution = cell["metadata"].get("nbgrader", {}).get("solution", False)
        cells.append(cell | ({"metadata": _metadata(cell["id"], solution=True)} if solution else {}))
        cells += [
            {"cell_type": "code", "id": question.name.replace("_", "-"), "source": nbgrader_cell(question)}
            | {"metadata": _metadata(question.name, points=question.points), "outputs": [], "execution_count": None}
            for question in own
        ]
    return notebook | {"cells": cells}


def _metadata(name: str, *, solution: bool = False, points: float | None = None) -> dict[str, Any]:
    test = (
        {"grade": True, "locked": True, "points": points} if points is not None else {"grade": False, "locked": False}
    )
    return {"nbgrader": {"grade_id": name, "schema_version": 3, "solution": solution, "task": False, **test}}


def _name(cell: Any) -> str:
    metadata = cell.get("metadata") if isinstance(cell, dict) else None
    found = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    return str(found.get("grade_id", "")) if isinstance(found, dict) else ""


def _is_extra(cell: Any, battery: Any) -> bool:
    known = {one.id for one in battery.arena_source().cells}
    return isinstance(cell, dict) and cell.get("cell_type") == "code" and _name(cell) not in known


def _extra(cell: dict[str, Any]) -> dict[str, Any]:
    return {"cell_type": "code", "id": f"extra-{secrets.token_hex(4)}", "metadata": {}, "outputs": []} | {
        "source": cell.get("source", ""),
        "execution_count": None,
    }
