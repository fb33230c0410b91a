"""Signed decisions on measures, among the acts of a case."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from casework.statute.loader import load_pack
from casework.workflow.queries.act_row import act_row
from models import Case, MeasureDecision, Recommendation


def measure_decisions(case: Case) -> sa.Select[Any]:
    """Signed decisions on measures, as the kind of record that the pack names for each."""
    measures = load_pack(case.text_version).measures.values()
    kinds = {row.id: row.record or f"{row.id}_decision" for row in measures if row.outcomes}
    record = sa.case(kinds, value=Recommendation.measure, else_=Recommendation.measure)
    return act_row(
        "record",
        MeasureDecision,
        case,
        entity=Recommendation.entity_id,
        key=sa.cast(record, sa.Text),
        value=MeasureDecision.kind,
        day=MeasureDecision.decided_on,
        text=MeasureDecision.reasons,
    ).join(Recommendation, Recommendation.id == MeasureDecision.recommendation_id)
