from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import CalendarFeed, Officer


def open_feeds(session: Session, officer: Officer) -> list[CalendarFeed]:
    """The addresses of the officer that still work; one at most, unless two were made at once."""
    return list(
        session.scalars(
            sa.select(CalendarFeed)
            .where(CalendarFeed.officer_id == officer.id, CalendarFeed.ended_at.is_(None))
            .order_by(CalendarFeed.created_at)
        )
    )


def reader_of(session: Session, token_sha256: str) -> Officer | None:
    """The active officer behind an address that works, or None."""
    return session.scalars(
        sa.select(Officer)
        .join(CalendarFeed, CalendarFeed.officer_id == Officer.id)
        .where(
            CalendarFeed.token_sha256 == token_sha256,
            CalendarFeed.ended_at.is_(None),
            Officer.active,
        )
    ).one_or_none()
