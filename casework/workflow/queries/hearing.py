from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.workflow.queries.cases import visible_to
from casework.workflow.queries.window_words import exhibit_shown, words_shown
from casework.workflow.replies import STEPS, Reply, newest
from models import Case, CaseIncident, Entity, Incident, Officer, ResponseWindow


def replies_to(session: Session, officer: Officer, incident: Incident) -> list[Reply]:
    """What the accused answered in every visible case to which the report is linked."""
    linked = sa.select(CaseIncident.case_id).where(CaseIncident.incident_id == incident.id)
    visible = visible_to(officer).where(Case.id.in_(linked)).with_only_columns(Case.id)
    rows = session.execute(
        sa.select(
            Case.reference,
            ResponseWindow.entity_id,
            Entity.name,
            ResponseWindow.step,
            words_shown(session),
            ResponseWindow.at,
            ResponseWindow.closes_on,
            exhibit_shown(session),
        )
        .join(Case, Case.id == ResponseWindow.case_id)
        .join(Entity, Entity.id == ResponseWindow.entity_id)
        .where(ResponseWindow.case_id.in_(visible), ResponseWindow.step.in_(STEPS))
        .order_by(ResponseWindow.at, ResponseWindow.id)
    )
    return newest(Reply(*row) for row in rows)
