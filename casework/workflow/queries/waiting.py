"""What waits for one officer: to read, to decide, to sign. Visible cases only."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from casework.access import Permission, permits
from casework.workflow.queries.carried import elements_counted
from casework.workflow.queries.cases import visible_to
from casework.workflow.queries.stages import is_closed, is_determining
from models import (
    CarryOver,
    Case,
    Determination,
    Finding,
    FindingReview,
    Officer,
    Recommendation,
    RecommendationDecision,
)

MOST = 25


def led_by(session: Session, officer: Officer) -> list[Case]:
    """Cases that the officer leads and that are not archived, the latest opened first."""
    return list(
        session.scalars(
            visible_to(officer)
            .where(Case.lead_id == officer.id, ~is_closed())
            .order_by(Case.opened_at.desc(), Case.reference)
            .limit(MOST)
        )
    )


def to_read(session: Session, officer: Officer) -> list[tuple[Case, int]]:
    """Cases with answers that lack a second reader and were not written by this person."""
    if not permits(officer, Permission.FINDING_REVIEW):
        return []
    later = aliased(Finding)
    newer = sa.exists().where(
        later.case_id == Finding.case_id,
        later.element == Finding.element,
        later.entity_id.is_not_distinct_from(Finding.entity_id),
        later.revision > Finding.revision,
    )
    rows = sa.select(Finding.case_id).where(~newer, *_unread_by(officer))
    found = _with_counts(session, officer, rows)
    carried = sa.select(CarryOver.case_id).where(CarryOver.case_id.in_([c.id for c, _ in found]))
    moved = set(session.scalars(carried)) if found else set()
    counts = [
        (case, _unread(session, case, officer) if case.id in moved else count)
        for case, count in found
    ]
    return [(case, count) for case, count in counts if count]


def _unread_by(officer: Officer) -> tuple[sa.ColumnElement[bool], ...]:
    read = sa.exists().where(FindingReview.finding_id == Finding.id)
    return ~read, Finding.by_person_id != officer.person_id


def _unread(session: Session, case: Case, officer: Officer) -> int:
    """After a carry-over to another text only answers that count are read."""
    ids = elements_counted(session, case) or {}
    unread = sa.select(sa.func.count(Finding.id)).where(Finding.id.in_(ids), *_unread_by(officer))
    return session.scalar(unread) or 0


def to_decide(session: Session, officer: Officer) -> list[tuple[Case, int]]:
    """Cases with recommendations of other persons on which nobody has decided."""
    if not permits(officer, Permission.RECOMMENDATION_DECIDE):
        return []
    later = aliased(Recommendation)
    decided = sa.exists().where(RecommendationDecision.recommendation_id == Recommendation.id)
    superseded = sa.exists().where(later.supersedes_id == Recommendation.id)
    return _with_counts(
        session,
        officer,
        sa.select(Recommendation.case_id).where(
            Recommendation.taken,
            ~decided,
            ~superseded,
            Recommendation.by_person_id != officer.person_id,
        ),
    )


def _with_counts(
    session: Session, officer: Officer, rows: sa.Select[Any]
) -> list[tuple[Case, int]]:
    waiting = rows.subquery()
    found = session.execute(
        visible_to(officer)
        .join(waiting, waiting.c.case_id == Case.id)
        .add_columns(sa.func.count())
        .group_by(Case.id)
        .order_by(Case.reference)
        .limit(MOST)
    )
    return [(row[0], row[1]) for row in found]


def to_sign(session: Session, officer: Officer) -> list[Case]:
    """Cases at the determination without one signed, for officers who sign."""
    if not permits(officer, Permission.DETERMINATION_SIGN):
        return []
    signed = sa.exists().where(Determination.case_id == Case.id)
    return list(
        session.scalars(
            visible_to(officer)
            .where(is_determining(), ~signed)
            .order_by(Case.reference)
            .limit(MOST)
        )
    )
