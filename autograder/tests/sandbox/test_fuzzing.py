"""Fuzzing of all that the trusted side parses; what was found once is kept in `corpus/`, a folder for each property."""

from __future__ import annotations

import importlib.util
import secrets
import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

HERE = Path(__file__).parent


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"tests_{name}", HERE / f"{name}.py")
    assert spec
    assert spec.loader
    sys.modules[spec.name] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


fuzzing, strategies = load("fuzzing"), load("strategies")
EXAMPLES = {"frames": 400, "values": 500, "messages": 300, "notebooks": 250, "sources": 150}
"""As many as take about four seconds each."""
FULL = 50
SECONDS = 120.0


def fuzz(name: str, examples: int, number: int) -> None:
    @seed(number)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.target, Phase.shrink],
    )
    @given(strategies.INPUTS[name])
    def try_out(data: bytes) -> None:
        fuzzing.timed(fuzzing.PROPERTIES[name], data)

    try_out()


@pytest.mark.parametrize("factor", [1, pytest.param(FULL, marks=[pytest.mark.full, pytest.mark.timeout(3600)])])
@pytest.mark.parametrize("name", EXAMPLES)
def test_fuzzing(name: str, factor: int) -> None:
    """No input makes anything but an answer or the decoder's own error, in bounded memory and time."""
    for _ in range(factor):  # a process each: what the search itself remembers would come to more than any input may
        number = secrets.randbits(32)
        failed = fuzzing.confined(lambda number=number: fuzz(name, EXAMPLES[name], number), SECONDS)
        assert failed == "", f"with seed {number}:\n{failed}"


CORPUS = sorted(path for path in (HERE / "corpus").glob("*/*") if path.is_file())


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_corpus(path: Path) -> None:
    """What broke a decoder once does so no more."""
    check = fuzzing.PROPERTIES[path.parent.name]
    failed = fuzzing.confined(lambda: fuzzing.timed(check, path.read_bytes()), SECONDS)
    assert failed == "", failed
