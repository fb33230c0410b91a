"""Motions that wait for one officer. Visible cases only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.access import Permission, permits
from casework.committee.motions import chair
from casework.committee.queries.motions import last_day_of, loaded, may_close, members_of, voted
from casework.statute.loader import load_pack
from casework.workflow.queries.cases import visible_to
from models import Case, Motion, MotionClosing, Officer

MOST = 25


@dataclass(frozen=True, slots=True)
class Waiting:
    """A motion that somebody must act on: its question in words, the last day to vote on it."""

    case: Case
    motion: Motion
    question: str
    last_day: date


def to_vote(session: Session, officer: Officer) -> list[Waiting]:
    """Open motions on which the officer's agency has a vote and has not cast it."""
    if not permits(officer, Permission.BALLOT_CAST) or not officer.agency:
        return []
    return [
        row
        for row in _open(session, officer)
        if officer.agency in members_of(row.case, row.motion) - voted(row.motion)
    ][:MOST]


def to_close(session: Session, officer: Officer, on: date) -> list[Waiting]:
    """Motions that the officer may close for the chair: all have voted, or the day has passed."""
    if not permits(officer, Permission.MOTION_CLOSE):
        return []
    return [
        row
        for row in _open(session, officer)
        if officer.agency == chair(load_pack(row.case.text_version), row.motion.question)
        and may_close(row.case, row.motion, on)
    ][:MOST]


def _open(session: Session, officer: Officer) -> list[Waiting]:
    rows = session.execute(
        loaded()
        .add_columns(Case)
        .join(Case, Case.id == Motion.case_id)
        .where(
            Case.id.in_(visible_to(officer).with_only_columns(Case.id)),
            ~sa.exists().where(MotionClosing.motion_id == Motion.id),
        )
        .order_by(None)
        .order_by(Motion.due_on, Motion.id)
    )
    return [
        Waiting(case, motion, _title(case, motion), last_day_of(case, motion))
        for motion, case in rows.unique()
    ]


def _title(case: Case, motion: Motion) -> str:
    return load_pack(case.text_version).ballots[motion.question].title
