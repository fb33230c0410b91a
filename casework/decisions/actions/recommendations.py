"""Recommend a measure, and decide on the very words that were shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.decisions.measures import Considered, check_considerations
from casework.decisions.particulars import check_particulars, next_review
from casework.decisions.queries import decisions as queries
from casework.decisions.queries.freezing import freeze
from casework.decisions.record import digest, recommendation_content, washington_day
from casework.errors import InvalidValue, SeparationOfDuties, StaleVersion
from casework.findings.actions import hold, log, signed
from casework.findings.queries import refuse_unexamined
from casework.statute.loader import load_pack
from models import Case, Consideration, Entity, Officer, Recommendation, RecommendationDecision


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
    particulars: Mapping[str, str] | None = None,
) -> Recommendation:
    """Put a measure forward, or record that it was considered and not taken.

    `supersedes` is the recommendation the author saw in force for this measure and subject,
    None for none; StaleVersion if that has changed. `particulars` are the fields of the measure
    as typed.
    """
    hold(session, case, by)
    if entity is not None:
        refuse_unexamined(session, case, entity)
    pack = load_pack(case.text_version)
    answers = check_considerations(pack, measure, considered)
    written = check_particulars(pack, measure, particulars or {}, taken=taken)
    if not reasons.strip():
        raise InvalidValue("Give the reasons in your own words.", "reasons")
    _refuse_stale(queries.current_recommendation(session, case, measure, entity), supersedes)
    recommendation = Recommendation(
        **signed(case, by, at),
        measure=measure,
        entity_id=entity.id if entity else None,
        taken=taken,
        reasons=reasons,
        particulars=written,
        supersedes_id=supersedes,
        considerations=_considerations(answers),
    )
    recommendation.content_sha256 = digest(_content(case, recommendation))
    session.add(recommendation)
    _log(session, case, "recommendation.make", recommendation, by, at, taken=taken)
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
        particulars=row.particulars,
    )


def _log(
    session: Session,
    case: Case,
    action: str,
    row: Recommendation,
    by: Officer,
    at: datetime,
    **told: Any,
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
    """Approve or reject what was shown: `content_sha256` is the hash on the decider's page.

    What lay before the decider is frozen with the decision.
    """
    hold(session, case, by)
    if recommendation.by_person_id == by.person_id:
        raise SeparationOfDuties("The author of a recommendation cannot decide on it.")
    if recommendation.content_sha256 != content_sha256:
        raise StaleVersion("The words you were shown are not the words on record. Read them again.")
    if not reasons.strip():
        raise InvalidValue("Give the reasons of the decision.", "reasons")
    _refuse_settled(session, recommendation)
    verdict = {"approved": approved, "reasons": reasons, "content_sha256": content_sha256}
    decision = RecommendationDecision(
        **signed(case, by, at),
        **freeze(
            session, case, recommendation.entity, verdict, by=by, on=washington_day(at)
        ).columns(),
        recommendation_id=recommendation.id,
        preparer_person_id=recommendation.by_person_id,
        content_sha256=content_sha256,
        approved=approved,
        reasons=reasons,
    )
    session.add(decision)
    told = _set_review(case, recommendation) if approved else {}
    _log(session, case, "recommendation.decide", recommendation, by, at, approved=approved, **told)
    return decision


def _set_review(case: Case, row: Recommendation) -> dict[str, str]:
    """Carry the day of the next look over to the case, where the measure sets one."""
    day: date | None = None
    if row.taken:
        day = next_review(load_pack(case.text_version).measures[row.measure], row.particulars)
    if day is None:
        return {}
    case.next_review_on = day
    return {"next_review_on": day.isoformat()}


def _refuse_settled(session: Session, recommendation: Recommendation) -> None:
    decided = sa.select(RecommendationDecision.id).where(
        RecommendationDecision.recommendation_id == recommendation.id
    )
    if session.scalar(decided):
        raise StaleVersion("This recommendation has been decided already.")
    later = sa.select(Recommendation.id).where(Recommendation.supersedes_id == recommendation.id)
    if session.scalar(later):
        raise StaleVersion("A newer recommendation has replaced this one.")
