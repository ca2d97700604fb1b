"""Checks that are remembered end as checks that are run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from autograder.errors import SandboxUnavailable
from autograder.grade.importer import Importer
from autograder.grade.job import Job
from autograder.grade.report import Report
from autograder.manifest import Exercise, Repository
from autograder.prove.named import all_named, named_dict
from autograder.release.source import read_source

pytestmark = pytest.mark.sandbox

SECRET = b"tape" * 8


@pytest.fixture(scope="module")
def exercise() -> Exercise:
    return Repository(Path(__file__).parents[1] / "courses" / "tiny").exercise("01_numbers")


@pytest.fixture(scope="module")
def importer(exercise: Exercise) -> Iterator[Importer]:
    try:
        made = Importer(1, exercise.warm, sandboxed=True)
    except SandboxUnavailable as error:
        pytest.skip(str(error))
    yield made
    made.close()


@pytest.fixture(scope="module")
def notebooks(exercise: Exercise, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every named submission of the exercise, correct ones and wrong ones."""
    source, folder = read_source(exercise.folder), tmp_path_factory.mktemp("handed-in")
    found = {}
    for one in all_named(exercise):
        found[one.name] = folder / f"{one.name}.ipynb"
        found[one.name].write_text(json.dumps(named_dict(exercise, source, one)), encoding="utf-8")
    return found


def graded(importer: Importer, exercise: Exercise, notebooks: list[Path]) -> list[Report]:
    """Return one examiner's reports on the notebooks, in their order, without what differs by the clock."""
    channel = importer.examiner(exercise, SECRET, 0)
    reports = []
    for notebook in notebooks:
        channel.send(msgspec.msgpack.encode(Job("somebody", str(notebook), side_files=False)))
        report = msgspec.msgpack.decode(channel.receive(120)[1], type=Report)
        reports.append(msgspec.structs.replace(report, cpu_seconds=0.0, overhead_seconds=0.0, memory_mib=0.0))
    channel.close()
    return reports


def test_memory_changes_no_report(importer: Importer, exercise: Exercise, notebooks: dict[str, Path]) -> None:
    """An examiner that has met the same answers, or others, before gives the report of one that has met none."""
    paths = list(notebooks.values())
    alone = [graded(importer, exercise, [path])[0] for path in paths]
    assert len({report.points for report in alone}) > 1
    assert graded(importer, exercise, [*paths, *paths[::-1]]) == [*alone, *alone[::-1]]
