"""Figures: drawn from code, the same each time, and every one used."""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from matplotlib.text import Text

from autograder.decks.rules import IMAGE
from autograder.manifest import Repository

FIGURES = Repository.find(Path(__file__)).slides / "figures"
NAMES = sorted(path.stem for path in FIGURES.glob("*.py") if path.stem != "style")

LEAST = 20.0
"""Pixels of a slide of 1280 x 720: what is read from the back row, as code is."""
SLIDE_WIDTH = 1136
"""Pixels of a picture that is told no width: a slide without its margins."""

NEAR = 0.01
"""Of a point: a processor of another make rounds otherwise."""
NUMBER = re.compile(r"(?<![\w#.])-?\d+\.\d+(?![\w.])")


@pytest.fixture(autouse=True)
def _importable(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.syspath_prepend(str(FIGURES))
    yield
    for name in NAMES:
        sys.modules.pop(name, None)


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_is_what_its_script_draws_and_can_be_read(real: Repository, name: str, tmp_path: Path) -> None:
    """Drawing again gives the committed picture; where not, run the script and look at it.

    The smallest text has 20 px or more at the width that its slide gives it; indices in formulas are smaller.
    """
    style, figure = importlib.import_module("style"), importlib.import_module(name).draw()
    drawn = style.save(figure, FIGURES / f"{name}.py", tmp_path)
    now, committed = drawn.read_text("utf-8"), (FIGURES / f"{name}.svg").read_text("utf-8")
    assert NUMBER.sub("0", now) == NUMBER.sub("0", committed), f"run slides/figures/{name}.py"
    places = [[float(number) for number in NUMBER.findall(text)] for text in (now, committed)]
    assert places[0] == pytest.approx(places[1], rel=0, abs=NEAR), f"run slides/figures/{name}.py"
    texts = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]
    for path in real.slides.glob("*.md"):
        for match in IMAGE.finditer(path.read_text("utf-8")):
            if match["url"] == f"figures/{name}.svg":
                width = re.search(r"\bw:(\d+)", match["alt"])
                scale = (int(width[1]) if width else SLIDE_WIDTH) / (figure.get_figwidth() * 72)
                small = {t.get_text(): round(t.get_fontsize() * scale, 1) for t in texts}
                assert {text: size for text, size in small.items() if size < LEAST} == {}, path.name


def test_every_figure_has_a_script_and_a_deck(real: Repository) -> None:
    """No picture without its code, none that no deck shows."""
    text = "".join(path.read_text("utf-8") for path in real.slides.glob("*.md"))
    assert sorted(path.stem for path in FIGURES.glob("*.svg")) == NAMES
    assert [name for name in NAMES if f"figures/{name}.svg" not in text] == []
