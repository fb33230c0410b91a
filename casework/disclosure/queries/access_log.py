"""Who saw which confidential item, from the audit log."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import AuditEntry, Case, CaseIncident, Exhibit, Incident, Officer, Packet, Person

PAGE = 50
# Action words of the log that say that somebody had an item before them.
ACTS = {
    "incident.read": "read",
    "exhibit.read": "read",
    "exhibit.download": "downloaded",
    "packet.read": "read",
    "packet.download": "downloaded",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One view of one item: `number` is that of the entry, `item` reads exhibit:MEA-…/3."""

    number: int
    item: str
    by: str
    at: datetime
    act: str


@dataclass(frozen=True, slots=True)
class Page:
    """The latest first; `before` is the entry that the next page starts behind, or None."""

    readings: list[Reading]
    before: int | None


def readings_in(session: Session, case: Case, *, item: str = "", before: int | None = None) -> Page:
    """Who saw the items of a case: exhibits, packets, reports linked to it; of one item only when
    it is named. An item of another case finds nothing.
    """
    known = items_in(session, case)
    return _page(session, [item] if item in known else [] if item else known, before)


def readings_of(session: Session, item: str, *, before: int | None = None) -> Page:
    """Who saw one item, by ids alone: for an auditor, who sees no content of any case."""
    return _page(session, [item], before)


def items_in(session: Session, case: Case) -> list[str]:
    """The items of a case as the log names them."""
    reports = session.scalars(
        sa.select(Incident.reference)
        .join(CaseIncident, CaseIncident.incident_id == Incident.id)
        .where(CaseIncident.case_id == case.id)
        .order_by(Incident.reference)
    )
    found = [f"incident:{reference}" for reference in reports]
    for kind, table in (("exhibit", Exhibit), ("packet", Packet)):
        numbers = session.scalars(
            sa.select(table.number).where(table.case_id == case.id).order_by(table.number)
        )
        found += [f"{kind}:{case.reference}/{number}" for number in numbers]
    return found


def _page(session: Session, items: Collection[str], before: int | None) -> Page:
    wanted = (
        sa.select(AuditEntry, Person.name)
        .outerjoin(Officer, Officer.id == AuditEntry.actor_id)
        .outerjoin(Person, Person.id == Officer.person_id)
        .where(AuditEntry.object.in_(items), AuditEntry.action.in_(ACTS))
        .order_by(AuditEntry.seq.desc())
        .limit(PAGE + 1)
    )
    if before is not None:
        wanted = wanted.where(AuditEntry.seq < before)
    rows = session.execute(wanted).all()
    shown = [
        Reading(entry.seq, entry.object, name or "", entry.at, ACTS[entry.action])
        for entry, name in rows[:PAGE]
    ]
    return Page(shown, shown[-1].number if len(rows) > PAGE else None)
