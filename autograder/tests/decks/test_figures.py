"""Figures: drawn from code, the same bytes each time, and every one used."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.manifest import Repository

FIGURES = Repository.find(Path(__file__)).slides / "figures"
NAMES = sorted(path.stem for path in FIGURES.glob("*.py") if path.stem != "style")


@pytest.fixture(autouse=True)
def _importable(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.syspath_prepend(str(FIGURES))
    yield
    for name in NAMES:
        sys.modules.pop(name, None)


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_is_what_its_script_draws(name: str, tmp_path: Path) -> None:
    """Drawing again gives the committed bytes; where not, run the script and look at the picture."""
    style, script = importlib.import_module("style"), importlib.import_module(name)
    drawn = style.save(script.draw(), FIGURES / f"{name}.py", tmp_path)
    assert drawn.read_bytes() == (FIGURES / f"{name}.svg").read_bytes(), f"run slides/figures/{name}.py"


def test_every_figure_has_a_script_and_a_deck(real: Repository) -> None:
    """No picture without its code, none that no deck shows."""
    text = "".join(path.read_text("utf-8") for path in real.slides.glob("*.md"))
    assert sorted(path.stem for path in FIGURES.glob("*.svg")) == NAMES
    assert [name for name in NAMES if f"figures/{name}.svg" not in text] == []
