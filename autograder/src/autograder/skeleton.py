"""Beginning an exercise, and the list of what is left to do until it is one of the course."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jinja2 import Environment, PackageLoader, StrictUndefined

from autograder.errors import UserError
from autograder.manifest import Exercise, Repository
from autograder.prove.choices import choice_faults
from autograder.prove.course import load_rules
from autograder.prove.named import all_named
from autograder.prove.rules import submission_faults, tier_faults
from autograder.release.publish import write_exercises
from autograder.release.source import Source, read_source

__all__ = ["new_exercise", "to_do"]

SLUG = re.compile(r"(?P<number>[0-9]{2})_(?P<topic>[a-z][a-z0-9_]*)")
PLACEHOLDER = "TODO(author)"
FILES = (
    "exercise.toml",
    "notebook.py",
    "checks.py",
    "rubric.md",
    "submissions/correct_times_two.py",
    "submissions/wrong_square.py",
)
LEAST_PREDICTIONS = 3


def new_exercise(repo: Repository, name: str) -> list[str]:
    """Write the skeleton of the exercise `name` (NN_topic) and its deck; return the lines to print.

    The skeleton is a whole small exercise: it can be released, proved and linted at once, apart from its to-do list.
    Raises UserError when the name is none, or is taken.
    """
    _check_name(repo, name)
    title = name.split("_", 1)[1].replace("_", " ").capitalize()
    environment = Environment(
        loader=PackageLoader("autograder.release", "templates/skeleton"),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701  (Python and Markdown, not a page)
        keep_trailing_newline=True,
    )
    folder, deck = repo.solutions / name, repo.slides / f"{name}.md"
    targets = [(f"{file}.j2", folder / file) for file in FILES] + [("deck.md.j2", deck)]
    for template, path in targets:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(environment.get_template(template).render(slug=name, title=title), "utf-8", newline="\n")
    write_exercises(repo, [name])
    return [
        f"{name} was begun:",
        *(f"  {path.relative_to(repo.root)}" for _, path in targets),
        "Left to do (`make lint` repeats this list until it is empty):",
        *(f"  {line}" for line in to_do(repo, name)),
        f"Next: make edit EXERCISE={name}, then make prove EXERCISE={name}",
    ]


def _check_name(repo: Repository, name: str) -> None:
    match = SLUG.fullmatch(name)
    if not match:
        raise UserError(f"{name!r} is no name for an exercise: write NN_topic, as in 06_transformers (small letters)")
    if (repo.solutions / name).exists():
        raise UserError(f"solutions/{name} is there already: `make edit EXERCISE={name}` opens it")
    taken = [slug for slug in repo.slugs() if slug.startswith(f"{match['number']}_")]
    if taken:
        used = {slug[:2] for slug in repo.slugs()}
        free = next((f"{n:02d}" for n in range(1, 100) if f"{n:02d}" not in used), "another number")
        raise UserError(f"the number {match['number']} belongs to {taken[0]}: write {free}_{match['topic']}")
    if (repo.slides / f"{name}.md").exists():
        raise UserError(f"slides/{name}.md is there already: move it away, or choose another name")


def to_do(repo: Repository, slug: str) -> list[str]:
    """Return what `slug` lacks to be an exercise of this course, one line each; empty when it is one."""
    exercise = repo.exercise(slug)
    source, rules = read_source(exercise.folder), load_rules(repo, exercise)
    return [
        *_placeholders(repo, exercise),
        *tier_faults(exercise, rules),
        *_written(exercise),
        *_cells(source),
        *choice_faults(repo, exercise, source),
        *submission_faults(exercise, all_named(exercise), rules),
        *_proof(exercise),
    ]


def _placeholders(repo: Repository, exercise: Exercise) -> Iterator[str]:
    for path in [*sorted(exercise.folder.rglob("*")), repo.slides / f"{exercise.slug}.md"]:
        if path.suffix not in (".py", ".toml", ".md") or not path.is_file():
            continue
        for number, line in enumerate(path.read_text("utf-8", "replace").split("\n"), 1):
            if PLACEHOLDER in line:
                words = line.partition(PLACEHOLDER)[2].strip(" :->\"'")
                yield f"{path.relative_to(repo.root)}:{number}: {words}"


def _written(exercise: Exercise) -> Iterator[str]:
    if exercise.points and not any(part.written for part in exercise.parts.values()):
        where = f"solutions/{exercise.slug}/exercise.toml"
        yield f"{where}: no written question; an exercise has at least one, with a rubric"


def _cells(source: Source) -> Iterator[str]:
    where = f"solutions/{source.path.parent.name}/notebook.py"
    free = [cell for cell in source.cells if cell.kind == "free"]
    if len(free) - 1 < LEAST_PREDICTIONS:
        yield f"{where}: {max(len(free) - 1, 0)} free cells for predictions; at least {LEAST_PREDICTIONS}"
    if source.cells[-1].kind != "free":
        yield f"{where}:{source.cells[-1].line}: the last cell asks, ungraded, for minutes spent and the muddiest point"


def _proof(exercise: Exercise) -> Iterator[str]:
    if not (exercise.folder / "proof.json").is_file():
        yield f"solutions/{exercise.slug}/proof.json: not proved yet; `make prove EXERCISE={exercise.slug}` does it"
