"""What of a case is kept from one officer, in words, so that nothing is prepared past it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.disclosure.frozen import opened_record
from casework.errors import Blocker, TransitionBlocked
from casework.evidence.queries.exhibits import open_to, withheld_of
from casework.handling.queries.readers import reader_in, unseen, withheld_parts
from models import Case, CaseIncident, Exhibit, Incident, Marking, Officer

AUTHORITY = "32 CFR 2002.16"


def kept_from(session: Session, case: Case, officer: Officer | None = None) -> list[str]:
    """Each exhibit and part of a report that a dissemination control keeps from the officer, else
    from whom the session reads for: number or name, and the control.
    """
    exhibits = withheld_of(session, case, officer=officer)
    names = _reports(session, case)
    parts = withheld_parts(session, set(names), officer=officer)
    return [
        *(f"Exhibit {row.number}: {row.control}" for row in exhibits),
        *(
            f"{names[key]}, {part}: {control}"
            for key, found in parts.items()
            for part, control in sorted(found.items())
        ),
    ]


def kept_cases(session: Session, case_ids: Collection[UUID]) -> set[UUID]:
    """Those of the cases of which something is kept from whom the session reads for."""
    reader = reader_in(session)
    if reader is None:
        return set()
    exhibits = sa.select(Exhibit.case_id).where(Exhibit.case_id.in_(case_ids), ~open_to(reader))
    parts = (
        sa.select(CaseIncident.case_id)
        .join(Marking, Marking.incident_id == CaseIncident.incident_id)
        .where(CaseIncident.case_id.in_(case_ids), unseen(reader))
    )
    return set(session.scalars(exhibits.union(parts)))


def record_as_seen(session: Session, case: Case, record: dict[str, Any]) -> dict[str, Any]:
    """A frozen record of the case as whom the session reads for may have it; the very same value
    where nothing is kept from that officer.
    """
    exhibits = {row.number: row.control for row in withheld_of(session, case)}
    parts = withheld_parts(session, set(_reports(session, case)))
    if not exhibits and not parts:
        return record
    names = _reports(session, case)
    return opened_record(record, exhibits, {names[key]: kept for key, kept in parts.items()})


def _reports(session: Session, case: Case) -> dict[UUID, str]:
    rows = session.execute(
        sa.select(Incident.id, Incident.reference)
        .join(CaseIncident, CaseIncident.incident_id == Incident.id)
        .where(CaseIncident.case_id == case.id)
    )
    return dict(rows.all())


def refuse_past_need(session: Session, case: Case, officer: Officer | None = None) -> None:
    """TransitionBlocked with everything that is kept from the officer: a document about the whole
    case is made by somebody who may read the whole.
    """
    if kept := kept_from(session, case, officer):
        raise TransitionBlocked(
            [
                Blocker(
                    f"{what}: withheld from you. Somebody who may see it prepares it.", AUTHORITY
                )
                for what in kept
            ]
        )
