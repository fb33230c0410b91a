"""Notices to submitters in a case, and what they let out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, lazyload

from casework.disclosure.rules import Course
from casework.incidents.report import ITEMS
from models import (
    Case,
    CaseIncident,
    Exhibit,
    Incident,
    Marking,
    Officer,
    SubmitterAnswer,
    SubmitterNotice,
    SubmitterRuling,
)

# Ids of reports and exhibits to the items that may be released: parts of a report, or the file.
Cleared = Mapping[UUID, frozenset[str]]
FILE = "file"


def notices_of(session: Session, case: Case) -> Sequence[SubmitterNotice]:
    """Every notice with its answer and ruling, the latest first."""
    return session.scalars(
        _whole(case).order_by(SubmitterNotice.at.desc(), SubmitterNotice.id)
    ).all()


def find_notice(session: Session, case: Case, notice_id: UUID) -> SubmitterNotice | None:
    return session.scalars(_whole(case).where(SubmitterNotice.id == notice_id)).one_or_none()


def _whole(case: Case) -> sa.Select[SubmitterNotice]:
    plain = lazyload(Officer.grants)
    return (
        sa.select(SubmitterNotice)
        .where(SubmitterNotice.case_id == case.id)
        .options(
            joinedload(SubmitterNotice.incident, innerjoin=True),
            joinedload(SubmitterNotice.by, innerjoin=True).options(plain),
            joinedload(SubmitterNotice.answer).joinedload(SubmitterAnswer.by).options(plain),
            joinedload(SubmitterNotice.answer).joinedload(SubmitterAnswer.exhibit),
            joinedload(SubmitterNotice.ruling).joinedload(SubmitterRuling.by).options(plain),
        )
        .execution_options(populate_existing=True)
    )


def course_of(notice: SubmitterNotice) -> Course:
    ruling = notice.ruling
    return Course(
        notice.due_on,
        notice.answer.kind if notice.answer else "",
        ruling.released if ruling else None,
        ruling.release_on if ruling else None,
    )


def cleared_in(session: Session, case: Case, on: date) -> Cleared:
    """What may be released on that day: the submitter consented, or a ruling released it."""
    refs = {
        ref
        for notice in notices_of(session, case)
        if course_of(notice).clears(on)
        for ref in notice.items
    }
    if not refs:
        return {}
    names = dict(session.execute(_reports(case)).all())
    numbers = dict(session.execute(_exhibits(case)).all())
    found: dict[UUID, set[str]] = {}
    for ref in refs:
        reference, _, part = ref.partition("#")
        key = names.get(reference) or numbers.get(reference)
        if key:
            found.setdefault(key, set()).add(part or FILE)
    return {key: frozenset(items) for key, items in found.items()}


def _reports(case: Case) -> sa.Select[str, UUID]:
    return (
        sa.select(Incident.reference, Incident.id)
        .join(CaseIncident, CaseIncident.incident_id == Incident.id)
        .where(CaseIncident.case_id == case.id)
    )


def _exhibits(case: Case) -> sa.Select[str, UUID]:
    name = sa.literal("exhibit:").concat(sa.cast(Exhibit.number, sa.Text))
    return sa.select(name, Exhibit.id).where(Exhibit.case_id == case.id)


def items_of(session: Session, case: Case, incident: Incident) -> list[tuple[str, str]]:
    """Reference and words of what the submitter of the report may be asked about: the parts of
    the report, and the exhibits of the case for which an owner claims confidence.
    """
    parts = [(f"{incident.reference}#{part}", words) for part, words in ITEMS.items()]
    claimed = sa.or_(Marking.owner_confidential, Marking.trade_secret)
    numbers = session.scalars(
        sa.select(Exhibit.number)
        .join(Marking, Marking.exhibit_id == Exhibit.id)
        .where(Exhibit.case_id == case.id, claimed)
        .order_by(Exhibit.number)
    )
    return parts + [(f"exhibit:{number}", f"Exhibit {number}") for number in numbers]


def linked_reports(session: Session, case: Case) -> list[Incident]:
    """The reports of the case, by reference."""
    return list(
        session.scalars(
            sa.select(Incident)
            .join(CaseIncident, CaseIncident.incident_id == Incident.id)
            .where(CaseIncident.case_id == case.id)
            .order_by(Incident.reference)
        )
    )


def covers(session: Session, marking: Marking, on: date) -> bool:
    """Whether a consent, or a ruling that releases, covers the item in any case."""
    if marking.incident_id:
        reference = session.scalar(
            sa.select(Incident.reference).where(Incident.id == marking.incident_id)
        )
        ref, of_case = (
            f"{reference}#{marking.item}",
            SubmitterNotice.incident_id == marking.incident_id,
        )
    else:
        exhibit = session.get_one(Exhibit, marking.exhibit_id)
        ref, of_case = f"exhibit:{exhibit.number}", SubmitterNotice.case_id == exhibit.case_id
    notices = session.scalars(
        sa.select(SubmitterNotice)
        .where(of_case)
        .options(joinedload(SubmitterNotice.answer), joinedload(SubmitterNotice.ruling))
    )
    return any(ref in notice.items and course_of(notice).clears(on) for notice in notices)
