"""The acts that guards ask about, and the comments, read in one query."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from casework.workflow.record import Act
from models import (
    AgencyPosition,
    Case,
    CaseIncident,
    Comment,
    Determination,
    Incident,
    Marking,
    Officer,
    Person,
    PositionRequest,
    PurposeStatement,
    Recommendation,
    RecommendationDecision,
    ResponseWindow,
    StageRecord,
)

_Acts = type[
    StageRecord
    | ResponseWindow
    | PositionRequest
    | AgencyPosition
    | Determination
    | PurposeStatement
    | Recommendation
    | Comment
]
_NOBODY = sa.cast(sa.null(), sa.Uuid)
_NO_DAY = sa.cast(sa.null(), sa.Date)
_NO_WORD = sa.literal("", sa.Text)


def acts_of(session: Session, case: Case) -> list[Act]:
    """Every act with the name of its author, the oldest first."""
    acts = sa.union_all(*_sources(case)).subquery()
    rows = session.execute(
        sa.select(
            acts.c.source,
            acts.c.at,
            Person.name,
            acts.c.entity_id,
            acts.c.key,
            acts.c.value,
            acts.c.day,
            acts.c.text,
        )
        .join(Officer, Officer.id == acts.c.by_id)
        .join(Person, Person.id == Officer.person_id)
        .order_by(acts.c.at, acts.c.id)
    )
    return [Act(*row) for row in rows]


def _sources(case: Case) -> list[sa.Select[Any]]:
    return [
        _act("record", StageRecord, case, key=StageRecord.kind, value=StageRecord.outcome,
             day=StageRecord.happened_on, text=StageRecord.note),
        _act("window", ResponseWindow, case, entity=ResponseWindow.entity_id,
             key=ResponseWindow.step, day=ResponseWindow.closes_on, text=ResponseWindow.text),
        _act("request", PositionRequest, case, key=PositionRequest.agency,
             day=PositionRequest.due_on),
        _act("position", AgencyPosition, case, key=AgencyPosition.agency,
             value=AgencyPosition.position, text=AgencyPosition.comment),
        _act("determination", Determination, case, entity=Determination.entity_id,
             key=Determination.kind, value=Determination.stage, day=Determination.decided_on,
             text=Determination.reasons),
        _act("purpose", PurposeStatement, case, entity=PurposeStatement.entity_id),
        _recommendations(case),
        _act("comment", Comment, case, text=Comment.text),
        _claims_of_confidence(case),
    ]  # fmt: skip


def _act(
    source: str,
    table: _Acts,
    case: Case,
    *,
    entity: Any = _NOBODY,
    key: Any = _NO_WORD,
    value: Any = _NO_WORD,
    day: Any = _NO_DAY,
    text: Any = _NO_WORD,
) -> sa.Select[Any]:
    return sa.select(
        sa.literal(source, sa.Text).label("source"),
        table.id.label("id"),
        table.at.label("at"),
        table.by_id.label("by_id"),
        entity.label("entity_id"),
        key.label("key"),
        value.label("value"),
        day.label("day"),
        text.label("text"),
    ).where(table.case_id == case.id)


def _recommendations(case: Case) -> sa.Select[Any]:
    """Those not superseded, with the state that the pack's vocabulary names."""
    later = aliased(Recommendation)
    state = sa.case(
        (~Recommendation.taken, "not_taken"),
        (RecommendationDecision.id.is_(None), "drafted"),
        (RecommendationDecision.approved, "approved"),
        else_="rejected",
    )
    return (
        _act("recommendation", Recommendation, case, entity=Recommendation.entity_id,
             key=Recommendation.measure, value=state)
        .outerjoin(
            RecommendationDecision,
            RecommendationDecision.recommendation_id == Recommendation.id,
        )
        .where(~sa.exists().where(later.supersedes_id == Recommendation.id))
    )  # fmt: skip


def _claims_of_confidence(case: Case) -> sa.Select[Any]:
    """One row for each linked report of which the owner calls some item confidential."""
    claimed = sa.exists().where(Marking.incident_id == Incident.id, Marking.owner_confidential)
    return (
        sa.select(
            sa.literal("confidence", sa.Text).label("source"),
            Incident.id.label("id"),
            Incident.submitted_at.label("at"),
            Incident.submitted_by_id.label("by_id"),
            _NOBODY.label("entity_id"),
            Incident.owner_name.label("key"),
            _NO_WORD.label("value"),
            _NO_DAY.label("day"),
            _NO_WORD.label("text"),
        )
        .join(CaseIncident, CaseIncident.incident_id == Incident.id)
        .where(CaseIncident.case_id == case.id, claimed)
    )
