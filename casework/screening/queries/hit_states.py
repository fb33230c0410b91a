"""The states of hits as conditions on rows: each says what `judging.state` says of one hit."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from casework.screening import judging
from casework.screening.judging import WAITING
from models import JudgementConfirmation, ScreeningHit, ScreeningJudgement


def is_in(state: str) -> sa.ColumnElement[bool]:
    """Whether a hit is in a state; `state` is a key of FILTER_TITLES except ALL."""
    waits = ScreeningHit.settled_at.is_(None)
    verdict, agrees = _newest(ScreeningJudgement.verdict), _newest(JudgementConfirmation.agrees)
    match = verdict == judging.MATCH
    confirmed = sa.and_(match, agrees.is_(sa.true()))
    ended = sa.func.coalesce(sa.or_(verdict == judging.NO_MATCH, confirmed), sa.false())
    states: dict[str, sa.ColumnElement[bool]] = {
        WAITING: waits,
        judging.OPEN: sa.and_(waits, verdict.is_(None)),
        judging.CLAIMED: sa.and_(waits, match, agrees.is_(None)),
        judging.UNSURE: sa.and_(waits, verdict == judging.UNSURE),
        judging.DISPUTED: sa.and_(waits, match, agrees.is_(sa.false())),
        judging.CONFIRMED: confirmed,
        judging.NO_MATCH: verdict == judging.NO_MATCH,
        judging.FALLEN: sa.and_(~waits, ~ended),
    }
    return states[state]


def _newest(column: Any) -> sa.ScalarSelect[Any]:
    """The column of the newest judgement on a hit's basis; null without a judgement."""
    same = [
        ScreeningJudgement.entity_id == ScreeningHit.entity_id,
        ScreeningJudgement.source == ScreeningHit.source,
        ScreeningJudgement.entry_id == ScreeningHit.entry_id,
        ScreeningJudgement.basis_sha256 == ScreeningHit.basis_sha256,
    ]
    return (
        sa.select(column)
        .select_from(ScreeningJudgement)
        .outerjoin(ScreeningJudgement.confirmation)
        .where(*same)
        .order_by(ScreeningJudgement.at.desc(), ScreeningJudgement.id.desc())
        .limit(1)
        .correlate(ScreeningHit)
        .scalar_subquery()
    )
