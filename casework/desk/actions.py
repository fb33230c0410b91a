"""What belongs to the work of one officer: drafts, submissions, refusals."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from casework import audit
from casework.desk import queries
from casework.errors import StaleVersion
from models import Draft, Officer, Submission


def keep_draft(
    session: Session,
    officer_id: uuid.UUID,
    form: str,
    subject: str,
    data: dict[str, Any],
    *,
    at: datetime,
    version: int | None = None,
) -> Draft:
    """Keep what was typed. With `version`, raise StaleVersion if another window saved since."""
    draft = queries.find_draft(session, officer_id, form, subject)
    if draft is None:
        draft = Draft(officer_id=officer_id, form=form, subject=subject, version=0)
        session.add(draft)
    elif version is not None and version != draft.version:
        raise StaleVersion("This draft was saved from another window in the meantime.")
    draft.data, draft.saved_at, draft.version = data, at, draft.version + 1
    session.flush()
    return draft


def drop_draft(session: Session, officer_id: uuid.UUID, form: str, subject: str) -> None:
    draft = queries.find_draft(session, officer_id, form, subject)
    if draft is not None:
        session.delete(draft)


def remember_submission(
    session: Session,
    officer: Officer,
    key: str,
    fields_sha256: str,
    location: str,
    *,
    at: datetime,
) -> None:
    session.add(
        Submission(
            officer_id=officer.id,
            key=key,
            fields_sha256=fields_sha256,
            location=location,
            at=at,
        )
    )


def note_refusal(
    session: Session,
    officer_id: uuid.UUID | None,
    *,
    endpoint: str,
    reason: str,
    method: str,
    at: datetime,
) -> None:
    officer = session.get(Officer, officer_id) if officer_id else None
    audit.record(
        session, officer, "access.refused", f"view:{endpoint}", at=at, reason=reason, method=method
    )
