"""Who took part in what a petition is directed against, and may not answer it."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import (
    Ballot,
    Determination,
    ListProposal,
    ListPublication,
    MeasureDecision,
    Motion,
    MotionClosing,
    Officer,
    Petition,
    Recommendation,
    RecommendationDecision,
)


def part_taken(session: Session, petition: Petition, by: Officer) -> list[str]:
    """What the person behind the account did towards the first decision, in words that follow
    "You"; empty for somebody who may answer. Every decision about this subject in this case
    counts, whichever measure it was about: one record lay under all of them.
    """
    asked = sa.literal(by.person_id, sa.Uuid)
    return [
        words
        for words, persons in _ways(petition).items()
        if session.scalar(sa.select(asked.in_(persons)))
    ]


def _ways(petition: Petition) -> dict[str, sa.Select[Any]]:
    recommended = sa.select(Recommendation.id).where(
        Recommendation.case_id == petition.case_id,
        sa.or_(Recommendation.entity_id.is_(None), Recommendation.entity_id == petition.entity_id),
    )
    proposed = sa.select(ListProposal.id).where(_about(ListProposal, petition))
    # A motion on a petition is part of its answer and not of the first decision.
    moved = sa.select(Motion.id).where(_about(Motion, petition), Motion.petition_id.is_(None))
    return {
        "signed the determination": sa.select(Determination.by_person_id).where(
            _about(Determination, petition)
        ),
        "wrote the recommendation": sa.select(Recommendation.by_person_id).where(
            Recommendation.id.in_(recommended)
        ),
        "decided on the recommendation": sa.select(RecommendationDecision.by_person_id).where(
            RecommendationDecision.recommendation_id.in_(recommended)
        ),
        "signed the measure": sa.select(MeasureDecision.by_person_id).where(
            MeasureDecision.recommendation_id.in_(recommended)
        ),
        "prepared the entry on the public list": sa.select(ListProposal.by_person_id).where(
            ListProposal.id.in_(proposed)
        ),
        "published the entry on the public list": sa.select(ListPublication.by_person_id).where(
            ListPublication.proposal_id.in_(proposed)
        ),
        "moved the vote": sa.select(Motion.by_person_id).where(Motion.id.in_(moved)),
        "voted in the committee": sa.select(Ballot.by_person_id).where(Ballot.motion_id.in_(moved)),
        "closed the vote": sa.select(MotionClosing.by_person_id).where(
            MotionClosing.motion_id.in_(moved)
        ),
    }


def _about(
    table: type[Determination | ListProposal | Motion], petition: Petition
) -> sa.ColumnElement[bool]:
    return sa.and_(table.case_id == petition.case_id, table.entity_id == petition.entity_id)
