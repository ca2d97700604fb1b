"""Puts a cohort's words into a deck: `{{ lecturer }}` and the like."""

from __future__ import annotations

import datetime as dt
import re

from autograder.errors import UserError
from autograder.manifest import Cohort

__all__ = ["fill"]

PLACEHOLDER = re.compile(r"\{\{\s*(?P<name>\w+)\s*\}\}")
SPECIAL = re.compile(r"[^\w\s.,;()/+@·-]")


def fill(text: str, slug: str, cohort: Cohort | None) -> str:
    """Return a deck's text for a cohort; a line on the title slide that would be empty is left out.

    Without a cohort the words say what will stand there. Raises UserError for a placeholder that nobody fills.
    """
    words = _words(slug, cohort)
    lines = []
    for line in text.split("\n"):
        names = [match["name"] for match in PLACEHOLDER.finditer(line)]
        for name in names:
            if name not in words:
                known = ", ".join(f"{{{{ {word} }}}}" for word in words)
                raise UserError(f"slides/{slug}.md: nothing fills {{{{ {name} }}}}: use one of {known}")
        if names and not any(words[name] for name in names) and not PLACEHOLDER.sub("", line).strip(" *_"):
            continue
        lines.append(PLACEHOLDER.sub(lambda match: _literal(words[match["name"]]), line))
    return "\n".join(lines)


def _words(slug: str, cohort: Cohort | None) -> dict[str, str]:
    week = str(int(slug[:2])) if slug[:2].isdigit() else slug
    if cohort is None:
        return {
            "course": "Tensor to Pulse",
            "week": week,
            "lecturer": "Lecturer",
            "affiliation": "Affiliation",
            "date": "Date",
        }
    assignment = cohort.assignments.get(slug)
    return {
        "course": cohort.course,
        "week": week,
        "lecturer": cohort.lecturer,
        "affiliation": cohort.affiliation,
        "date": _day(cohort.local(assignment.release)) if assignment and assignment.release else "",
    }


def _day(moment: dt.datetime) -> str:
    return f"{moment.day} {moment:%B} {moment.year}"


def _literal(words: str) -> str:
    """Return words that neither Markdown, HTML nor YAML reads as anything else."""
    return SPECIAL.sub(lambda match: f"&#{ord(match[0])};", " ".join(words.split()))
