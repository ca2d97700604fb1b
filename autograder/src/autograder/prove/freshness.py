"""The quick look whether each proof still holds: nothing is run or imported."""

from __future__ import annotations

from autograder.manifest import Repository
from autograder.prove.content import content_of
from autograder.prove.proof import read_proof

__all__ = ["lint_proofs"]


def lint_proofs(repo: Repository) -> list[str]:
    """Return one line for each exercise whose proof is missing or older than what it proved; quick, runs nothing."""
    lines = []
    for slug in repo.slugs():
        complaint = _stale(repo, slug)
        if complaint:
            lines.append(f"{complaint}: run `make prove EXERCISE={slug}`")
    return lines


def _stale(repo: Repository, slug: str) -> str:
    path = repo.solutions / slug / "proof.json"
    shown = f"solutions/{slug}/proof.json"
    if not path.is_file():
        return f"{shown} is missing, so nothing shows that the checks of {slug} work"
    proof = read_proof(path)
    if proof is None or proof.exercise != slug:
        return f"{shown} cannot be read"
    now = content_of(repo, slug)
    changed = sorted(name for name in now.keys() | proof.content.keys() if now.get(name) != proof.content.get(name))
    return f"{shown} is older than {_several(changed)}" if changed else ""


def _several(names: list[str]) -> str:
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
