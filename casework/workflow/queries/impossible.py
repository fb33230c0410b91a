"""Cases in a state that no road leads to. None is ever found while the rules hold."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.statute.loader import load_pack
from models import CarryOver, Case, StageChange


def impossible(session: Session) -> Iterator[str]:
    """A sentence for each case whose stage its own record of steps does not explain."""
    steps = sa.union_all(
        sa.select(StageChange.case_id, StageChange.at, StageChange.to_stage.label("stage")),
        sa.select(CarryOver.case_id, CarryOver.at, CarryOver.to_stage),
    ).subquery()
    place = sa.func.row_number().over(partition_by=steps.c.case_id, order_by=steps.c.at.desc())
    newest = sa.select(steps.c.case_id, steps.c.stage, place.label("place")).subquery()
    rows = session.execute(
        sa.select(Case.reference, Case.text_version, Case.stage, newest.c.stage)
        .outerjoin(newest, sa.and_(newest.c.case_id == Case.id, newest.c.place == 1))
        .order_by(Case.reference)
    )
    for reference, text_version, stage, reached in rows:
        explained = reached or load_pack(text_version).first_stage.id
        if stage != explained:
            yield f"{reference} stands at {stage}; its steps lead to {explained}"
