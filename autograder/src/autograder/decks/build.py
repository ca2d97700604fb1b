"""Builds decks: pages for students without notes, pages for the lecturer with notes, both light and dark, and PDF."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.decks.fill import fill
from autograder.decks.marp import run_marp
from autograder.decks.rules import stop_rules
from autograder.decks.source import read_deck, slugs_of
from autograder.environment import chromium_path
from autograder.errors import UserError
from autograder.manifest import Cohort, Repository
from autograder.progress import Say

__all__ = ["Built", "build", "write_sources"]

NO_CHROMIUM = "no Chromium here, so decks are HTML only: `autograder doctor` says how to get one"


@dataclass(frozen=True)
class Built:
    """What was written, and what could not be."""

    files: list[Path]
    notes: list[str]
    """One line for each thing that this machine could not make."""


@dataclass(frozen=True)
class Edition:
    """One kind of file that is made of every deck."""

    folder: str
    suffix: str
    notes: bool
    dark: bool = False
    options: tuple[str, ...] = ()


def build(
    repo: Repository,
    slugs: list[str] | None = None,
    *,
    cohort: Cohort | None = None,
    out: Path | None = None,
    notes: bool = True,
    pdf: bool = True,
    progress: Say | None = None,
) -> Built:
    """Build the decks `slugs` (default: all) into `out` (default: slides/build): `students/` and `instructor/`.

    `students/SLUG.html` holds no presenter's notes, `instructor/SLUG.html` does; `SLUG.dark.html` is the dark variant.
    Nothing is written when anything is wrong: UserError then names the deck, the line and what to do.
    """
    slugs = slugs_of(repo) if slugs is None else slugs
    if not slugs:
        return Built([], ["there is no deck yet: a deck is slides/NN_topic.md"])
    out = out or repo.slides / "build"
    chromium = chromium_path()
    editions = list(_editions(notes=notes, pdf=pdf and chromium is not None))
    steps, made = len(slugs) * len(editions), 0

    def one_more() -> None:
        nonlocal made
        made += 1
        if progress:
            progress("decks", made, steps)

    if progress:
        progress("decks", 0, steps)
    with tempfile.TemporaryDirectory(prefix="t2p-decks-") as temporary:
        source = write_sources(repo, slugs, cohort, Path(temporary) / "source")
        fresh = []
        for edition in editions:
            folder = Path(temporary) / edition.folder / edition.suffix
            variant = {"notes": edition.notes, "dark": edition.dark}
            run_marp(repo.slides, source, folder, *edition.options, variant=variant, done=one_more)
            fresh += [(_made(folder, slug), out / edition.folder / f"{slug}{edition.suffix}") for slug in slugs]
        files = [_put(made_file, target) for made_file, target in fresh]
    return Built(sorted(files), [NO_CHROMIUM] if pdf and chromium is None else [])


def write_sources(repo: Repository, slugs: list[str], cohort: Cohort | None, folder: Path) -> Path:
    """Write the decks, filled for `cohort`, into `folder`; UserError for what marp passes over in silence."""
    decks = [read_deck(repo.slides / f"{slug}.md") for slug in slugs]
    complaints = [complaint for deck in decks for complaint in stop_rules(deck, repo.slides)]
    if complaints:
        raise UserError("\n".join(str(complaint) for complaint in sorted(complaints)))
    folder.mkdir(parents=True)
    for deck in decks:
        (folder / f"{deck.slug}.md").write_text(fill(deck.text, deck.slug, cohort), "utf-8", newline="\n")
    return folder


def _editions(*, notes: bool, pdf: bool) -> Iterator[Edition]:
    yield Edition("students", ".html", notes=False)
    yield Edition("students", ".dark.html", notes=False, dark=True)
    if notes:
        yield Edition("instructor", ".html", notes=True)
        yield Edition("instructor", ".dark.html", notes=True, dark=True)
    if pdf:
        yield Edition("students", ".pdf", notes=False, options=("--pdf", "--pdf-outlines"))


def _made(folder: Path, slug: str) -> Path:
    files = list(folder.glob(f"{slug}.*"))
    if len(files) != 1 or not files[0].stat().st_size:
        raise UserError(f"marp said nothing and wrote no {slug}: run `make setup` again")
    return files[0]


def _put(made: Path, target: Path) -> Path:
    """Write a file whole or not at all, also across file systems."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.part")
    beside.write_bytes(made.read_bytes())
    return beside.replace(target)
