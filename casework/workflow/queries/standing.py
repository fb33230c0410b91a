"""Where a case stands: everything its guards ask about, read in a fixed number of queries."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from casework.handling.queries.readers import confidential, marks_told, telling_marks
from casework.legislation import queries as legislation
from casework.statute.loader import load_pack
from casework.workflow.engine import CaseFacts
from casework.workflow.queries.acts import acts_of
from casework.workflow.queries.carried import counting, moves_of
from casework.workflow.reading import read
from casework.workflow.record import Answer, Counts, Record, Subject
from models import (
    CarryOver,
    Case,
    CaseIncident,
    CaseSubject,
    Determination,
    Entity,
    Exhibit,
    Finding,
    FindingCitation,
    FindingReview,
    Incident,
    LegalHold,
    LegalHoldRelease,
    Marking,
    Packet,
    PositionRequest,
    PurposeStatement,
    Recommendation,
    ResponseWindow,
    Task,
)


def facts_of(session: Session, case: Case, *, default_enacted: date | None = None) -> CaseFacts:
    """What the guards of the case's pack ask. `default_enacted` is the setting, if any."""
    record = record_of(session, case, default_enacted=default_enacted)
    return read(record, load_pack(case.text_version))


def record_of(
    session: Session,
    case: Case,
    *,
    default_enacted: date | None = None,
    dates: legislation.ActDates | None = None,
    counts: Counts | None = None,
) -> Record:
    """The record of a case; what a page has read already is handed in and not read again."""
    known = dates or legislation.dates_of(session, case.text_version, default_enacted)
    counted = counts or counts_of(session, case)
    return Record(
        stage=case.stage,
        lead_assigned=case.lead_id is not None,
        counts=counted,
        subjects=_subjects(session, case),
        acts=acts_of(session, case),
        answers=answers_of(session, case, carried=bool(counted.carry_overs)),
        enacted=known.enacted,
        events=known.events,
    )


def counts_of(session: Session, case: Case) -> Counts:
    """One query for all; a number in a tab is never another than the number in a list."""
    row = session.execute(
        sa.select(
            _count(CaseSubject, case).label("subjects"),
            _count(CaseIncident, case).label("incidents"),
            _count(Exhibit, case).label("exhibits"),
            (_unmarked_exhibits(case) + _unmarked_incidents(case)).label("unmarked"),
            _current(case, sa.func.count()).scalar_subquery().label("answers"),
            _count(Recommendation, case).label("recommendations"),
            _count(Packet, case).label("packets"),
            _count(Packet, case, Packet.state == "issued").label("packets_issued"),
            _count(PositionRequest, case).label("requests"),
            _count(Task, case, Task.done_at.is_(None)).label("open_tasks"),
            _count(CarryOver, case).label("carry_overs"),
            _count(LegalHold, case, ~_released()).label("legal_holds"),
            _marks(case).label("marks"),
            _confidential_reports(case).label("confidential"),
        )
    ).one()
    told = dict(row._mapping)  # noqa: SLF001 (the documented way to a mapping)
    lists = {
        "marks": tuple(marks_told(told["marks"] or "")),
        "confidential": frozenset((told["confidential"] or "").split()),
    }
    if told["carry_overs"]:
        told["answers"] = len(counting(session, case, moves_of(session, case)))
    return Counts(**told | lists)


def _count(table: Any, case: Case, *where: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    return (
        sa.select(sa.func.count())
        .select_from(table)
        .where(table.case_id == case.id, *where)
        .scalar_subquery()
    )


def _marks(case: Case) -> sa.ScalarSelect[str]:
    """The markings of every exhibit and report of the case, a line for each."""
    exhibits = sa.select(Exhibit.id).where(Exhibit.case_id == case.id)
    incidents = sa.select(CaseIncident.incident_id).where(CaseIncident.case_id == case.id)
    held = sa.or_(Marking.exhibit_id.in_(exhibits), Marking.incident_id.in_(incidents))
    lines = sa.func.aggregate_strings(telling_marks(), "\n")
    return sa.select(lines).select_from(Marking).where(held).scalar_subquery()


def _confidential_reports(case: Case) -> sa.ScalarSelect[str]:
    """References of the reports of the case in which something is confidential, one a line."""
    linked = sa.select(CaseIncident.incident_id).where(CaseIncident.case_id == case.id)
    marked = sa.exists().where(Marking.incident_id == Incident.id, confidential())
    return (
        sa.select(sa.func.aggregate_strings(Incident.reference, "\n"))
        .where(Incident.id.in_(linked), marked)
        .scalar_subquery()
    )


def _released() -> sa.Exists:
    return sa.exists().where(LegalHoldRelease.hold_id == LegalHold.id)


def _unmarked_exhibits(case: Case) -> sa.ScalarSelect[int]:
    marked = sa.exists().where(Marking.exhibit_id == Exhibit.id)
    return _count(Exhibit, case, ~marked)


def _unmarked_incidents(case: Case) -> sa.ScalarSelect[int]:
    marked = sa.exists().where(Marking.incident_id == CaseIncident.incident_id)
    return _count(CaseIncident, case, ~marked)


def _current(case: Case, *columns: Any) -> sa.Select[Any]:
    """The newest revision of each answer."""
    place = sa.func.row_number().over(
        partition_by=(Finding.entity_id, Finding.element), order_by=Finding.revision.desc()
    )
    newest = (
        sa.select(Finding.id, place.label("place")).where(Finding.case_id == case.id).subquery()
    )
    return (
        sa.select(*columns)
        .select_from(Finding)
        .join(newest, sa.and_(newest.c.id == Finding.id, newest.c.place == 1))
    )


def answers_of(session: Session, case: Case, *, carried: bool = True) -> list[Answer]:
    """Every answer that counts, with how many exhibits it cites and how its readers answered.

    Answers of a case `carried` over to another text count under the elements of that text.
    """
    if not carried:
        return [Answer(*row) for row in session.execute(_current(case, *_answer_columns()))]
    counts = counting(session, case, moves_of(session, case))
    rows = session.execute(
        sa.select(Finding.id, *_answer_columns()).where(Finding.id.in_(counts.values()))
    )
    told = {row[0]: Answer(*row[1:]) for row in rows}
    return [replace(told[key], element=element) for (_, element), key in counts.items()]


def _answer_columns() -> tuple[Any, ...]:
    cited = sa.select(sa.func.count()).where(FindingCitation.finding_id == Finding.id)
    reviews = sa.select(sa.func.count()).where(FindingReview.finding_id == Finding.id)
    return (
        Finding.entity_id,
        Finding.element,
        Finding.answer,
        cited.correlate(Finding).scalar_subquery(),
        reviews.where(FindingReview.agrees).correlate(Finding).scalar_subquery(),
        reviews.where(~FindingReview.agrees).correlate(Finding).scalar_subquery(),
    )


def _subjects(session: Session, case: Case) -> list[Subject]:
    rows = session.execute(
        sa.select(Entity.id, Entity.name, CaseSubject.examined)
        .join(CaseSubject, CaseSubject.entity_id == Entity.id)
        .where(CaseSubject.case_id == case.id)
        .order_by(CaseSubject.position, CaseSubject.id)
    )
    return [Subject(*row) for row in rows]


_ABOUT: tuple[InstrumentedAttribute[Any], ...] = (
    Finding.entity_id,
    PurposeStatement.entity_id,
    ResponseWindow.entity_id,
    Recommendation.entity_id,
    Determination.entity_id,
)


def has_record(session: Session, case: Case, entity_id: UUID) -> bool:
    """Whether an answer, statement, reply, recommendation or decision names the subject."""
    return bool(
        session.scalar(
            sa.select(
                sa.or_(
                    *(
                        sa.exists().where(column == entity_id, column.class_.case_id == case.id)
                        for column in _ABOUT
                    )
                )
            )
        )
    )
