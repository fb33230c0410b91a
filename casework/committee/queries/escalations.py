"""What agencies took up the dispute ladder, and what may be asked next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from casework.committee.ladder import Offer, Step, next_offer, stands
from casework.committee.queries.motions import members_of, motions_of
from casework.statute.loader import load_pack
from casework.workflow.queries.coordination import NON_CONCUR, last_positions
from models import Case, Escalation, EscalationOutcome, Motion


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that may go up: a closed vote, or the coordination of the case (`motion` None).

    `decision` is what stands now, empty for coordination; `may_raise` the agencies that may ask.
    """

    motion: Motion | None
    rows: list[Escalation]
    decision: str
    offer: Offer | None
    may_raise: frozenset[str]

    @property
    def key(self) -> str:
        return str(self.motion.id) if self.motion else ""


def escalations_of(session: Session, case: Case) -> list[Escalation]:
    """Every escalation of the case, oldest first, with its outcome."""
    return list(
        session.scalars(
            sa.select(Escalation)
            .where(Escalation.case_id == case.id)
            .options(
                joinedload(Escalation.by),
                joinedload(Escalation.outcome).joinedload(EscalationOutcome.by),
                joinedload(Escalation.motion).joinedload(Motion.entity),
            )
            .order_by(Escalation.at, Escalation.id)
            .execution_options(populate_existing=True)
        )
    )


def find_escalation(session: Session, case: Case, key: UUID) -> Escalation | None:
    return next((row for row in escalations_of(session, case) if row.id == key), None)


def step_of(row: Escalation) -> Step:
    outcome = row.outcome
    if outcome is None:
        return Step(row.level, row.raised_on, row.due_on)
    return Step(row.level, row.raised_on, row.due_on, outcome.outcome, outcome.happened_on)


def matters_of(session: Session, case: Case, on: date) -> list[Matter]:
    """The coordination first, where an agency does not concur, then closed votes, newest first."""
    rows = escalations_of(session, case)
    votes = [
        _vote(case, motion, rows, on)
        for motion in motions_of(session, case)
        if motion.closing and motion.closing.decision
    ]
    return [*_coordination(session, case, rows, on), *votes]


def find_matter(session: Session, case: Case, key: str, on: date) -> Matter | None:
    """By the id of the motion in text form, empty for coordination."""
    return next((row for row in matters_of(session, case, on) if row.key == key), None)


def standing_decision(session: Session, case: Case, motion: Motion) -> str:
    """The decision of a motion that stands now: its closing, and what the ladder made of it."""
    rows = escalations_of(session, case)
    return _stands(case, motion, [row for row in rows if row.motion_id == motion.id])


def _vote(case: Case, motion: Motion, rows: Iterable[Escalation], on: date) -> Matter:
    own = [row for row in rows if row.motion_id == motion.id]
    decided_on = motion.closing.closed_on if motion.closing else None
    offer = next_offer(load_pack(case.text_version), [step_of(row) for row in own], decided_on, on)
    return Matter(motion, own, _stands(case, motion, own), offer, members_of(case, motion))


def _stands(case: Case, motion: Motion, own: Iterable[Escalation]) -> str:
    decision = motion.closing.decision if motion.closing else ""
    pack = load_pack(case.text_version)
    return stands(pack, motion.question, decision, [step_of(row) for row in own])


def _coordination(
    session: Session, case: Case, rows: Iterable[Escalation], on: date
) -> list[Matter]:
    own = [row for row in rows if row.motion_id is None]
    dissenting = frozenset(
        agency
        for agency, row in last_positions(session, case).items()
        if row.position == NON_CONCUR
    )
    if not own and not dissenting:
        return []
    offer = next_offer(load_pack(case.text_version), [step_of(row) for row in own], None, on)
    return [Matter(None, own, "", offer, dissenting)]
