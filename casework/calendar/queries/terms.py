"""Everything with a last day in the cases that an officer may see, in one query."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from casework.calendar.facts import Term
from casework.calendar.queries.wanted import Wanted, cases_of, spoken_for
from casework.packets.lettering import WASHINGTON
from models import (
    AgencyPosition,
    Case,
    Entity,
    Escalation,
    EscalationOutcome,
    Incident,
    MeasureHold,
    MeasureHoldLift,
    Officer,
    OwnerPermission,
    PermissionRevocation,
    Petition,
    PetitionDecision,
    PositionRequest,
    ResponseWindow,
    SubmitterAnswer,
    SubmitterNotice,
    Task,
)

# A month with more shows the earliest and says so.
MOST = 1000

_NO_WORD = sa.literal("", sa.Text)
_NOBODY = sa.cast(sa.null(), sa.Uuid)
_NO_DAY = sa.cast(sa.null(), sa.Date)
_NO_TIME = sa.cast(sa.null(), Task.done_at.type)


def terms(session: Session, officer: Officer, wanted: Wanted) -> list[Term]:
    """Last days that are recorded as such, the earliest first, `MOST` at most."""
    rows = sa.union_all(*(source() for source in _SOURCES)).subquery()
    agency = rows.c.agency == spoken_for(officer)
    own = sa.or_(rows.c.officer_id == officer.id, sa.and_(rows.c.agency != "", agency))
    chosen = (
        sa.select(rows, Case.reference, Case.text_version, own.label("own"))
        .join(Case, Case.id == rows.c.case_id)
        .where(Case.id.in_(cases_of(officer, wanted)), *_within(rows.c.due, wanted))
        .order_by(rows.c.due, Case.reference, rows.c.id)
        .limit(MOST)
    )
    if wanted.kind:
        chosen = chosen.where(rows.c.kind == wanted.kind)
    if wanted.mine:
        chosen = chosen.where(sa.or_(own, Case.lead_id == officer.id))
    return [_term(row) for row in session.execute(chosen)]


def _within(due: sa.ColumnElement[Any], wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    bounds = [due >= wanted.first] if wanted.first else []
    return [*bounds, due <= wanted.last] if wanted.last else bounds


def _term(row: sa.Row[Any]) -> Term:
    done = row.done_on or (row.done_at.astimezone(WASHINGTON).date() if row.done_at else None)
    return Term(
        kind=row.kind,
        key=str(row.id),
        reference=row.reference,
        text_version=row.text_version,
        about=row.about or "",
        due=row.due,
        done_on=done,
        measure=row.measure,
        own=bool(row.own),
    )


def _source(
    kind: str,
    table: Any,
    due: Any,
    *,
    about: Any = _NO_WORD,
    measure: Any = _NO_WORD,
    done_on: Any = _NO_DAY,
    done_at: Any = _NO_TIME,
    officer: Any = _NOBODY,
    agency: Any = _NO_WORD,
) -> sa.Select[Any]:
    return sa.select(
        sa.literal(kind, sa.Text).label("kind"),
        table.id.label("id"),
        (table.id if table is Case else table.case_id).label("case_id"),
        about.label("about"),
        measure.label("measure"),
        due.label("due"),
        done_on.label("done_on"),
        done_at.label("done_at"),
        officer.label("officer_id"),
        agency.label("agency"),
    ).where(due.is_not(None))


def _tasks() -> sa.Select[Any]:
    return _source(
        "task", Task, Task.due_on, about=Task.title, done_at=Task.done_at, officer=Task.assignee_id
    )


def _reviews() -> sa.Select[Any]:
    return _source("review", Case, Case.next_review_on, officer=Case.lead_id)


def _positions() -> sa.Select[Any]:
    said = sa.select(sa.func.min(AgencyPosition.at)).where(
        AgencyPosition.case_id == PositionRequest.case_id,
        AgencyPosition.agency == PositionRequest.agency,
    )
    return _source(
        "position",
        PositionRequest,
        PositionRequest.due_on,
        about=PositionRequest.agency,
        done_at=said.correlate(PositionRequest).scalar_subquery(),
        agency=PositionRequest.agency,
    )


def _disputes() -> sa.Select[Any]:
    return _source(
        "dispute",
        Escalation,
        Escalation.due_on,
        about=Escalation.level,
        done_on=EscalationOutcome.happened_on,
        agency=Escalation.agency,
    ).outerjoin(EscalationOutcome, EscalationOutcome.escalation_id == Escalation.id)


def _windows() -> sa.Select[Any]:
    later = aliased(ResponseWindow)
    ended = sa.select(sa.func.min(later.at)).where(
        later.case_id == ResponseWindow.case_id,
        later.entity_id == ResponseWindow.entity_id,
        later.at >= ResponseWindow.at,
        later.step.in_(("answered", "lapsed", "waived")),
    )
    return (
        _source(
            "window",
            ResponseWindow,
            ResponseWindow.closes_on,
            about=Entity.name,
            done_at=ended.correlate(ResponseWindow).scalar_subquery(),
        )
        .join(Entity, Entity.id == ResponseWindow.entity_id)
        .where(ResponseWindow.step == "opened")
    )


def _notices() -> sa.Select[Any]:
    return (
        _source(
            "notice",
            SubmitterNotice,
            SubmitterNotice.due_on,
            about=Incident.owner_name,
            done_on=SubmitterAnswer.received_on,
        )
        .join(Incident, Incident.id == SubmitterNotice.incident_id)
        .outerjoin(SubmitterAnswer, SubmitterAnswer.notice_id == SubmitterNotice.id)
    )


def _petitions() -> sa.Select[Any]:
    return (
        _source(
            "petition",
            Petition,
            Petition.due_on,
            about=Entity.name,
            measure=Petition.measure,
            done_on=PetitionDecision.decided_on,
        )
        .join(Entity, Entity.id == Petition.entity_id)
        .outerjoin(PetitionDecision, PetitionDecision.petition_id == Petition.id)
    )


def _permissions() -> sa.Select[Any]:
    return _source(
        "permission",
        OwnerPermission,
        OwnerPermission.expires_on,
        about=OwnerPermission.owner,
        done_on=PermissionRevocation.revoked_on,
    ).outerjoin(PermissionRevocation, PermissionRevocation.permission_id == OwnerPermission.id)


def _holds() -> sa.Select[Any]:
    return _source(
        "hold",
        MeasureHold,
        MeasureHold.review_on,
        measure=MeasureHold.measure,
        done_at=MeasureHoldLift.at,
    ).outerjoin(MeasureHoldLift, MeasureHoldLift.hold_id == MeasureHold.id)


_SOURCES: tuple[Callable[[], sa.Select[Any]], ...] = (
    _tasks,
    _reviews,
    _positions,
    _disputes,
    _windows,
    _notices,
    _petitions,
    _permissions,
    _holds,
)
