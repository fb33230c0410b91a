"""Conclusions, recommendations and determinations of a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from casework.decisions.record import digest
from casework.decisions.signing import Signing, kinds, sign_blockers
from casework.errors import Blocker
from casework.statute.elements import Evaluation
from casework.statute.loader import load_pack
from casework.workflow.reading import conclude, read
from casework.workflow.record import Record
from models import (
    Case,
    Determination,
    Entity,
    Finding,
    FindingReview,
    Officer,
    PurposeStatement,
    Recommendation,
    RecommendationDecision,
    StageChange,
)


@dataclass(frozen=True, slots=True)
class Conclusions:
    """What follows for one subject: from every answer, and from those that were read."""

    drafted: Evaluation
    reviewed: Evaluation


def conclusions_of(case: Case, entity_id: UUID, record: Record) -> Conclusions:
    """Conclusions for one subject out of `standing.queries.record_of`."""
    pack = load_pack(case.text_version)
    own = _alone(record, entity_id)
    subject = own.subjects[0]
    as_if_read = replace(own, answers=[replace(row, agreed=1) for row in own.answers])
    return Conclusions(conclude(as_if_read, subject, pack), conclude(own, subject, pack))


def _alone(record: Record, entity_id: UUID) -> Record:
    """The record as if that subject were the only one of the case."""
    return replace(
        record,
        subjects=[row for row in record.subjects if row.entity_id == entity_id],
        answers=[row for row in record.answers if row.entity_id in {None, entity_id}],
    )


def recommendations_of(session: Session, case: Case) -> list[Recommendation]:
    """Every recommendation with what was considered and decided, oldest first."""
    return list(
        session.scalars(
            sa.select(Recommendation)
            .where(Recommendation.case_id == case.id)
            .options(
                joinedload(Recommendation.by),
                joinedload(Recommendation.entity),
                selectinload(Recommendation.considerations),
                selectinload(Recommendation.decisions).joinedload(RecommendationDecision.by),
            )
            .order_by(Recommendation.at, Recommendation.id)
            .execution_options(populate_existing=True)
        )
    )


def find_recommendation(session: Session, case: Case, key: UUID) -> Recommendation | None:
    return next((row for row in recommendations_of(session, case) if row.id == key), None)


def in_force(recommendations: list[Recommendation]) -> list[Recommendation]:
    """Those that no later one replaces."""
    replaced = {row.supersedes_id for row in recommendations}
    return [row for row in recommendations if row.id not in replaced]


def current_recommendation(
    session: Session, case: Case, measure: str, entity: Entity | None
) -> Recommendation | None:
    later = aliased(Recommendation)
    return session.scalars(
        sa.select(Recommendation).where(
            Recommendation.case_id == case.id,
            Recommendation.measure == measure,
            Recommendation.entity_id == (entity.id if entity else None),
            ~sa.select(later.id).where(later.supersedes_id == Recommendation.id).exists(),
        )
    ).one_or_none()


def state_of(recommendation: Recommendation) -> str:
    """A code of the vocabulary `recommendation_state`."""
    decision = next(iter(recommendation.decisions), None)
    if decision is not None and not decision.approved:
        return "rejected"
    if not recommendation.taken:
        return "not_taken"
    return "drafted" if decision is None else "approved"


def determinations_of(session: Session, case: Case) -> list[Determination]:
    """Signed determinations, newest first, with who signed and about whom."""
    return list(
        session.scalars(
            sa.select(Determination)
            .where(Determination.case_id == case.id)
            .options(joinedload(Determination.by), joinedload(Determination.entity))
            .order_by(Determination.at.desc(), Determination.id)
        )
    )


def find_determination(session: Session, case: Case, key: UUID) -> Determination | None:
    return next((row for row in determinations_of(session, case) if row.id == key), None)


def identified(session: Session, case: Case) -> list[Entity]:
    """Subjects whose newest determination identifies them, in the order of their names."""
    listable = {row.id for row in load_pack(case.text_version).determinations.values() if row.needs}
    newest: dict[UUID, Determination] = {}
    for row in determinations_of(session, case):
        newest.setdefault(row.entity_id, row)
    found = [row.entity for row in newest.values() if row.kind in listable]
    return sorted(found, key=lambda entity: entity.name)


class FrozenRow(Protocol):
    """A decision with what lay before it; older ones may have none."""

    record: Any
    record_sha256: Any


def is_intact(row: FrozenRow) -> bool:
    """Whether the stored record still has the hash under which it was signed."""
    return row.record is not None and bool(digest(row.record) == row.record_sha256)


def signing_blockers(
    session: Session, case: Case, entity: Entity, by: Officer, record: Record
) -> Mapping[str, list[Blocker]]:
    """For each kind that the stage signs, what stands against it; empty lists are open."""
    pack = load_pack(case.text_version)
    facts = read(_alone(record, entity.id), pack)
    signed = _is_signed(session, case, entity)
    agency = by.agency or ""
    return {
        kind: sign_blockers(Signing(facts=facts, kind=kind, agency=agency, signed=signed), pack)
        for kind in kinds(pack, case.stage)
    }


def _is_signed(session: Session, case: Case, entity: Entity) -> bool:
    """Whether a determination was signed since the case last came to its stage."""
    came = session.scalar(
        sa.select(sa.func.max(StageChange.at)).where(
            StageChange.case_id == case.id, StageChange.to_stage == case.stage
        )
    )
    found = sa.select(Determination.id).where(
        Determination.case_id == case.id,
        Determination.entity_id == entity.id,
        Determination.stage == case.stage,
    )
    if came is not None:
        found = found.where(Determination.at >= came)
    return session.scalar(found.limit(1)) is not None


def acts_of_person(session: Session, case: Case, entity: Entity | None, by: Officer) -> list[str]:
    """What the person behind the account has already done towards this decision, in words.

    Every revision counts, not only the newest: whoever shaped the record does not sign it.
    """
    reads = sa.select(FindingReview.by_person_id).join(FindingReview.finding)
    shaping = {
        "wrote an answer": _about(sa.select(Finding.by_person_id), Finding, case, entity),
        "read an answer as its second reader": _about(reads, Finding, case, entity),
        "wrote the statement on purpose": _about(
            sa.select(PurposeStatement.by_person_id), PurposeStatement, case, entity
        ),
        "wrote a recommendation": _about(
            sa.select(Recommendation.by_person_id), Recommendation, case, entity
        ),
    }
    return [
        words
        for words, persons in shaping.items()
        if session.scalar(sa.select(sa.literal(by.person_id, sa.Uuid).in_(persons)))
    ]


def _about(
    persons: sa.Select[Any],
    table: type[Finding | PurposeStatement | Recommendation],
    case: Case,
    entity: Entity | None,
) -> sa.Select[Any]:
    """Only acts in this case that concern the subject, or the case as a whole; all of them for
    a decision about the whole case.
    """
    concerns: sa.ColumnElement[bool] = sa.true()
    if entity is not None:
        concerns = sa.or_(table.entity_id.is_(None), table.entity_id == entity.id)
    return persons.where(table.case_id == case.id, concerns)
