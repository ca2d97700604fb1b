"""Which written answers the gradebook was last given, as digests: a person's grade is for that answer and no other.

They lie in the database beside the grades, so that a backup brings both back, and no file that was cleared away, or
is newer than the gradebook, can make an answer that nobody read look like the one that was graded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping

from sqlalchemy import Column, MetaData, String, Table, delete, insert, inspect, select
from sqlalchemy.orm import Session

__all__ = ["digest_of_answer", "read_answers", "write_answers"]

_table = Table("t2p_answer", MetaData(), Column("grade_id", String(32), primary_key=True), Column("digest", String(32)))
MOST = 500
"""Rows that one statement names."""


def digest_of_answer(text: str) -> str:
    """Return what stands for a written answer."""
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest()


def read_answers(session: Session, grades: Collection[str]) -> dict[str, str]:
    """Return the digests of the answers to the rows of `grade` named, as far as there are any."""
    if not inspect(session.connection()).has_table(_table.name):
        return {}
    rows = select(_table.c.grade_id, _table.c.digest)
    if len(grades) <= MOST:
        rows = rows.where(_table.c.grade_id.in_(grades))
    return {grade: digest for grade, digest in session.execute(rows) if grade in grades}


def write_answers(session: Session, answers: Mapping[str, str]) -> None:
    """Keep the digest of each answer, by the id of its row of `grade`, in place of an earlier one."""
    if not answers:
        return
    _table.create(session.connection(), checkfirst=True)
    rows = [{"grade_id": grade, "digest": digest} for grade, digest in answers.items()]
    for start in range(0, len(rows), MOST):
        some = rows[start : start + MOST]
        session.execute(delete(_table).where(_table.c.grade_id.in_([row["grade_id"] for row in some])))
        session.execute(insert(_table), some)
