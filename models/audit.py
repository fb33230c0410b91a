from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class AuditEntry(Base):
    """One thing somebody did. `leaf` is the canonical JSON that is hashed; the other columns
    repeat parts of it for queries and are compared with it when the log is verified.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        sa.CheckConstraint("length(hash) = 32", name="hash_length"),
        sa.Index("ix_audit_entry_case_id_seq", "case_id", "seq"),
        sa.Index("ix_audit_entry_actor_id_seq", "actor_id", "seq"),
    )

    seq: Mapped[int] = mapped_column(
        sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=False
    )
    leaf: Mapped[str]
    hash: Mapped[bytes] = mapped_column(sa.LargeBinary, unique=True)
    at: Mapped[datetime]
    actor_id: Mapped[uuid.UUID | None]
    action: Mapped[str] = mapped_column(index=True)
    object: Mapped[str] = mapped_column(index=True, comment="kind:key")
    case_id: Mapped[uuid.UUID | None]


class AuditDetail(Base):
    """What an entry was about, in clear. The leaf holds only the salted hash, so that a detail
    can lawfully be disposed of without breaking the log.
    """

    __tablename__ = "audit_detail"

    seq: Mapped[int] = mapped_column(
        sa.ForeignKey("audit_entry.seq", ondelete="RESTRICT"), primary_key=True, autoincrement=False
    )
    salt: Mapped[str]
    detail: Mapped[dict[str, Any]]


class AuditHead(Base):
    """The one row that every append locks: number of entries and hash of the last."""

    __tablename__ = "audit_head"
    __table_args__ = (sa.CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    size: Mapped[int] = mapped_column(sa.BigInteger)
    last_hash: Mapped[bytes] = mapped_column(sa.LargeBinary)


class AuditNode(Base):
    """The root of a full subtree of 256, 65,536, … entries, so that proofs need few rows."""

    __tablename__ = "audit_node"
    __table_args__ = (sa.CheckConstraint("length(hash) = 32", name="hash_length"),)

    level: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, comment="8, 16, 24")
    index: Mapped[int] = mapped_column(
        sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=False
    )
    hash: Mapped[bytes] = mapped_column(sa.LargeBinary)


class AuditCheckpoint(Base):
    """A signed statement of how large the log was and what it held. The key is not in here."""

    __tablename__ = "audit_checkpoint"
    __table_args__ = (sa.CheckConstraint("length(root) = 32", name="root_length"),)

    size: Mapped[int] = mapped_column(
        sa.BigInteger().with_variant(sa.Integer, "sqlite"),
        primary_key=True,
        autoincrement=False,
        comment="entries that it covers",
    )
    root: Mapped[bytes] = mapped_column(sa.LargeBinary)
    note: Mapped[str] = mapped_column(comment="the signed note, C2SP tlog-checkpoint")
    occasion: Mapped[str] = mapped_column(comment="the act that called for it, or schedule")
    at: Mapped[datetime]
