"""Decisions of a case whose record was frozen, of whatever table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from casework.packets.lettering import WASHINGTON
from casework.reports.source import Decision
from casework.statute.pack import StatutePack
from models import (
    Case,
    Determination,
    ListProposal,
    ListPublication,
    MeasureDecision,
    Motion,
    MotionClosing,
    Petition,
    PetitionDecision,
    Recommendation,
    RecommendationDecision,
)

Row = Any
_WHOLE = "the case as a whole"


def decisions_of(session: Session, case: Case, pack: StatutePack) -> dict[str, Decision]:
    """Every decision with its record, the latest first, by a key that names table and row."""
    found = [
        (row.at, f"{table.__tablename__}:{row.id}", _decision(row, read, pack))
        for table, read, load in _TABLES
        for row in session.scalars(_rows(table, load, case))
        if row.record is not None and row.record_sha256
    ]
    ranked = sorted(found, key=lambda each: (each[0], each[1]), reverse=True)
    return {key: decision for _, key, decision in ranked}


def _rows(table: Row, load: tuple[Row, ...], case: Case) -> sa.Select[Any]:
    return (
        sa.select(table)
        .where(table.case_id == case.id)
        .options(joinedload(table.by), *load)
        .order_by(table.at, table.id)
    )


def _decision(row: Row, read: Callable[[Row], tuple[str, str, str]], pack: StatutePack) -> Decision:
    what, code, about = read(row)
    kinds = {term.code: term.label for term in pack.vocabularies["decision_kind"].terms}
    word = kinds.get(code, code.replace("_", " "))
    return Decision(
        words=f"{what}: {word}" if word else what,
        about=about,
        by=row.by.name,
        decided_on=_day(row),
        record=row.record,
        sha256=row.record_sha256,
    )


def _day(row: Row) -> date:
    """The day the decision itself names, else the Washington day of the act."""
    for name in ("decided_on", "published_on", "closed_on"):
        if (day := getattr(row, name, None)) is not None:
            return date.fromisoformat(day.isoformat())
    found: date = row.at.astimezone(WASHINGTON).date()
    return found


def _name(entity: Row) -> str:
    return entity.name if entity else _WHOLE


_TABLES: tuple[tuple[Row, Callable[[Row], tuple[str, str, str]], tuple[Row, ...]], ...] = (
    (
        Determination,
        lambda row: ("Determination", row.kind, _name(row.entity)),
        (joinedload(Determination.entity),),
    ),
    (
        RecommendationDecision,
        lambda row: (
            "Decision on a recommendation",
            "approved" if row.approved else "rejected",
            _name(row.recommendation.entity),
        ),
        (joinedload(RecommendationDecision.recommendation).joinedload(Recommendation.entity),),
    ),
    (
        MeasureDecision,
        lambda row: ("Decision on a measure", row.kind, _name(row.recommendation.entity)),
        (joinedload(MeasureDecision.recommendation).joinedload(Recommendation.entity),),
    ),
    (
        ListPublication,
        lambda row: ("Publication on the public list", "", row.proposal.entity.name),
        (joinedload(ListPublication.proposal).joinedload(ListProposal.entity),),
    ),
    (
        MotionClosing,
        lambda row: ("Vote of a committee", row.decision, row.motion.entity.name),
        (joinedload(MotionClosing.motion).joinedload(Motion.entity),),
    ),
    (
        PetitionDecision,
        lambda row: ("Decision on a petition", row.outcome, row.petition.entity.name),
        (joinedload(PetitionDecision.petition).joinedload(Petition.entity),),
    ),
)
