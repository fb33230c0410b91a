"""Files on their way in: each is seen by its sender only."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from models import Case, Exhibit, LegalHold, LegalHoldRelease, Officer, Upload, UploadPiece

OPEN, JOINING, RECEIVED, CANCELLED, REFUSED = (
    "open",
    "joining",
    "received",
    "cancelled",
    "refused",
)
UNDER_WAY = (OPEN, JOINING)
SHOWN = timedelta(days=7)  # how long a refusal stays in the list


def find_mine(
    session: Session, case: Case, officer: Officer, upload_id: uuid.UUID
) -> Upload | None:
    """The upload with its pieces; None where there is none or another officer sends it."""
    return session.scalars(
        sa.select(Upload)
        .where(Upload.id == upload_id, Upload.case_id == case.id, Upload.by_id == officer.id)
        .options(selectinload(Upload.pieces))
    ).one_or_none()


def mine_in(session: Session, case: Case, officer: Officer, *, at: datetime) -> list[Upload]:
    """What the officer still has to finish in the case, and what was refused of late."""
    late = sa.and_(Upload.state == REFUSED, Upload.touched_at > at - SHOWN)
    return list(
        session.scalars(
            sa.select(Upload)
            .where(Upload.case_id == case.id, Upload.by_id == officer.id)
            .where(sa.or_(Upload.state.in_(UNDER_WAY), late))
            .options(selectinload(Upload.pieces))
            .order_by(Upload.opened_at.desc(), Upload.id)
        )
    )


def open_count(session: Session, officer: Officer) -> int:
    counted = sa.select(sa.func.count()).select_from(Upload)
    wanted = counted.where(Upload.by_id == officer.id, Upload.state == OPEN)
    return session.scalar(wanted) or 0


def exhibit_of(session: Session, upload: Upload) -> Exhibit | None:
    return session.get(Exhibit, upload.exhibit_id) if upload.exhibit_id else None


def held(session: Session, upload_id: uuid.UUID) -> Upload | None:
    """The upload, read anew and held until the transaction ends."""
    return session.scalars(
        sa.select(Upload)
        .where(Upload.id == upload_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()


def find_piece(session: Session, upload: Upload, number: int) -> UploadPiece | None:
    return session.scalars(
        sa.select(UploadPiece).where(
            UploadPiece.upload_id == upload.id, UploadPiece.number == number
        )
    ).one_or_none()


def abandoned(session: Session, *, before: datetime) -> Sequence[Upload]:
    """Open uploads of which nothing came since, in cases without a legal hold."""
    return session.scalars(
        sa.select(Upload).where(
            Upload.state == OPEN, Upload.touched_at < before, ~_on_hold(Upload.case_id)
        )
    ).all()


def on_hold(session: Session, case_id: uuid.UUID) -> bool:
    """Whether a legal hold forbids to destroy anything that was sent for the case."""
    return bool(session.scalar(sa.select(_on_hold(sa.literal(case_id, sa.Uuid())))))


def _on_hold(case_id: sa.SQLColumnExpression[uuid.UUID]) -> sa.ColumnElement[bool]:
    return sa.exists().where(
        LegalHold.case_id == case_id,
        ~sa.exists().where(LegalHoldRelease.hold_id == LegalHold.id),
    )


def piece_keys(session: Session) -> set[str]:
    """Blobs of pieces that are still needed: the whole is not there yet, or a hold keeps them."""
    return set(
        session.scalars(
            sa.select(UploadPiece.blob_key)
            .join(Upload, Upload.id == UploadPiece.upload_id)
            .where(sa.or_(Upload.state.in_(UNDER_WAY), _on_hold(Upload.case_id)))
        )
    )
