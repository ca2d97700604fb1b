"""The ledger's head as the gradebook keeps it: the line of the ledger that its scores were written after.

Whoever cuts the ledger and puts an older gradebook beside it must also forge this, which takes the cohort's secret.
"""

from __future__ import annotations

from sqlalchemy import Column, MetaData, Table, Text, delete, insert, inspect, select
from sqlalchemy.orm import Session

from autograder.manifest import Cohort

__all__ = ["read_head", "write_head"]

_table = Table("t2p_ledger", MetaData(), Column("head", Text, nullable=False))


def write_head(session: Session, cohort: Cohort) -> None:
    """Keep the head that lies beside the ledger now, within the transaction of `session`."""
    try:
        head = (cohort.folder / "ledger.head").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):  # nothing was graded; or it is damaged, which whoever reads the ledger says
        return
    if read_head(session) != head:
        _table.create(session.connection(), checkfirst=True)
        session.execute(delete(_table))
        session.execute(insert(_table).values(head=head))


def read_head(session: Session) -> str:
    """Return the head that the gradebook was last written with; empty where there is none."""
    if not inspect(session.connection()).has_table(_table.name):
        return ""
    return session.scalars(select(_table.c.head)).first() or ""
