"""What carry-overs to another text have done to the answers of a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.orm.attributes import set_committed_value

from casework.statute.carrying import Decisions, counted, counts_under
from models import CarryOver, Case, Determination, Finding, Recommendation


@dataclass(frozen=True, slots=True)
class Revision:
    """One answer as it was given: `id` of the finding, and the element it was given to."""

    id: UUID
    entity_id: UUID | None
    element: str
    revision: int


def carry_overs_of(session: Session, case: Case) -> list[CarryOver]:
    """The earliest first, each with who made it."""
    return list(
        session.scalars(
            sa.select(CarryOver)
            .where(CarryOver.case_id == case.id)
            .options(joinedload(CarryOver.by))
            .order_by(CarryOver.at, CarryOver.id)
        )
    )


def moves_of(session: Session, case: Case) -> list[Decisions]:
    """The decisions of every carry-over of the case, the earliest first, for `carrying`."""
    rows = sa.select(CarryOver.decisions).where(CarryOver.case_id == case.id)
    return list(session.scalars(rows.order_by(CarryOver.at, CarryOver.id)))


def counting(
    session: Session, case: Case, moves: Sequence[Decisions]
) -> dict[tuple[UUID | None, str], UUID]:
    """Subject and element of the present text to the id of the answer that counts for it."""
    return {key: row.id for key, row in counted(all_answers(session, case), moves).items()}


def elements_counted(session: Session, case: Case) -> dict[UUID, str] | None:
    """Id of each answer that counts to the element it counts for; None in a case that was never
    carried over, where every newest answer counts under its own.
    """
    moves = moves_of(session, case)
    if not moves:
        return None
    return {key: element for (_, element), key in counting(session, case, moves).items()}


def revisions_counted(
    session: Session, case: Case, element: str, entity_id: UUID | None
) -> list[UUID] | None:
    """Ids of the answers that count or once counted for an element of the present text, the
    newest first; None in a case that was never carried over.
    """
    moves = moves_of(session, case)
    if not moves:
        return None
    ranks = {
        row.id: (place[1], -row.revision)
        for row in all_answers(session, case)
        for place in [counts_under(row, moves)]
        if row.entity_id == entity_id and place and place[0] == element
    }
    return sorted(ranks, key=lambda key: ranks[key])


def read_as(rows: Sequence[Finding], elements: Mapping[UUID, str] | None) -> Sequence[Finding]:
    """Findings, each read under the element it counts for; the row itself keeps its own."""
    for row in rows:
        if elements:
            # A committed value is never written back: the answer stays as it was given.
            set_committed_value(row, "element", elements[row.id])
    return rows


def all_answers(session: Session, case: Case) -> list[Revision]:
    """Every revision that was ever written."""
    rows = session.execute(
        sa.select(Finding.id, Finding.entity_id, Finding.element, Finding.revision).where(
            Finding.case_id == case.id
        )
    )
    return [Revision(*row) for row in rows]


def codes_on_record(session: Session, case: Case) -> tuple[set[str], set[str]]:
    """Measures that recommendations and kinds that determinations of the case name."""
    measures = sa.select(Recommendation.measure).where(Recommendation.case_id == case.id)
    kinds = sa.select(Determination.kind).where(Determination.case_id == case.id)
    return set(session.scalars(measures)), set(session.scalars(kinds))
