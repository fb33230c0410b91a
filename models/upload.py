"""A file on its way in, piece by piece, so that a broken connection costs one piece."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Keyed, OfficerKey


class Upload(Keyed, Base):
    __tablename__ = "upload"
    __table_args__ = (sa.Index("ix_upload_state_touched_at", "state", "touched_at"),)

    case_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("case.id", ondelete="RESTRICT"), index=True
    )
    by_id: Mapped[OfficerKey]
    file_name: Mapped[str] = mapped_column(comment="as sent; shown, never used as a path")
    size: Mapped[int] = mapped_column(sa.BigInteger, comment="bytes, as announced")
    piece_size: Mapped[int] = mapped_column(comment="bytes of every piece but the last")
    sha256_told: Mapped[str] = mapped_column(comment="hex, as the sender gave it; may be empty")
    described: Mapped[dict[str, Any]] = mapped_column(comment="the description of the exhibit")
    state: Mapped[str] = mapped_column(comment="open, joining, received, cancelled, refused")
    failure: Mapped[str] = mapped_column(default="", comment="why it was refused")
    opened_at: Mapped[datetime]
    touched_at: Mapped[datetime] = mapped_column(comment="when the last piece came")
    exhibit_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("exhibit.id", ondelete="RESTRICT")
    )

    pieces: Mapped[list[UploadPiece]] = relationship(order_by="UploadPiece.number")


class UploadPiece(Keyed, Base):
    """One piece, encrypted in the store like any exhibit, until the whole is joined."""

    __tablename__ = "upload_piece"
    __table_args__ = (sa.UniqueConstraint("upload_id", "number"),)

    upload_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("upload.id", ondelete="CASCADE"))
    number: Mapped[int] = mapped_column(comment="from 0")
    size: Mapped[int]
    sha256: Mapped[str]
    blob_key: Mapped[str]
