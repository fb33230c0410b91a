"""The log of who opened which confidential item."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework import audit
from casework.handling.queries import readers as queries
from models import Incident, Marking, Officer


def note_seen(
    session: Session,
    officer_id: UUID,
    items: Collection[str],
    incident_ids: Collection[UUID],
    *,
    at: datetime,
) -> None:
    """Log that an officer opened items (`exhibit:MEA-2026-00001/7`), and those of the reports in
    which something is confidential, but for reports of the officer's own organization.
    """
    opened = {*items, *_confidential(session, incident_ids, officer_id)}
    if not opened:
        return
    officer = session.get_one(Officer, officer_id)
    for item in sorted(opened):
        audit.record(session, officer, f"{item.partition(':')[0]}.read", item, at=at)


def _confidential(session: Session, incident_ids: Collection[UUID], officer_id: UUID) -> list[str]:
    if not incident_ids:
        return []
    own = sa.select(Officer.organization_id).where(Officer.id == officer_id).scalar_subquery()
    marked = sa.exists().where(Marking.incident_id == Incident.id, queries.confidential())
    found = session.scalars(
        sa.select(Incident.reference).where(
            Incident.id.in_(incident_ids), Incident.organization_id != own, marked
        )
    )
    return [f"incident:{reference}" for reference in found]
