"""A small repository with one released exercise, for every test of the gradebook."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from autograder.manifest import Cohort, Exercise


@pytest.fixture(scope="session")
def samples() -> ModuleType:
    path = Path(__file__).with_name("samples.py")
    spec = importlib.util.spec_from_file_location("gradebook_samples", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def cohort(tmp_path: Path, samples: ModuleType) -> Cohort:
    return samples.make_repository(tmp_path)


@pytest.fixture
def exercise(cohort: Cohort, samples: ModuleType) -> Exercise:
    return samples.exercise_of(cohort)


@pytest.fixture
def released(cohort: Cohort, samples: ModuleType) -> Cohort:
    from autograder.gradebook import generate_assignment, prepare_course, read_roster, sync_roster

    prepare_course(cohort)
    samples.write_source(cohort)
    generate_assignment(cohort, samples.SLUG)
    sync_roster(cohort, read_roster(cohort))
    return cohort
