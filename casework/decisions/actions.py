"""Recommend a measure, decide on the very words that were shown, sign a determination."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.decisions.measures import Considered, check_considerations
from casework.decisions.queries import decisions as queries
from casework.decisions.queries.freezing import evaluation_part, recommendation_part, record_before
from casework.decisions.record import FORMAT, digest, recommendation_content
from casework.decisions.signing import not_signed_here
from casework.errors import (
    InvalidValue,
    SeparationOfDuties,
    StaleVersion,
    TransitionBlocked,
)
from casework.findings.actions import hold, log, signed
from casework.findings.queries import refuse_unexamined
from casework.statute.loader import load_pack
from casework.workflow.queries.standing import record_of
from casework.workflow.record import Record
from models import (
    Case,
    Consideration,
    Determination,
    Entity,
    Officer,
    Recommendation,
    RecommendationDecision,
)


def recommend(
    session: Session,
    case: Case,
    *,
    measure: str,
    entity: Entity | None,
    taken: bool,
    reasons: str,
    considered: Iterable[Considered],
    supersedes: UUID | None,
    by: Officer,
    at: datetime,
) -> Recommendation:
    """Put a measure forward, or record that it was considered and not taken.

    `supersedes` is the recommendation the author saw in force for this measure and subject,
    None for none; StaleVersion if that has changed.
    """
    hold(session, case, by)
    if entity is not None:
        refuse_unexamined(session, case, entity)
    answers = check_considerations(load_pack(case.text_version), measure, considered)
    if not reasons.strip():
        raise InvalidValue("Give the reasons in your own words.", "reasons")
    _refuse_stale(queries.current_recommendation(session, case, measure, entity), supersedes)
    recommendation = Recommendation(
        **signed(case, by, at),
        measure=measure,
        entity_id=entity.id if entity else None,
        taken=taken,
        reasons=reasons,
        supersedes_id=supersedes,
        considerations=_considerations(answers),
    )
    recommendation.content_sha256 = digest(_content(case, recommendation))
    session.add(recommendation)
    _log_recommendation(session, case, "recommendation.make", recommendation, by, at, taken=taken)
    return recommendation


def _refuse_stale(current: Recommendation | None, supersedes: UUID | None) -> None:
    if (current.id if current else None) != supersedes:
        raise StaleVersion("Another recommendation of this measure was saved in the meantime.")


def _considerations(answers: Iterable[Considered]) -> list[Consideration]:
    return [
        Consideration(position=position, item=row.item, applies=row.applies, text=row.text)
        for position, row in enumerate(answers)
    ]


def _content(case: Case, row: Recommendation) -> dict[str, Any]:
    return recommendation_content(
        case=case.reference,
        text_version=case.text_version,
        measure=row.measure,
        entity=str(row.entity_id or ""),
        taken=row.taken,
        reasons=row.reasons,
        considerations=[(each.item, each.applies, each.text) for each in row.considerations],
        supersedes=str(row.supersedes_id or ""),
    )


def _log_recommendation(
    session: Session,
    case: Case,
    action: str,
    row: Recommendation,
    by: Officer,
    at: datetime,
    **told: bool,
) -> None:
    about = {"measure": row.measure, "entity": str(row.entity_id or "")}
    log(session, case, action, by, at, content_sha256=row.content_sha256, **about, **told)


def decide_recommendation(
    session: Session,
    case: Case,
    recommendation: Recommendation,
    *,
    approved: bool,
    reasons: str,
    content_sha256: str,
    by: Officer,
    at: datetime,
) -> RecommendationDecision:
    """Approve or reject what was shown: `content_sha256` is the hash on the decider's page."""
    hold(session, case, by)
    if recommendation.by_person_id == by.person_id:
        raise SeparationOfDuties("The author of a recommendation cannot decide on it.")
    if recommendation.content_sha256 != content_sha256:
        raise StaleVersion("The words you were shown are not the words on record. Read them again.")
    if not reasons.strip():
        raise InvalidValue("Give the reasons of the decision.", "reasons")
    _refuse_settled(session, recommendation)
    decision = RecommendationDecision(
        **signed(case, by, at),
        recommendation_id=recommendation.id,
        preparer_person_id=recommendation.by_person_id,
        content_sha256=content_sha256,
        approved=approved,
        reasons=reasons,
    )
    session.add(decision)
    act = "recommendation.decide"
    _log_recommendation(session, case, act, recommendation, by, at, approved=approved)
    return decision


def _refuse_settled(session: Session, recommendation: Recommendation) -> None:
    decided = sa.select(RecommendationDecision.id).where(
        RecommendationDecision.recommendation_id == recommendation.id
    )
    if session.scalar(decided):
        raise StaleVersion("This recommendation has been decided already.")
    later = sa.select(Recommendation.id).where(Recommendation.supersedes_id == recommendation.id)
    if session.scalar(later):
        raise StaleVersion("A newer recommendation has replaced this one.")


def sign_determination(
    session: Session,
    case: Case,
    *,
    entity: Entity,
    kind: str,
    reasons: str,
    by: Officer,
    at: datetime,
    on: date,
) -> Determination:
    """Sign, and freeze what lay before the signer under one hash. `on` is the Washington day.

    SeparationOfDuties for whoever shaped the record; TransitionBlocked with everything that
    is missing, or that speaks against this kind.
    """
    hold(session, case, by)
    refuse_unexamined(session, case, entity)
    if not reasons.strip():
        raise InvalidValue("Give the reasons of the determination.", "reasons")
    standing = record_of(session, case)
    _refuse_signature(session, case, entity, kind, by, standing)
    decision = {"kind": kind, "reasons": reasons, "decided_on": on.isoformat(), **_signer(by)}
    record = _frozen(session, case, entity, standing) | {"decision": decision}
    determination = Determination(
        **signed(case, by, at),
        entity_id=entity.id,
        stage=case.stage,
        kind=kind,
        reasons=reasons,
        decided_on=on,
        record=record,
        record_sha256=digest(record),
    )
    session.add(determination)
    told = {"entity": str(entity.id), "kind": kind, "record_sha256": determination.record_sha256}
    log(session, case, "determination.sign", by, at, **told)
    return determination


def _refuse_signature(
    session: Session, case: Case, entity: Entity, kind: str, by: Officer, standing: Record
) -> None:
    if acts := queries.acts_of_person(session, case, entity, by):
        raise SeparationOfDuties(f"Whoever signs has not shaped the record. You {acts[0]}.")
    pack = load_pack(case.text_version)
    found = queries.signing_blockers(session, case, entity, by, standing)
    if blockers := found.get(kind, [not_signed_here(pack, case.stage)]):
        raise TransitionBlocked(blockers)


def _frozen(session: Session, case: Case, entity: Entity, standing: Record) -> dict[str, Any]:
    conclusions = queries.conclusions_of(case, entity.id, standing)
    return {
        "format": FORMAT,
        **record_before(session, case, entity),
        "recommendations": [
            recommendation_part(row, queries.state_of(row))
            for row in queries.recommendations_of(session, case)
        ],
        "conclusions": {
            "as_drafted": evaluation_part(conclusions.drafted),
            "as_reviewed": evaluation_part(conclusions.reviewed),
        },
    }


def _signer(by: Officer) -> dict[str, Any]:
    return {"by": by.name, "agency": by.agency, "person": str(by.person_id)}
