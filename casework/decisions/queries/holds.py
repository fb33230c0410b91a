"""Measures put off: which holds stand, since when, and when each is looked at again."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from models import Case, Entity, MeasureHold, MeasureHoldLift


def holds_of(session: Session, case: Case) -> list[MeasureHold]:
    """Every hold, the newest first, with its lifting if it was lifted."""
    return list(
        session.scalars(
            sa.select(MeasureHold)
            .where(MeasureHold.case_id == case.id)
            .options(
                joinedload(MeasureHold.by),
                joinedload(MeasureHold.entity),
                joinedload(MeasureHold.lift).joinedload(MeasureHoldLift.by),
            )
            .order_by(MeasureHold.at.desc(), MeasureHold.id)
            .execution_options(populate_existing=True)
        )
    )


def find_hold(session: Session, case: Case, key: UUID) -> MeasureHold | None:
    return next((row for row in holds_of(session, case) if row.id == key), None)


def standing(rows: list[MeasureHold]) -> list[MeasureHold]:
    return [row for row in rows if row.lift is None]


def standing_hold(
    session: Session, case: Case, measure: str, entity: Entity | None
) -> MeasureHold | None:
    """The hold that keeps this measure from this subject: its own, or one of the whole case."""
    wanted = {None, entity.id if entity else None}
    return next(
        (
            row
            for row in standing(holds_of(session, case))
            if row.measure == measure and row.entity_id in wanted
        ),
        None,
    )
