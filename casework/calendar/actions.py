"""The secret address under which a calendar program reads an officer's deadlines."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework import audit
from casework.calendar.queries.feeds import open_feeds
from models import CalendarFeed, Officer


def new_feed(session: Session, officer: Officer, *, at: datetime) -> str:
    """The secret of a new address; an earlier one stops working. Only its hash is stored."""
    session.execute(sa.select(Officer.id).where(Officer.id == officer.id).with_for_update())
    _end(session, officer, at)
    token = secrets.token_urlsafe(32)
    digest = hashlib.sha256(token.encode()).hexdigest()
    session.add(CalendarFeed(officer_id=officer.id, token_sha256=digest, created_at=at))
    session.flush()
    audit.record(session, officer, "feed.open", f"officer:{officer.id}", at=at)
    return token


def end_feed(session: Session, officer: Officer, *, at: datetime) -> None:
    """The address stops working; ending none is no fault."""
    if _end(session, officer, at):
        audit.record(session, officer, "feed.end", f"officer:{officer.id}", at=at)


def _end(session: Session, officer: Officer, at: datetime) -> int:
    feeds = open_feeds(session, officer)
    for feed in feeds:
        feed.ended_at = at
    session.flush()
    return len(feeds)
