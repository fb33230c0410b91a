"""What a motion may rest on, and what stands against it now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.committee.motions import (
    RECOMMENDATION,
    Moving,
    move_blockers,
    proposing_roads,
)
from casework.committee.queries.motions import pending_motion
from casework.decisions.queries.decisions import in_force, recommendations_of, state_of
from casework.errors import Blocker
from casework.statute.loader import load_pack
from casework.workflow.engine import CaseFacts
from casework.workflow.queries.standing import record_of
from casework.workflow.reading import read
from casework.workflow.record import Record
from models import Case, Entity, Motion, Petition, PetitionDecision, StageChange


@dataclass(frozen=True, slots=True)
class Ground:
    """What a motion rests on; `kind` is `recommendation` or `petition`, `sha256` empty where
    the thing has no hash of its own.
    """

    id: UUID
    kind: str
    words: str
    sha256: str


def grounds(session: Session, case: Case, question: str, entity: Entity) -> list[Ground]:
    """The approved recommendation in force for the subject or for the whole case, or the open
    petitions of the subject, by what the question rests on.
    """
    rule = load_pack(case.text_version).ballots[question]
    if rule.rests_on == RECOMMENDATION:
        return _recommendations(session, case, rule.measure, entity)
    return _petitions(session, case, rule.measure, entity)


def _recommendations(session: Session, case: Case, measure: str, entity: Entity) -> list[Ground]:
    return [
        Ground(row.id, RECOMMENDATION, f"Recommendation of {row.by.name}", row.content_sha256)
        for row in in_force(recommendations_of(session, case))
        if row.measure == measure
        and row.entity_id in {None, entity.id}
        and state_of(row) == "approved"
    ]


def _petitions(session: Session, case: Case, measure: str, entity: Entity) -> list[Ground]:
    rows = session.scalars(
        sa.select(Petition)
        .where(
            Petition.case_id == case.id,
            Petition.measure == measure,
            Petition.entity_id == entity.id,
            ~sa.exists().where(PetitionDecision.petition_id == Petition.id),
        )
        .order_by(Petition.received_on, Petition.id)
    )
    return [
        Ground(row.id, "petition", f"Petition of {row.petitioner}, {row.received_on}", "")
        for row in rows
    ]


def blockers_of(
    session: Session, case: Case, question: str, entity: Entity, record: Record | None = None
) -> list[Blocker]:
    """Everything that stands against a motion on the question about the subject."""
    moving = Moving(
        facts=_facts_alone(case, record or record_of(session, case), entity),
        question=question,
        road=road_of(session, case, question),
        grounded=bool(grounds(session, case, question, entity)),
        pending=pending_motion(session, case, question, entity) is not None,
    )
    return move_blockers(moving, load_pack(case.text_version))


def _facts_alone(case: Case, record: Record, entity: Entity) -> CaseFacts:
    """The facts as if that subject were the only one of the case."""
    alone = replace(
        record,
        subjects=[row for row in record.subjects if row.entity_id == entity.id],
        answers=[row for row in record.answers if row.entity_id in {None, entity.id}],
    )
    return read(alone, load_pack(case.text_version))


def road_of(session: Session, case: Case, question: str, motion: Motion | None = None) -> str:
    """The decision by which the case was last proposed for the vote, before `motion` if one is
    given; empty where it never was. A case that came back from a review keeps its first road.
    """
    roads = proposing_roads(load_pack(case.text_version), question)
    taken = (
        sa.select(StageChange.decision)
        .where(
            StageChange.case_id == case.id,
            StageChange.decision.in_([row.decision for row in roads]),
        )
        .order_by(StageChange.at.desc(), StageChange.id)
        .limit(1)
    )
    if motion is not None:
        taken = taken.where(StageChange.at <= motion.at)
    return session.scalar(taken) or ""
