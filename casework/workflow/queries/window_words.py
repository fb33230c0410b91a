"""The words of an answered window, as far as the reader may see the exhibit that holds them."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.handling.queries.readers import reader_in, unseen
from models import Exhibit, Marking, ResponseWindow

WITHHELD = "Withheld from you by the marking of the exhibit that holds it."


def words_shown(session: Session) -> sa.ColumnElement[str]:
    """The text of a `response_window`; `WITHHELD` where its exhibit is kept from the reader."""
    return sa.case((_kept(session), WITHHELD), else_=ResponseWindow.text)


def exhibit_shown(session: Session) -> sa.ColumnElement[int | None]:
    """The number of the exhibit that holds the answer; null for none, or one that is kept."""
    number = sa.select(Exhibit.number).where(Exhibit.id == ResponseWindow.exhibit_id)
    return sa.case(
        (_kept(session), sa.null()), else_=number.correlate(ResponseWindow).scalar_subquery()
    )


def _kept(session: Session) -> sa.ColumnElement[bool]:
    reader = reader_in(session)
    if reader is None:
        return sa.false()
    held = Marking.exhibit_id == ResponseWindow.exhibit_id
    return sa.exists().where(held, unseen(reader)).correlate(ResponseWindow)
