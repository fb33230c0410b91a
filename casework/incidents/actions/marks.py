"""The markings that a report brings along, and what a correction of the report may do to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import datetime

from sqlalchemy.orm import Session

from casework.access import Role
from casework.handling.actions.first import note_first
from casework.handling.actions.markings import amend_with_report
from casework.handling.marks import label_of
from casework.handling.queries.readers import mark_of
from casework.incidents.report import Handling
from models import Incident, Marking, Officer


def mark_first(incident: Incident, handling: Iterable[Handling]) -> None:
    """Mark the parts of a report that has no markings yet; part of submitting it."""
    incident.markings = [_marking(line) for line in handling]


def _marking(line: Handling) -> Marking:
    return Marking(
        **asdict(line),
        cui_specified=False,
        dissemination=[],
        releasable_to=[],
        statute="",
        personal_data=False,
    )


def note_marks(session: Session, incident: Incident, *, by: Officer, at: datetime) -> None:
    """Keep how each part was marked when the report came in."""
    for row in incident.markings:
        note_first(session, row, authority="The report as submitted", by=by, at=at)


def amend_marks(
    session: Session, incident: Incident, handling: Iterable[Handling], *, by: Officer, at: datetime
) -> None:
    """Follow the markings of a corrected report. InvalidValue where that would lift one, unless
    the owner takes back its own claim.
    """
    own = Role.REPORTER in by.roles and by.organization_id == incident.organization_id
    known = {row.item: row for row in incident.markings}
    for line in handling:
        if line.item not in known:
            incident.markings.append(made := _marking(line))
            session.flush()
            note_first(session, made, authority="Correction of the report", by=by, at=at)
            continue
        wanted = replace(
            mark_of(known[line.item]),
            owner_confidential=line.owner_confidential,
            trade_secret=line.trade_secret,
            tlp=label_of(line.tlp),
            cui=line.cui_category,
        )
        amend_with_report(session, known[line.item], wanted, by=by, own_word=own, at=at)
