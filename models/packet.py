from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Keyed
from models.case import Case
from models.officer import Officer


class Packet(Keyed, Base):
    """A version of a case's packet for one recipient. Its contents are fixed when it is
    prepared; its bytes are stored once rendered and never made again.
    """

    __tablename__ = "packet"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "number"),
        sa.CheckConstraint(
            "issued_by_person_id IS NULL OR issued_by_person_id <> prepared_by_person_id",
            name="four_eyes",
        ),
        sa.CheckConstraint(
            "(state IN ('queued', 'rendering', 'failed')) = (sha256 IS NULL)",
            name="bytes_once_ready",
        ),
        sa.CheckConstraint(
            "(state = 'issued') = (issued_at IS NOT NULL)", name="issued_has_a_time"
        ),
    )

    case_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("case.id", ondelete="RESTRICT"), index=True
    )
    number: Mapped[int] = mapped_column(comment="version of the packet within the case")
    recipient: Mapped[str]
    purpose: Mapped[str]
    state: Mapped[str] = mapped_column(comment="queued, rendering, failed, ready, issued")
    contents: Mapped[dict[str, Any]]
    contents_sha256: Mapped[str]
    supersedes_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("packet.id", ondelete="RESTRICT")
    )
    failure: Mapped[str] = mapped_column(default="")
    prepared_by_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("officer.id", ondelete="RESTRICT")
    )
    prepared_by_person_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("person.id", ondelete="RESTRICT")
    )
    prepared_at: Mapped[datetime] = mapped_column(index=True)
    issued_by_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("officer.id", ondelete="RESTRICT")
    )
    issued_by_person_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("person.id", ondelete="RESTRICT")
    )
    issued_at: Mapped[datetime | None]
    pages: Mapped[int | None]
    size: Mapped[int | None] = mapped_column(sa.BigInteger)
    sha256: Mapped[str | None]
    blob_key: Mapped[str | None]

    case: Mapped[Case] = relationship()
    prepared_by: Mapped[Officer] = relationship(foreign_keys=[prepared_by_id])
    issued_by: Mapped[Officer | None] = relationship(foreign_keys=[issued_by_id])
    supersedes: Mapped[Packet | None] = relationship(remote_side="Packet.id")
