"""The comment that stands below an answer in the formgrader: our findings, in the student's words only."""

from __future__ import annotations

from autograder.grade.report import Finding, PartReport, Verdict
from autograder.gradebook.notebook import defuse_markdown

__all__ = ["automatic_comment", "is_unanswered"]

NOT_JUDGED = "This check could not be run because of a fault of the grader; it is being looked at."


def automatic_comment(part: PartReport, *, unanswered: bool) -> str | None:
    """Return what the autograder says about `part`, free of HTML; None where a person has yet to speak."""
    if part.written:
        return "No response." if unanswered else None
    lines = [_sentence(finding) for finding in part.findings if finding.verdict is not Verdict.PASSED]
    if not part.findings:
        return None
    if not lines:
        return f"All {len(part.findings)} checks passed." if len(part.findings) > 1 else "The check passed."
    return defuse_markdown(_storable("\n\n".join(lines)))


def is_unanswered(answer: str | None, released: str | None) -> bool:
    """Return whether an answer is absent, empty or still the text that was handed out."""
    return answer is None or not answer.strip() or answer.strip() == (released or "").strip()


def _sentence(finding: Finding) -> str:
    if finding.verdict is Verdict.INTERNAL_ERROR:
        return f"{finding.title} {NOT_JUDGED}"
    return " ".join(text for text in (f"✗ {finding.title}", finding.reason, finding.hint) if text)


def _storable(text: str) -> str:
    """Drop what a database may refuse."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
