"""Receipts of committees for a report in which a case is reported, among the acts of that case."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from casework.workflow.queries.act_row import NOBODY
from models import Case, ReportCase, Transmittal


def congress_receipts(case: Case) -> sa.Select[Any]:
    """As the kind of record by which a receipt is put on record by form. Only a report that
    tells of a signed determination of the case counts.
    """
    return (
        sa.select(
            sa.literal("record", sa.Text).label("source"),
            Transmittal.id.label("id"),
            Transmittal.at.label("at"),
            Transmittal.by_id.label("by_id"),
            NOBODY.label("entity_id"),
            sa.literal("congress_receipt", sa.Text).label("key"),
            Transmittal.receiver.label("value"),
            Transmittal.happened_on.label("day"),
            Transmittal.note.label("text"),
        )
        .join(ReportCase, ReportCase.report_id == Transmittal.report_id)
        .where(
            Transmittal.kind == "received",
            ReportCase.case_id == case.id,
            ReportCase.determined,
        )
    )
