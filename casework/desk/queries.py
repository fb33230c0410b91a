from __future__ import annotations

import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import Draft, Officer, SavedView, Submission


def find_draft(session: Session, officer_id: uuid.UUID, form: str, subject: str) -> Draft | None:
    return session.scalars(
        sa.select(Draft).where(
            Draft.officer_id == officer_id, Draft.form == form, Draft.subject == subject
        )
    ).one_or_none()


def drafts(session: Session, officer: Officer, form: str | None = None) -> list[Draft]:
    """The officer's own drafts, the latest first."""
    wanted = sa.select(Draft).where(Draft.officer_id == officer.id)
    if form:
        wanted = wanted.where(Draft.form == form)
    return list(session.scalars(wanted.order_by(Draft.saved_at.desc(), Draft.id)))


def find_submission(session: Session, officer: Officer, key: str) -> Submission | None:
    return session.scalars(
        sa.select(Submission).where(Submission.officer_id == officer.id, Submission.key == key)
    ).one_or_none()


def saved_views(session: Session, officer: Officer, area: str) -> list[SavedView]:
    return list(
        session.scalars(
            sa.select(SavedView)
            .where(SavedView.officer_id == officer.id, SavedView.area == area)
            .order_by(SavedView.name)
        )
    )
