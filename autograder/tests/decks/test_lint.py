"""The deck lint on a real Chromium: each planted fault is found, and the real decks are clean."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from autograder import decks
from autograder.decks.complaint import Complaint
from autograder.manifest import Repository

pytestmark = [pytest.mark.chromium, pytest.mark.usefixtures("needs_chromium")]
NOTE = "\n\n<!-- 2 min. Talk. -->"
LINES = "\n\n".join(f"Line {n}" for n in range(20))
TEN = "```python no-run\n" + "pass\n" * 10 + "```"
FAULTS = {
    "10_overflow": (f"## Full\n\n{LINES}", "runs over its edge"),
    "11_wide": ("## Wide\n\n```text\n" + "x" * 200 + "\n```", "runs over its edge"),
    "12_footer": ('## Low\n\n<p style="position:absolute;top:670px">low words</p>', "footer's zone"),
    "13_alt": ("## Picture\n\n![w:90](figures/dot.svg)", "a picture without words"),
    "14_title": ('## Demo\n\n<iframe src="demos/strides.html"></iframe>', "a picture without words"),
    "15_broken": ("## Broken\n\n![w:90 A dot](figures/broken.svg)", "does not show"),
    "16_small": ('## Small\n\n<span style="font-size:18px">tiny</span>', "18.0 px, at least 24"),
    "17_code": ('## Code\n\n<code style="font-size:16px">tiny</code>', "16.0 px, at least 20"),
    "18_heading": ("Only words", "a slide without a heading"),
    "19_network": ('## Far\n\n<link rel="stylesheet" href="https://example.org/a.css">', "asks the network"),
    "20_contrast": ('## Grey\n\n<span style="color:#bbb">pale words</span>', "color-contrast"),
    "21_link": ("## Link\n\n[there](#nowhere)", "leads nowhere: #nowhere"),
    "22_formula": ('## Formula\n\n<span style="font-size:10px">$x^2$</span>', "10.6 px, at least 24"),
    "23_above": (f"<!-- _class: title -->\n\n# Full\n\n{LINES}", "runs over its edge"),
    "24_squeezed": ("## Wide\n\n![w:1200 A dot](figures/dot.svg)", "runs over its edge"),
    "25_code": (f"## Twice ten\n\n{TEN}\n\n{TEN}", "20 lines of code"),
    "26_video": ('## Film\n\n<video src="figures/gone.mp4"></video>', "figures/gone.mp4 is missing"),
    "27_source": ('## Film\n\n<video><source src="figures/gone.mp4"></video>', "figures/gone.mp4 is missing"),
    "28_audio": ('## Sound\n\n<audio src="figures/gone.mp3"></audio>', "figures/gone.mp3 is missing"),
    "29_poster": (
        '## Film\n\n<video src="figures/dot.svg" poster="figures/gone.png"></video>',
        "figures/gone.png is missing",
    ),
    "30_background": (
        '## Behind\n\n<p style="background: url(figures/gone.png)">words</p>',
        "figures/gone.png is missing",
    ),
    "31_outside": ('## Film\n\n<video src="figures/dot.svg"></video>', "dot.svg is not inside the page"),
    "32_fragments": ("## One by one\n\n* this\n* that", "item by item"),
}


@pytest.fixture(scope="module")
def complaints(new_course: Callable[[], Any]) -> list[Complaint]:
    """What the lint says of all the faults at once, and of a sound deck."""
    course = new_course()
    dot = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle cx="4" cy="4" r="4"/></svg>'
    (course.repo.slides / "figures" / "dot.svg").write_text(dot, "utf-8")
    (course.repo.slides / "figures" / "broken.svg").write_text("<svg", "utf-8")
    unnumbered = course.put("08_unnumbered")
    unnumbered.write_text(unnumbered.read_text("utf-8").replace("paginate: true\n", ""), "utf-8")
    course.put("09_sound")
    for slug, (slide, _) in FAULTS.items():
        course.put(slug, slide + NOTE)
    return decks.lint(course.repo, None)


@pytest.mark.parametrize("slug", FAULTS)
def test_a_planted_fault_is_found(complaints: list[Complaint], slug: str) -> None:
    """The complaint names the deck, its slide 2 and what to do; nothing else is wrong with that slide's neighbours."""
    own = [complaint for complaint in complaints if complaint.deck == slug]
    assert any(FAULTS[slug][1] in complaint.problem for complaint in own), own
    assert {complaint.slide for complaint in own} == {2}
    assert all(complaint.fix for complaint in own)


def test_slides_without_numbers_are_found(complaints: list[Complaint]) -> None:
    """A deck whose front matter does not ask for page numbers has that one fault."""
    own = [complaint.problem for complaint in complaints if complaint.deck == "08_unnumbered"]
    assert own == ["slides without numbers"]


def test_a_sound_deck_has_no_complaint(complaints: list[Complaint]) -> None:
    """The lint says nothing of a deck in which nothing was planted."""
    assert [str(complaint) for complaint in complaints if complaint.deck == "09_sound"] == []


def test_the_real_decks_are_clean(real: Repository) -> None:
    """Every slide of every deck can be read, light and dark."""
    assert [str(complaint) for complaint in decks.lint(real, None, run=False)] == []
