"""The table that the battery prints: what each attack got."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

import pytest

ROWS = pytest.StashKey[list[tuple[str, ...]]]()
HEAD = ("attack", "category", "points", "read", "changed", "left", "seconds")


@pytest.fixture(scope="session")
def battery() -> ModuleType:
    return sys.modules["tests_battery"]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "attack" in metafunc.fixturenames:
        read, files = sys.modules["tests_battery"].read_attack, sys.modules["tests_battery"].attack_files()
        metafunc.parametrize("attack", [read(file) for file in files], ids=lambda attack: attack.name)


@pytest.fixture(scope="session")
def table(request: pytest.FixtureRequest) -> list[tuple[str, ...]]:
    return request.config.stash.setdefault(ROWS, [])


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    rows = config.stash.get(ROWS, [])
    if not rows:
        return
    rows = [HEAD, *sorted(rows, key=lambda row: (row[1], row[0]))]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    terminalreporter.section(f"what {len(rows) - 1} attacks got")
    for row in rows:
        terminalreporter.write_line("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)))
