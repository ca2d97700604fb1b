"""Beginning an exercise, and the list of what is left to do until it is one of the course."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jinja2 import Environment, PackageLoader, StrictUndefined

from autograder.errors import UserError
from autograder.manifest import Exercise, Repository
from autograder.prove.course import Rules, load_rules
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
        *_parts(exercise, rules),
        *_cells(source),
        *_checks(exercise),
        *_submissions(exercise, rules),
        *_papers(repo, exercise),
    ]


def _placeholders(repo: Repository, exercise: Exercise) -> Iterator[str]:
    for path in [*sorted(exercise.folder.rglob("*")), repo.slides / f"{exercise.slug}.md"]:
        if path.suffix not in (".py", ".toml", ".md") or not path.is_file():
            continue
        for number, line in enumerate(path.read_text("utf-8", "replace").split("\n"), 1):
            if PLACEHOLDER in line:
                words = line.partition(PLACEHOLDER)[2].strip(" :->\"'")
                yield f"{path.relative_to(repo.root)}:{number}: {words}"


def _parts(exercise: Exercise, rules: Rules) -> Iterator[str]:
    where = f"solutions/{exercise.slug}/exercise.toml"
    core = [part for part in exercise.parts.values() if part.tier == "core"]
    graded = [part for part in core if not part.written]
    least, most = rules.core_parts
    if not least <= len(graded) <= most:
        yield f"{where}: {len(graded)} core parts that are code; an exercise has {least} to {most}"
    points = sum(part.points for part in core)
    if points < rules.core_share * exercise.points:
        share = f"{rules.core_share:.0%}"
        yield f"{where}: the core has {points:g} of {exercise.points:g} points; at least {share} belong there"
    minutes = sum(part.minutes for part in core)
    if minutes > exercise.minutes:
        yield f"{where}: the core parts need {minutes:g} minutes and the exercise says {exercise.minutes:g}"
    if exercise.points and not any(part.written for part in exercise.parts.values()):
        yield f"{where}: no written question; an exercise has at least one, with a rubric"


def _cells(source: Source) -> Iterator[str]:
    where = f"solutions/{source.path.parent.name}/notebook.py"
    free = [cell for cell in source.cells if cell.kind == "free"]
    if len(free) - 1 < LEAST_PREDICTIONS:
        yield f"{where}: {max(len(free) - 1, 0)} free cells for predictions; at least {LEAST_PREDICTIONS}"
    if source.cells[-1].kind != "free":
        yield f"{where}:{source.cells[-1].line}: the last cell asks, ungraded, for minutes spent and the muddiest point"


def _checks(exercise: Exercise) -> Iterator[str]:
    path = exercise.folder / "checks.py"
    text = path.read_text("utf-8") if path.is_file() else ""
    for name, part in exercise.parts.items():
        if not part.written and not re.search(rf"@check\(\s*[\"']{name}[\"']", text):
            yield f"solutions/{exercise.slug}/checks.py: no check for the part {name}"


def _submissions(exercise: Exercise, rules: Rules) -> Iterator[str]:
    folder = exercise.folder / "submissions"
    for kind, least in (("correct", rules.correct_submissions), ("wrong", rules.wrong_submissions)):
        count = len(list(folder.glob(f"{kind}_*.py")))
        if count < least:
            yield f"solutions/{exercise.slug}/submissions: {count} {kind} submissions; at least {least} different ones"


def _papers(repo: Repository, exercise: Exercise) -> Iterator[str]:
    if not (repo.slides / f"{exercise.slug}.md").is_file():
        yield f"slides/{exercise.slug}.md: every exercise has a deck"
    if not (exercise.folder / "proof.json").is_file():
        yield f"solutions/{exercise.slug}/proof.json: not proved yet; `make prove EXERCISE={exercise.slug}` does it"
