"""Keep the tags of an analysis, and note who compared a case with others."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from casework import audit
from casework.evidence.correlation.tags import shared
from casework.evidence.queries.logs import case_of
from models import AnalysisRun, Case, CorrelationTag, Officer


def keep_tags(
    session: Session,
    run: AnalysisRun,
    report: dict[str, Any],
    ties: Path,
    programme: tuple[str, bytes],
    *,
    at: datetime,
) -> int:
    """Tag what the clusters of a run shared, if the rows were taken in under the key in use: under
    another the tokens differ, and equal values would not meet. Returns how many.
    """
    log, (epoch, key) = run.log, programme
    if log.epoch != epoch:
        return 0
    with ties.open(encoding="utf-8", newline="") as file:
        found = shared(
            csv.DictReader(file),
            report["clusters"],
            public=frozenset(run.public_prompts),
            epoch=epoch,
            key=key,
        )
    owner = " ".join(log.owner.casefold().split())
    session.add_all(
        CorrelationTag(
            run_id=run.id,
            case_id=log.case_id,
            owner=owner,
            kind=one.kind,
            epoch=epoch,
            tag=one.tag,
            accounts=one.accounts,
            exchanges=one.exchanges,
            first_on=one.first_on,
            last_on=one.last_on,
        )
        for one in found
    )
    case = case_of(session, log)
    audit.record(
        session,
        None,
        "correlation.tag",
        f"usage_log:{case.reference}/{log.number}",
        at=at,
        case=case,
        run=run.number,
        epoch=epoch,
        tags=len(found),
    )
    return len(found)


def note_comparison(
    session: Session, case_id: UUID, officer_id: UUID, met: list[str], *, at: datetime
) -> None:
    """Log that an officer compared a case with others, and which of them met it."""
    case = session.get_one(Case, case_id)
    audit.record(
        session,
        session.get_one(Officer, officer_id),
        "correlation.read",
        f"case:{case.reference}",
        at=at,
        case=case,
        met=met,
    )
