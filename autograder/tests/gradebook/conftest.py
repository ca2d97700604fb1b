"""A course with one released exercise, for every test of the gradebook."""

from __future__ import annotations

from types import ModuleType

import pytest

from autograder.manifest import Cohort
from autograder.roster import read_roster


@pytest.fixture
def released(cohort: Cohort, samples: ModuleType) -> Cohort:
    from autograder.gradebook import generate_assignment, prepare_course, sync_roster

    prepare_course(cohort)
    samples.write_source(cohort)
    generate_assignment(cohort, samples.SLUG)
    sync_roster(cohort, read_roster(cohort))
    return cohort
