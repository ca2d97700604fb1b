"""`autograder lint`: what a change to the course must not leave behind; quick, so that it runs before every commit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from autograder.errors import UserError
from autograder.manifest import Repository
from autograder.progress import Say

__all__ = ["broken_page_links", "lint"]

LINK = re.compile(r"!?\[[^\]]*\]\((?P<target>[^)\s]+)(?:\s+\"[^\"]*\")?\)")
HEADING = re.compile(r"^#{1,6}\s+(?P<title>.+?)\s*$", re.MULTILINE)
FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`[^`\n]+`")
PAGES = ("*.md", "docs/**/*.md", "datasets/*.md", "autograder/*.md", "slides/README.md")
OUTSIDE = ("http://", "https://", "mailto:", "attachment:", "data:")


def lint(repo: Repository, say: Say) -> list[str]:
    """Return one line for each complaint, each ending with what to do."""
    from autograder.calibrate.freshness import lint_thresholds
    from autograder.prove.freshness import lint_proofs
    from autograder.reached.page import lint_page
    from autograder.release.publish import stale_exercises
    from autograder.release.sizes import sized_source
    from autograder.skeleton import to_do

    complaints: list[str] = []
    say("sources", 0, 4)
    for slug in repo.slugs():
        try:
            sized_source(repo.exercise(slug).at_proof_size())
            complaints += [f"{slug}: to do: {line}" for line in to_do(repo, slug)]
        except UserError as error:
            complaints.append(str(error))
    if complaints:
        return complaints  # what follows is made from the sources
    say("freshness", 1, 4)
    complaints += stale_exercises(repo)
    complaints += lint_proofs(repo)
    complaints += lint_thresholds(repo)
    complaints += lint_page(repo)
    say("links", 2, 4)
    complaints += broken_page_links(repo.root)
    say("decks", 3, 4)
    complaints += _decks(repo)
    return complaints


def _decks(repo: Repository) -> list[str]:
    from autograder import decks

    return [str(complaint) for complaint in decks.lint(repo, None)]


def broken_page_links(root: Path) -> list[str]:
    """Return one line for each link of a Markdown page to a file or heading that is not there."""
    pages = [page for pattern in PAGES for page in root.glob(pattern)]
    return [complaint for page in sorted(pages) for complaint in _broken(page, root)]


def _broken(page: Path, root: Path) -> Iterator[str]:
    text = INLINE.sub("", _prose(page))
    for match in LINK.finditer(text):
        target, _, anchor = match["target"].partition("#")
        if match["target"].startswith(OUTSIDE):
            continue
        place = (page.parent / unquote(target)).resolve() if target else page
        line = text.count("\n", 0, match.start()) + 1
        where = f"{page.relative_to(root)}:{line}"
        if not place.exists():
            yield f"{where}: there is no {target}: mend the link"
        elif anchor and place.suffix == ".md" and anchor not in _anchors(place):
            yield f"{where}: {place.name} has no heading #{anchor}: mend the link"


def _anchors(page: Path) -> set[str]:
    titles = HEADING.findall(_prose(page))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def _prose(page: Path) -> str:
    """Return the text of a page with an empty line for each line of code."""
    return FENCE.sub(lambda match: "\n" * match[0].count("\n"), page.read_text(encoding="utf-8"))
