"""Petitions of a case with their answers, and the votes that an answer rests on."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from casework.access import Permission, permits
from casework.committee.queries.escalations import standing_decision
from casework.committee.queries.motions import motions_of
from casework.decisions.record import digest
from casework.petitions.rules import Request
from casework.workflow.queries.cases import visible_to
from models import Case, Motion, Officer, Petition, PetitionDecision


def petitions_of(session: Session, case: Case) -> list[Petition]:
    """Every petition with its answer, the newest received first."""
    return list(session.scalars(_loaded().where(Petition.case_id == case.id)))


def find_petition(session: Session, case: Case, key: UUID) -> Petition | None:
    found = _loaded().where(Petition.case_id == case.id, Petition.id == key)
    return session.scalars(found).one_or_none()


def _loaded() -> sa.Select[Petition]:
    return (
        sa.select(Petition)
        .options(
            joinedload(Petition.entity),
            joinedload(Petition.exhibit),
            joinedload(Petition.by),
            joinedload(Petition.decision).joinedload(PetitionDecision.by),
        )
        .order_by(Petition.received_on.desc(), Petition.at.desc(), Petition.id)
        .execution_options(populate_existing=True)
    )


def open_petitions(session: Session, officer: Officer) -> list[tuple[Case, Petition]]:
    """Unanswered petitions in the cases that the officer may see, the earliest due first; none
    for an officer who answers no petition.
    """
    if not permits(officer, Permission.PETITION_DECIDE):
        return []
    answered = sa.exists().where(PetitionDecision.petition_id == Petition.id)
    rows = session.execute(
        sa.select(Case, Petition)
        .join(Petition, Petition.case_id == Case.id)
        .where(Case.id.in_(visible_to(officer).with_only_columns(Case.id)), ~answered)
        .options(joinedload(Petition.entity))
        .order_by(Petition.due_on.is_(None), Petition.due_on, Petition.received_on)
        .limit(100)
    )
    return [(case, petition) for case, petition in rows]


def is_late(petition: Petition, on: date) -> bool:
    """Whether the answer is, or was, given after the last day for it."""
    answered = petition.decision.decided_on if petition.decision else on
    return petition.due_on is not None and answered > petition.due_on


def votes_on(session: Session, case: Case, petition: Petition) -> list[tuple[Motion, str]]:
    """Closed votes on this petition with the decision that stands after every appeal."""
    return [
        (motion, standing_decision(session, case, motion))
        for motion in motions_of(session, case)
        if motion.petition_id == petition.id
        and motion.entity_id == petition.entity_id
        and motion.closing
    ]


def request_of(petition: Petition) -> Request:
    return Request(
        measure=petition.measure,
        asks=petition.asks,
        petitioner=petition.petitioner,
        text=petition.text,
        received_on=petition.received_on,
    )


def vote_part(motion: Motion, decision: str) -> dict[str, Any]:
    """A closed vote in the record of an answer; `decision` is the one that stands."""
    closing = motion.closing
    return {
        "question": motion.question,
        "statement": motion.statement,
        "content_sha256": motion.content_sha256,
        "closed_on": closing.closed_on.isoformat() if closing else None,
        "record_sha256": closing.record_sha256 if closing else None,
        "decision": decision,
    }


def is_intact(decision: PetitionDecision) -> bool:
    """Whether the stored record still has the hash under which the answer was signed."""
    return digest(decision.record) == decision.record_sha256
