"""What was decided on the measures of a case, and what was never looked at."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from casework.decisions.measure_signing import MeasureSigning, measure_blockers
from casework.decisions.queries.decisions import conclusions_of, identified, in_force
from casework.decisions.queries.holds import standing_hold
from casework.errors import Blocker
from casework.screening.queries.affiliates import Affiliates, affiliates_of
from casework.statute.loader import load_pack
from casework.statute.measure_rows import Measure
from casework.workflow.record import Record
from models import Case, Entity, MeasureDecision, Officer, Recommendation


def measure_decisions_of(session: Session, case: Case) -> list[MeasureDecision]:
    """Signed decisions, the newest first, with the recommendation and who signed."""
    return list(
        session.scalars(
            sa.select(MeasureDecision)
            .where(MeasureDecision.case_id == case.id)
            .options(
                joinedload(MeasureDecision.by),
                joinedload(MeasureDecision.recommendation).joinedload(Recommendation.entity),
            )
            .order_by(MeasureDecision.at.desc(), MeasureDecision.id)
        )
    )


def decided_on(session: Session, recommendation: Recommendation) -> MeasureDecision | None:
    return session.scalars(
        sa.select(MeasureDecision)
        .where(MeasureDecision.recommendation_id == recommendation.id)
        .options(joinedload(MeasureDecision.by))
    ).one_or_none()


def find_measure_decision(session: Session, case: Case, key: UUID) -> MeasureDecision | None:
    return next((row for row in measure_decisions_of(session, case) if row.id == key), None)


def measure_signing_blockers(
    session: Session, case: Case, row: Recommendation, by: Officer, standing: Record
) -> Mapping[str, list[Blocker]]:
    """For each outcome of the measure, what stands against signing it; empty lists are open."""
    pack = load_pack(case.text_version)
    held = standing_hold(session, case, row.measure, row.entity)
    reviewed = conclusions_of(case, row.entity_id, standing).reviewed if row.entity_id else None
    return {
        kind: measure_blockers(
            MeasureSigning(
                stage=case.stage,
                measure=row.measure,
                kind=kind,
                agency=by.agency or "",
                taken=row.taken,
                approved=any(each.approved for each in row.decisions),
                held_by=held.authority if held else "",
                reviewed=reviewed,
            ),
            pack,
        )
        for kind in pack.measures[row.measure].outcomes
    }


def never_considered(case: Case, rows: list[Recommendation]) -> list[Measure]:
    """Measures of the text on which nothing stands on record, in the order of the text."""
    looked_at = {row.measure for row in in_force(rows)}
    measures = load_pack(case.text_version).measures
    return [row for name, row in measures.items() if name not in looked_at]


def reached_by(
    session: Session, case: Case, measure: str, entity: Entity | None, on: date
) -> Affiliates | None:
    """Affiliates that the measure would reach with the subject, or with every identified one;
    None for a measure that reaches none.
    """
    if not load_pack(case.text_version).measures[measure].affiliates:
        return None
    return affiliates_of(session, [entity] if entity else identified(session, case), on)
