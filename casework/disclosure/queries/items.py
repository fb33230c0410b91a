"""The items of a case that carry a marking: the files of exhibits, the parts of reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from casework.disclosure.queries.notices import FILE, linked_reports
from casework.evidence.queries.exhibits import exhibits_of
from casework.incidents.report import ITEMS
from models import Case, CaseIncident, Exhibit, Incident, Marking


@dataclass(frozen=True, slots=True)
class Item:
    """`ref` reads INC-2026-00001#volumes or exhibit:3; `words` name it without what it says.
    `title` is empty for a part of a report and for an exhibit that the reader may not have.
    `marking` None is an item that nobody has marked.
    """

    ref: str
    words: str
    title: str
    marking: Marking | None


def items_of(session: Session, case: Case) -> list[Item]:
    """Every item of the case, marked or not: exhibits by number, then reports by reference."""
    titles = {row.number: row.title for row in exhibits_of(session, case)}
    exhibits = session.scalars(
        sa.select(Exhibit)
        .where(Exhibit.case_id == case.id)
        .options(selectinload(Exhibit.markings))
        .order_by(Exhibit.number)
    )
    found = [_file(row, titles.get(row.number, "")) for row in exhibits]
    reports = linked_reports(session, case)
    marked = _parts(session, [row.id for row in reports])
    for row in reports:
        found += [_part(row, part, marked.get((row.id, part))) for part in ITEMS]
    return found


def _file(row: Exhibit, title: str) -> Item:
    ref, words = f"exhibit:{row.number}", f"Exhibit {row.number}"
    return Item(ref, words, title, row.markings[0] if row.markings else None)


def _part(row: Incident, part: str, marking: Marking | None) -> Item:
    return Item(f"{row.reference}#{part}", f"{row.reference}: {ITEMS[part]}", "", marking)


def _parts(session: Session, incident_ids: Sequence[UUID]) -> dict[tuple[UUID, str], Marking]:
    rows = session.scalars(sa.select(Marking).where(Marking.incident_id.in_(incident_ids)))
    return {(row.incident_id, row.item): row for row in rows if row.incident_id}


def find_item(session: Session, case: Case, marking_id: UUID) -> Item | None:
    """The item of the case that has the marking; None for another's or none."""
    found = (row for row in items_of(session, case) if row.marking and row.marking.id == marking_id)
    return next(found, None)


def subject_of(session: Session, case: Case, ref: str) -> tuple[Exhibit | Incident, str] | None:
    """What an item of the case is part of, and which part; None for one the case does not have."""
    reference, _, part = ref.partition("#")
    if part:
        report = session.scalars(
            sa.select(Incident)
            .join(CaseIncident, CaseIncident.incident_id == Incident.id)
            .where(CaseIncident.case_id == case.id, Incident.reference == reference)
        ).one_or_none()
        return (report, part) if report and part in ITEMS else None
    number = reference.removeprefix("exhibit:")
    if not number.isascii() or not number.isdecimal() or len(number) > _DIGITS:
        return None
    exhibit = session.scalars(
        sa.select(Exhibit).where(Exhibit.case_id == case.id, Exhibit.number == int(number))
    ).one_or_none()
    return (exhibit, FILE) if exhibit else None


_DIGITS = 9  # of a number that the column holds
