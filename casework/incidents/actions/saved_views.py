"""Views of the list that an officer keeps."""

from __future__ import annotations

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework import audit
from casework.errors import InvalidValue, NotFound
from models import Officer, SavedView


def save_view(
    session: Session, by: Officer, area: str, name: str, query: str, *, at: datetime
) -> SavedView:
    """Keep filters under a name; `query` is the part of the address after `?`. InvalidValue if
    the officer has a view of that name in the area.
    """
    known = sa.select(SavedView.id).where(
        SavedView.officer_id == by.id, SavedView.area == area, SavedView.name == name
    )
    if session.scalar(known):
        raise InvalidValue("You have a view of this name. Choose another, or remove it.", "name")
    view = SavedView(officer_id=by.id, area=area, name=name, query=query, created_at=at)
    session.add(view)
    session.flush()
    audit.record(session, by, "view.save", f"view:{view.id}", at=at, area=area)
    return view


def remove_view(
    session: Session, by: Officer, area: str, view_id: uuid.UUID, *, at: datetime
) -> None:
    """Forget a view of the officer's own; NotFound for any other."""
    view = session.get(SavedView, view_id)
    if view is None or (view.officer_id, view.area) != (by.id, area):
        raise NotFound("There is no such view.")
    session.delete(view)
    session.flush()
    audit.record(session, by, "view.remove", f"view:{view_id}", at=at, area=area)
