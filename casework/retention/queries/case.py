"""What of one case bears on how long it is kept."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from casework.packets.queries.holdings import washington_day
from casework.retention.rules import Listed, Standing
from casework.statute.closing import closing_stages, is_closed
from casework.statute.loader import load_pack
from models import (
    Case,
    Disposition,
    DispositionDecision,
    Exhibit,
    LegalHold,
    LegalHoldRelease,
    Petition,
    PetitionDecision,
    StageChange,
)


def closed_on(session: Session, case: Case) -> date | None:
    """The local day on which the case last came to a stage that closes it; None while open."""
    pack = load_pack(case.text_version)
    if not is_closed(pack, case.stage):
        return None
    at = session.scalar(
        sa.select(sa.func.max(StageChange.at)).where(
            StageChange.case_id == case.id, StageChange.to_stage.in_(closing_stages(pack))
        )
    )
    return washington_day(at or case.opened_at)


def standing_of(session: Session, case: Case) -> Standing:
    answered = sa.exists().where(PetitionDecision.petition_id == Petition.id)
    waiting = sa.select(sa.func.count()).where(Petition.case_id == case.id, ~answered)
    return Standing(
        closed_on=closed_on(session, case),
        holds=len(standing_holds(session, case)),
        petitions=session.scalar(waiting) or 0,
        files=len(stored(session, case)),
    )


def holds_of(session: Session, case: Case) -> list[LegalHold]:
    """Every legal hold with its release, the newest first."""
    return list(
        session.scalars(
            sa.select(LegalHold)
            .where(LegalHold.case_id == case.id)
            .options(
                joinedload(LegalHold.by),
                joinedload(LegalHold.release).joinedload(LegalHoldRelease.by),
            )
            .order_by(LegalHold.at.desc(), LegalHold.id)
            .execution_options(populate_existing=True)
        )
    )


def standing_holds(session: Session, case: Case) -> list[LegalHold]:
    return [row for row in holds_of(session, case) if row.release is None]


def find_hold(session: Session, case: Case, key: UUID) -> LegalHold | None:
    return next((row for row in holds_of(session, case) if row.id == key), None)


def stored(session: Session, case: Case) -> list[Exhibit]:
    """Exhibits whose file is kept here, by number."""
    return list(
        session.scalars(
            sa.select(Exhibit)
            .where(
                Exhibit.case_id == case.id,
                Exhibit.blob_key.is_not(None),
                Exhibit.disposed_at.is_(None),
            )
            .order_by(Exhibit.number)
        )
    )


def listed(exhibits: list[Exhibit]) -> list[Listed]:
    return [Listed(row.number, row.title, row.sha256 or "", row.size or 0) for row in exhibits]


def dispositions_of(session: Session, case: Case) -> list[Disposition]:
    """Every proposal with its decision, the newest first."""
    return list(
        session.scalars(
            sa.select(Disposition)
            .where(Disposition.case_id == case.id)
            .options(
                joinedload(Disposition.by),
                joinedload(Disposition.decision).joinedload(DispositionDecision.by),
            )
            .order_by(Disposition.at.desc(), Disposition.id)
            .execution_options(populate_existing=True)
        )
    )


def find_disposition(session: Session, case: Case, key: UUID) -> Disposition | None:
    return next((row for row in dispositions_of(session, case) if row.id == key), None)
