"""The battery as parameters, and where its tests put what each attack got."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import ModuleType

import pytest


@pytest.fixture(scope="session")
def battery() -> ModuleType:
    return sys.modules["tests_battery"]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "attack" in metafunc.fixturenames:
        module = sys.modules["tests_battery"]
        attacks = [module.read_attack(path) for path in module.attack_files()]
        metafunc.parametrize("attack", attacks, ids=lambda attack: attack.name)


@pytest.fixture
def got(record_property: Callable[[str, object], None]) -> Callable[..., None]:
    """Keep a row of the battery's table; it goes with the test's report, whichever process ran the test."""
    return lambda *row: record_property("attack", row)
