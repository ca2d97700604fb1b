"""The page "What the course reaches", made from what calibration and the exercises' own scripts have measured."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator, Sequence

from autograder.between import between, put_between
from autograder.calibrate.record import Calibration, read_calibration
from autograder.manifest import Exercise, Repository, Threshold
from autograder.reached.results import Published, Reached, Results, Table, read_results

__all__ = ["PAGE", "course_text", "lint_page", "write_page"]

PAGE = "docs/reached.md"
MARKER = "reached"
NOTHING = "Nothing has been measured yet."
WRITE = "run `autograder reached`"


def write_page(repo: Repository) -> None:
    """Put what was measured between the page's markers; raises UserError where it has none."""
    put_between(repo.root / PAGE, MARKER, course_text(repo))


def lint_page(repo: Repository) -> list[str]:
    """Return one line where the page is not what the measurements say; a course without any needs no page."""
    text = course_text(repo)
    there = between(repo.root / PAGE, MARKER)
    if there == text or (there is None and text == NOTHING):
        return []
    state = f"lacks <!-- {MARKER}: begin --> or is missing" if there is None else "is older than what was measured"
    return [f"{PAGE} {state}: {WRITE}"]


def course_text(repo: Repository) -> str:
    """Return everything that was measured, as Markdown: a section for all exercises, then one for each."""
    exercises = [repo.exercise(slug) for slug in repo.slugs()]
    calibrated = {one.slug: found for one in exercises if (found := read_calibration(one.folder)) and found.runs}
    sections = [*_costs(exercises, calibrated), *_bounds(exercises, calibrated)]
    for exercise in exercises:
        results = read_results(exercise.folder)
        if results:
            sections += [f"## {exercise.title}", *(part for one in results for part in _results(one))]
    return "\n\n".join(sections) or NOTHING


def _costs(exercises: Iterable[Exercise], calibrated: dict[str, Calibration]) -> Iterator[str]:
    rows: list[list[str | float | None]] = []
    for exercise in exercises:
        found = calibrated.get(exercise.slug)
        if found:
            cpu = round(statistics.fmean(run.cpu_seconds for run in found.runs), 1)
            clock = round(statistics.fmean(run.seconds for run in found.runs), 1)
            memory = round(max(run.memory_mib for run in found.runs)) or None
            rows.append([f"`{exercise.slug}`", exercise.minutes, cpu, clock, memory, len(found.runs)])
    if not rows:
        return
    yield "## Time and memory"
    yield (
        "Minutes are those that the core is written for, reading included. "
        "The rest is the reference, graded as a student's notebook is: CPU seconds of its cells and answers, "
        "seconds by the clock with what grading adds, on average over runs with different seeds; "
        "the most memory that its process held in any of them, Python and the libraries included."
    )
    yield _table(["exercise", "minutes", "CPU s", "by the clock, s", "memory, MiB", "runs"], rows)
    yield f"Measured on {'; '.join(dict.fromkeys(found.measured_on for found in calibrated.values()))}."


def _bounds(exercises: Iterable[Exercise], calibrated: dict[str, Calibration]) -> Iterator[str]:
    rows = [
        row
        for exercise in exercises
        if exercise.slug in calibrated
        for chosen in ("", *sorted({value for one in exercise.thresholds.values() for value in one.where}))
        for row in _bound_rows(exercise, chosen)
    ]
    if not rows:
        return
    yield "## What is asked of trained models"
    yield (
        "Each bound is looser than what the reference reaches, so that another honest design passes. "
        "The last column is the share of honest runs that may be expected to miss it; "
        "how it is found stands in [Adding a week](adding-a-week.md#thresholds-and-calibration)."
    )
    yield _table(["exercise", "what", "asked", "reached", "runs", "false fails"], rows)


def _bound_rows(exercise: Exercise, chosen: str) -> Iterator[list[str | int]]:
    found = read_calibration(exercise.folder, chosen)
    for name, judged in found.thresholds.items() if found else ():
        threshold = exercise.thresholds.get(name)
        if threshold is None:
            continue
        threshold = threshold.where_chosen({chosen})
        scale = 100.0 if threshold.unit == "%" else 1.0
        reached = f"{judged.mean * scale:.4g} ± {judged.spread * scale:.2g}"
        what = f"{threshold.what or name}{f' ({chosen})' if chosen else ''}"
        asked = f"{_side(threshold)} {_with_unit(judged.bound * scale, threshold.unit)}"
        yield [
            f"`{exercise.slug}`",
            what,
            asked,
            _unit(reached, threshold.unit),
            judged.runs,
            f"{judged.false_fail:.2%}",
        ]


def _results(results: Results) -> Iterator[str]:
    if results.reached:
        yield from _reached(results.reached)
    for table in results.tables:
        yield from _shown(table)
    if results.reached or results.tables:
        yield f"Measured on {results.measured_on}."
    if results.published:
        yield "Published by others:"
        yield _table(["what", "figure", "source"], [[one.what, one.value, _source(one)] for one in results.published])
    yield from results.notes


def _reached(reached: Sequence[Reached]) -> Iterator[str]:
    windows = list(dict.fromkeys(one.window for one in reached if one.window))
    alone = len(windows) == 1
    columns = {
        "what": [one.what for one in reached],
        "asked": [_asked(one) for one in reached],
        "reached": [_value(one) for one in reached],
        "window": [] if alone else [one.window for one in reached],
        "CPU s": [_optional(one.cpu_seconds) for one in reached],
        "minutes": [_optional(one.minutes) for one in reached],
        "runs": [_optional(one.runs) for one in reached],
        "": [one.note for one in reached],
    }
    kept = {title: cells for title, cells in columns.items() if any(cells)}
    yield _table(list(kept), [list(row) for row in zip(*kept.values(), strict=True)])
    if alone:
        yield f"Windows: {windows[0]}."


def _asked(one: Reached) -> str:
    bound, side = (one.at_most, "at most") if one.at_least is None else (one.at_least, "at least")
    return "" if bound is None else f"{side} {_with_unit(bound, one.unit)}"


def _value(one: Reached) -> str:
    text = _number(one.value) + (f" ± {_number(one.spread)}" if one.spread is not None else "")
    text = _unit(text, one.unit)
    return f"{text}, **not reached**" if one.missed else text


def _shown(table: Table) -> Iterator[str]:
    yield f"### {table.title}"
    if table.about:
        yield table.about
    yield _table(table.columns, table.rows)


def _source(one: Published) -> str:
    return f"[{one.source}]({one.url})" if one.url else one.source


def _table(columns: Sequence[str], rows: Sequence[Sequence[str | float | None]]) -> str:
    right = [all(isinstance(row[place], int | float | None) for row in rows) for place in range(len(columns))]
    lines = [_line(columns), _line(["---:" if one else "---" for one in right])]
    return "\n".join([*lines, *(_line([_cell(cell) for cell in row]) for row in rows)])


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(value: str | float | None) -> str:
    if value is None:
        return ""
    return value.replace("|", "\\|").replace("\n", " ") if isinstance(value, str) else _number(value)


def _optional(value: float | None) -> str:
    return "" if value is None else _number(value)


def _number(value: float) -> str:
    """Return a number as measured, with thousands apart and without digits that no measurement has."""
    if isinstance(value, int) or (abs(value) >= 1000 and value == int(value)):
        return f"{int(value):,}"
    return f"{value:,.1f}" if abs(value) >= 1000 else f"{value:.5g}"


def _side(threshold: Threshold) -> str:
    return "at most" if threshold.at_least is None else "at least"


def _with_unit(value: float, unit: str) -> str:
    return _unit(_number(value), unit)


def _unit(text: str, unit: str) -> str:
    return f"{text} {unit}" if unit else text
