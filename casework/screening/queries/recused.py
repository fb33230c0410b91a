"""Who is recused from a case about a party, and so says nothing about it elsewhere either."""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.screening.queries.merges import parties_of
from models import CaseSubject, Officer, Recusal


def is_recused_about(session: Session, entity_id: uuid.UUID, officer: Officer) -> bool:
    """Whether the person is recused from a case that names the entity, or one that is read as
    one with it, as a subject.
    """
    party = parties_of(session, [entity_id])
    found = (
        sa.select(Recusal.case_id)
        .join(CaseSubject, CaseSubject.case_id == Recusal.case_id)
        .where(CaseSubject.entity_id.in_(party), Recusal.person_id == officer.person_id)
    )
    return session.scalar(found.limit(1)) is not None
