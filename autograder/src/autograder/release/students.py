"""What students download: notebooks, decks, the `coursedata` wheel, a README, a guide, and all of it as one zip."""

from __future__ import annotations

import logging
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from autograder.errors import GraderFault
from autograder.manifest import Cohort, Exercise, Repository

__all__ = ["build_wheel", "fix_pdf_dates", "write_guide", "write_readme", "write_zip"]

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every file in the zip: the earliest that the format knows."""
PDF_DATE = "D:19800101000000Z"


def build_wheel(repo: Repository, folder: Path) -> Path:
    """Build the wheel of `coursedata` into `folder`, with the same bytes for the same sources; return it."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "315532800", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        command, cwd=repo.root / "datasets", env=environment, capture_output=True, text=True, check=False
    )
    wheels = sorted(folder.glob("*.whl"))
    if done.returncode or len(wheels) != 1:
        words = (done.stdout + done.stderr).strip().splitlines()[-1:] or ["no reason was given"]
        raise GraderFault(f"the wheel of coursedata could not be built: {words[0]}")
    return wheels[0]


def fix_pdf_dates(path: Path) -> None:
    """Write a PDF anew without the moment at which it was made, so that the same deck has the same bytes."""
    from pypdf import PdfWriter

    logging.getLogger("pypdf").setLevel(logging.ERROR)  # it would warn of a count of objects that it mends itself
    writer = PdfWriter(clone_from=path)
    writer.add_metadata({"/CreationDate": PDF_DATE, "/ModDate": PDF_DATE})
    writer.write(path)


def write_guide(repo: Repository, folder: Path, wheel: str) -> Path | None:
    """Write the student guide into `folder` as GUIDE.md, with the name of its wheel; return it, None without one."""
    source = repo.root / "docs" / "student-guide.md"
    if not source.is_file():
        return None
    path = folder / "GUIDE.md"
    text = re.sub(r"coursedata-[\w.]+-py3-none-any\.whl", wheel, source.read_text("utf-8"))
    path.write_text(text, "utf-8", newline="\n")
    return path


def write_readme(folder: Path, cohort: Cohort, exercises: list[Exercise], wheel: str) -> Path:
    """Write the students' README.md into `folder`, for what lies there already; return it."""
    environment = Environment(
        loader=PackageLoader("autograder.release"),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701  (Markdown from the instructor's own files)
        keep_trailing_newline=True,
    )
    text = environment.get_template("README.md.j2").render(
        cohort=cohort,
        name=folder.name,
        wheel=wheel,
        decks=any(folder.glob("slides/*")),
        pdfs=any(folder.glob("slides/*.pdf")),
        guide=(folder / "GUIDE.md").is_file(),
        python=sys.version_info[:2],
        dated=any(cohort.due(exercise.slug) for exercise in exercises if exercise.points),
        rows=[_row(exercise, cohort) for exercise in exercises],
    )
    path = folder / "README.md"
    path.write_text(text, "utf-8", newline="\n")
    return path


def _row(exercise: Exercise, cohort: Cohort) -> dict[str, Any]:
    due = cohort.due(exercise.slug)
    return {
        "slug": exercise.slug,
        "title": exercise.title,
        "minutes": f"{exercise.minutes:g}",
        "points": f"{exercise.points:g}" if exercise.points else "none",
        "due": f"{cohort.local(due):%Y-%m-%d %H:%M} ({cohort.timezone})" if due else "no date",
    }


def write_zip(folder: Path, archive: Path) -> Path:
    """Write the files below `folder` into `archive`, under its name, with the same bytes for the same files."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(f"{folder.name}/{path.relative_to(folder).as_posix()}", EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            packed.writestr(entry, path.read_bytes())
    return archive
