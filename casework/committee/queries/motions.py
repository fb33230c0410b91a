"""Motions of a case, with what each reader may see of them before the vote is closed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from casework.access import Role
from casework.committee import timing
from casework.committee.timing import Delay
from casework.statute.loader import load_pack
from casework.workflow import votes
from casework.workflow.votes import Tally, voters
from models import (
    Ballot,
    Case,
    Entity,
    Motion,
    MotionClosing,
    Officer,
    Postponement,
    PostponementAnswer,
)


def motions_of(session: Session, case: Case) -> list[Motion]:
    """Every motion of the case, the newest first. Ballots are among what is loaded: pages ask
    `shown_ballots` and `voted` for them and never the motion itself.
    """
    return list(session.scalars(loaded().where(Motion.case_id == case.id)))


def find_motion(session: Session, case: Case, key: UUID) -> Motion | None:
    found = loaded().where(Motion.case_id == case.id, Motion.id == key)
    return session.scalars(found).one_or_none()


def loaded() -> sa.Select[Motion]:
    answers = selectinload(Motion.postponements).selectinload(Postponement.answers)
    return (
        sa.select(Motion)
        .options(
            joinedload(Motion.by),
            joinedload(Motion.entity),
            joinedload(Motion.closing).joinedload(MotionClosing.by),
            selectinload(Motion.ballots).joinedload(Ballot.by),
            selectinload(Motion.postponements).joinedload(Postponement.by),
            answers.joinedload(PostponementAnswer.by),
        )
        .order_by(Motion.at.desc(), Motion.id)
        .execution_options(populate_existing=True)
    )


def pending_motion(session: Session, case: Case, question: str, entity: Entity) -> Motion | None:
    """The motion on that question about that subject that is not closed; there is one at most."""
    return session.scalars(
        loaded().where(
            Motion.case_id == case.id,
            Motion.question == question,
            Motion.entity_id == entity.id,
            ~sa.exists().where(MotionClosing.motion_id == Motion.id),
        )
    ).one_or_none()


def members_of(case: Case, motion: Motion) -> frozenset[str]:
    """Codes of the agencies with a vote on this motion."""
    return voters(load_pack(case.text_version), motion.question, motion.seated)


def voted(motion: Motion) -> frozenset[str]:
    """Codes of the agencies that have voted, whichever way: all that is told before closing."""
    return frozenset(row.agency for row in motion.ballots)


def own_ballots(motion: Motion, officer: Officer) -> list[Ballot]:
    """What the officer's own agency has cast, if the officer speaks for it; the last counts."""
    if Role.AGENCY_DELEGATE not in officer.roles:
        return []
    return [row for row in motion.ballots if row.agency == officer.agency]


def shown_ballots(motion: Motion, officer: Officer) -> list[Ballot]:
    """Every ballot once the vote is closed; until then only those of the own agency."""
    return list(motion.ballots) if motion.closing else own_ballots(motion, officer)


def delays_of(motion: Motion) -> list[Delay]:
    return [delay_of(row) for row in motion.postponements]


def delay_of(row: Postponement) -> Delay:
    return Delay(row.until, {answer.agency: answer.agrees for answer in row.answers})


def last_day_of(case: Case, motion: Motion) -> date:
    """The last day to vote, after whatever postponement all members agreed to."""
    return timing.last_day(motion.due_on, delays_of(motion), members_of(case, motion))


def may_close(case: Case, motion: Motion, on: date) -> bool:
    last = last_day_of(case, motion)
    return timing.may_close(members_of(case, motion), voted(motion), last, on)


def tally_of(case: Case, motion: Motion, *, closed: bool) -> Tally:
    """Counted afresh from the ballots, never from anything stored."""
    pack = load_pack(case.text_version)
    cast = _counted(motion.ballots)
    return votes.tally(pack, motion.question, cast, closed=closed, seated=motion.seated)


def _counted(ballots: Iterable[Ballot]) -> list[votes.Ballot]:
    return [
        votes.Ballot(
            agency=row.agency, choice=row.choice, sequence=row.sequence, dissent=row.dissent
        )
        for row in ballots
    ]
