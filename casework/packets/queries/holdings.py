"""Exhibits with what became of them, and the numbered record."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.disclosure.queries.notices import Cleared
from casework.evidence.queries.exhibits import exhibits_of
from casework.packets import facts
from casework.packets.lettering import WASHINGTON
from casework.packets.queries.allegations import marks_of
from casework.packets.release import Mark, hides, veil_for
from casework.workflow.record import Act
from models import Case, CustodyEvent, Exhibit, Finding, Incident

# When, title, kind, SHA-256, and why it is withheld.
_Item = tuple[datetime, str, str, str, str]
_AGREES = "agrees"
_ACTS = {
    "record": "Record of a step",
    "window": "Opportunity to answer",
    "request": "Request for a position",
    "position": "Position of an agency",
    "determination": "Determination",
    "purpose": "Statement on purpose",
    "recommendation": "Recommendation",
}


def held_of(
    session: Session, case: Case
) -> tuple[Sequence[Exhibit], Mapping[uuid.UUID, Sequence[CustodyEvent]]]:
    """Exhibits by number, pointers among them, and the custody register of each."""
    exhibits = exhibits_of(session, case)
    register: dict[uuid.UUID, list[CustodyEvent]] = defaultdict(list)
    for event in session.scalars(
        sa.select(CustodyEvent)
        .join(Exhibit, Exhibit.id == CustodyEvent.exhibit_id)
        .where(Exhibit.case_id == case.id)
        .order_by(CustodyEvent.at, CustodyEvent.id)
    ):
        register[event.exhibit_id].append(event)
    return exhibits, register


def index(
    exhibits: Iterable[Exhibit],
    register: Mapping[uuid.UUID, Sequence[CustodyEvent]],
    *,
    recipient: str,
    cleared: Cleared,
) -> tuple[facts.Exhibit, ...]:
    """Exhibits that are files here; a pointer has no bytes and stands in the record.

    Of one that is held back not even the hash is told: a short file could be guessed from it.
    """
    return tuple(
        _exhibit(row, register.get(row.id, ()))
        for row in exhibits
        if row.sha256 and not _hidden(row, recipient, cleared)
    )


def _hidden(row: Exhibit, recipient: str, cleared: Cleared) -> bool:
    open_items = cleared.get(row.id, frozenset())
    return hides(veil_for(recipient, marks_of(row.markings), open_items), "file")


def _exhibit(row: Exhibit, events: Sequence[CustodyEvent]) -> facts.Exhibit:
    return facts.Exhibit(
        row.number,
        row.title,
        row.received_from,
        row.received_at,
        row.media_type,
        row.size or 0,
        row.sha256 or "",
        marking(marks_of(row.markings).get("file")),
        custody_words(events),
    )


def marking(mark: Mark | None) -> str:
    if mark is None:
        return "Not marked"
    claims = [
        word
        for word, claimed in (
            ("Owner confidential", mark.owner_confidential),
            ("Trade secret claimed", mark.trade_secret),
        )
        if claimed
    ]
    cui = [mark.cui_words] if mark.cui_words else []
    return ", ".join([*cui, *claims, *([mark.tlp] if mark.tlp else [])]) or "No restriction"


def custody_words(events: Sequence[CustodyEvent]) -> str:
    """Count the entries of the register; a check that failed is never left out."""
    kinds = [event.kind for event in events]
    checks = [event for event in events if event.kind == "rehashed"]
    failed = sum(not event.note.startswith(_AGREES) for event in checks)
    words = [f"{len(events)} {'entry' if len(events) == 1 else 'entries'}"]
    for kind, word in (("downloaded", "handed out"), ("embedded", "listed in a packet")):
        if kind in kinds:
            words.append(f"{word} {kinds.count(kind)}×")
    words.append(
        f"hash checked {len(checks)}×, {failed} failed" if checks else "hash not rechecked"
    )
    words += [
        f"file destroyed {washington_day(event.at).isoformat()} under {event.note}"
        for event in events
        if event.kind == "disposed"
    ]
    return "; ".join(words)


def record_index(
    incidents: Iterable[Incident],
    exhibits: Iterable[Exhibit],
    findings: Iterable[Finding],
    acts: Iterable[Act],
) -> tuple[facts.RecordItem, ...]:
    """Everything that lies before the decider, by day; what is not handed over says why."""
    items: list[_Item] = [
        *((row.submitted_at, f"Report {row.reference}", "Report", "", "") for row in incidents),
        *(_held(row) for row in exhibits),
        *(
            (row.at, f"Answer to {row.element}, revision {row.revision}", "Finding", "", "")
            for row in findings
        ),
        *(
            (act.at, f"{_ACTS[act.source]} by {act.by}", "Act", "", "")
            for act in acts
            if act.source in _ACTS
        ),
    ]
    return tuple(
        facts.RecordItem(number, title, kind, washington_day(at), sha256, withheld)
        for number, (at, title, kind, sha256, withheld) in enumerate(
            sorted(items, key=lambda item: item[0]), start=1
        )
    )


def _held(row: Exhibit) -> _Item:
    if row.sha256:
        return row.received_at, f"Exhibit {row.number}: {row.title}", "Exhibit", row.sha256, ""
    place = f"held by {row.custodian} in {row.system}, number {row.registry_number}"
    return row.received_at, f"Exhibit {row.number}: pointer only", "Pointer", "", place


def washington_day(at: datetime) -> date:
    return at.astimezone(WASHINGTON).date()
