"""Who opened which confidential item, for the log. The pages themselves only read."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from flask import g

from casework.handling.actions import reading
from casework.handling.queries.readers import mark_of
from casework.packets.release import PUBLIC
from models import Case, Exhibit, Incident, Packet
from views.access import current_officer
from views.clock import now
from views.transaction import after_commit, own_transaction


def note_incidents(incidents: Iterable[Incident]) -> None:
    """Log that the reports are shown, as far as anything in them is confidential; those of the
    reader's own organization are its own.
    """
    _note((), {incident.id for incident in incidents})


def note_reports(incidents: Iterable[Incident]) -> None:
    """Log that reports are shown of which it is known that something in them is confidential."""
    own = current_officer.organization_id
    items = [f"incident:{row.reference}" for row in incidents if row.organization_id != own]
    if items:
        _note(items, ())


def note_exhibit(case: Case, exhibit: Exhibit) -> None:
    if any(mark_of(row).confidential for row in exhibit.markings):
        _note([f"exhibit:{case.reference}/{exhibit.number}"], ())


def note_packet(packet: Packet) -> None:
    """A packet holds the record of its case, so that each view of it is logged; the public one
    holds what was cleared for everybody.
    """
    if packet.recipient != PUBLIC:
        _note([f"packet:{packet.case.reference}/{packet.number}"], ())


def _note(items: Collection[str], incident_ids: Collection[UUID]) -> None:
    """Keep for the end of the request: an item counts once, however often the page shows it."""
    if "seen_items" not in g:
        g.seen_items, g.seen_incidents = set(), set()
        officer_id, origin = current_officer.id, g.get("origin")

        def write() -> None:
            with own_transaction(origin=origin) as session:
                reading.note_seen(session, officer_id, g.seen_items, g.seen_incidents, at=now())

        after_commit(write)
    g.seen_items |= set(items)
    g.seen_incidents |= set(incident_ids)
