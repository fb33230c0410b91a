"""What happened in a case, from the audit log, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.evidence.queries.exhibits import withheld_of
from casework.statute.loader import load_pack
from casework.workflow.queries.cases import subjects_of
from casework.workflow.sentences import reason, sentence
from models import AuditDetail, AuditEntry, Case, Officer, Person

PAGE = 100


@dataclass(frozen=True, slots=True)
class Happening:
    """`number` is that of the entry in the log; `by` is empty for the system itself."""

    number: int
    at: datetime
    by: str
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Chronicle:
    """A page, the latest first; `before` is the entry that the next page starts behind, or None."""

    happenings: list[Happening]
    before: int | None


def _open(detail: dict[str, Any] | None, *, kept: bool) -> dict[str, Any]:
    """The detail of an entry, less the words about an exhibit that is kept from the reader."""
    told = detail or {}
    return {name: value for name, value in told.items() if name != "title"} if kept else told


def chronicle_of(session: Session, case: Case, *, before: int | None = None) -> Chronicle:
    """Everything the log holds about the case, in a fixed number of queries a page."""
    wanted = (
        sa.select(AuditEntry, AuditDetail.detail, Person.name)
        .outerjoin(AuditDetail, AuditDetail.seq == AuditEntry.seq)
        .outerjoin(Officer, Officer.id == AuditEntry.actor_id)
        .outerjoin(Person, Person.id == Officer.person_id)
        .where(AuditEntry.case_id == case.id)
        .order_by(AuditEntry.seq.desc())
        .limit(PAGE + 1)
    )
    if before is not None:
        wanted = wanted.where(AuditEntry.seq < before)
    rows = session.execute(wanted).all()
    pack = load_pack(case.text_version)
    names = {str(row.entity_id): row.entity.name for row in subjects_of(session, case)}
    kept = {f"exhibit:{case.reference}/{row.number}" for row in withheld_of(session, case)}
    happenings = [
        Happening(
            entry.seq,
            entry.at,
            name or "",
            sentence(
                entry.action, entry.object, _open(detail, kept=entry.object in kept), pack, names
            ),
            reason(detail or {}),
        )
        for entry, detail, name in rows[:PAGE]
        for told in [_open(detail, kept=entry.object in kept)]
    ]
    return Chronicle(happenings, happenings[-1].number if len(rows) > PAGE else None)
