"""The first marking of an item."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from casework import audit
from casework.handling.changes import content
from casework.handling.marks import Mark
from casework.handling.queries.readers import mark_of
from models import Case, Exhibit, Incident, Marking, MarkingChange, Officer

PRESUMED = "Presumed confidential until it is decided (policy)"


def note_first(
    session: Session, marking: Marking, *, authority: str, by: Officer, at: datetime
) -> None:
    """Keep how an item was marked when it came in; part of receiving it, which has its entry."""
    session.add(
        MarkingChange(
            marking_id=marking.id,
            kind="marked",
            before=content(Mark()),
            after=content(mark_of(marking)),
            reason="",
            authority=authority,
            by_id=by.id,
            by_person_id=by.person_id,
            at=at,
        )
    )
    session.flush()


def begin_marking(
    session: Session,
    subject: Incident | Exhibit,
    item: str,
    *,
    case: Case,
    by: Officer,
    at: datetime,
) -> Marking:
    """Mark an item that came in without a marking as its owner's confidence; from there it is
    changed, or decontrolled, like any other.
    """
    marking = Marking(
        incident_id=subject.id if isinstance(subject, Incident) else None,
        exhibit_id=subject.id if isinstance(subject, Exhibit) else None,
        item=item,
        owner_confidential=True,
        trade_secret=False,
        tlp="TLP:AMBER",
        cui_category="",
        cui_specified=False,
        dissemination=[],
        releasable_to=[],
        statute="",
        personal_data=False,
    )
    session.add(marking)
    session.flush()
    note_first(session, marking, authority=PRESUMED, by=by, at=at)
    key = f"marking:{marking.id}"
    audit.record(session, by, "marking.begin", key, at=at, case=case, item=item)
    return marking
