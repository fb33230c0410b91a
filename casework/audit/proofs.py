"""What shows an outsider that an entry is in the log that was signed."""

from __future__ import annotations

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.audit import merkle
from casework.audit.checkpoints import covering
from casework.audit.proofs_facts import Proof, Told
from casework.audit.tree import StoredTree
from models import AuditCheckpoint, AuditDetail, AuditEntry


class NotSigned(LookupError):
    """No checkpoint covers the entry yet."""


def proof_of(session: Session, entry: AuditEntry) -> Proof:
    """Under the first checkpoint that covers the entry; NotSigned while there is none."""
    checkpoint = covering(session, entry.seq)
    if checkpoint is None:
        raise NotSigned(entry.seq)
    tree = StoredTree(session, checkpoint.size)
    path = merkle.inclusion(entry.seq, checkpoint.size, tree)
    return Proof(entry.seq, entry.leaf, tuple(path), checkpoint.note)


def proofs_of_case(session: Session, case_id: uuid.UUID) -> tuple[AuditCheckpoint, list[Proof]]:
    """Of every entry about the case that the newest checkpoint covers, and that checkpoint.
    NotSigned while there is none.
    """
    checkpoint = session.scalars(
        sa.select(AuditCheckpoint).order_by(AuditCheckpoint.size.desc()).limit(1)
    ).one_or_none()
    if checkpoint is None:
        raise NotSigned(case_id)
    tree = StoredTree(session, checkpoint.size)
    entries = session.execute(
        sa.select(AuditEntry.seq, AuditEntry.leaf)
        .where(AuditEntry.case_id == case_id, AuditEntry.seq < checkpoint.size)
        .order_by(AuditEntry.seq)
    )
    found = [
        Proof(seq, leaf, tuple(merkle.inclusion(seq, checkpoint.size, tree)), checkpoint.note)
        for seq, leaf in entries
    ]
    return checkpoint, found


def details_of_case(session: Session, case_id: uuid.UUID, size: int) -> list[Told]:
    """The details of the case's entries among the first `size`, by number."""
    rows = session.execute(
        sa.select(AuditDetail.seq, AuditDetail.salt, AuditDetail.detail)
        .join(AuditEntry, AuditEntry.seq == AuditDetail.seq)
        .where(AuditEntry.case_id == case_id, AuditEntry.seq < size)
        .order_by(AuditDetail.seq)
    )
    return [Told(*row) for row in rows]


def notes_of(session: Session, *, before: datetime | None = None) -> list[AuditCheckpoint]:
    """Checkpoints, the newest first, at most fifty; those made before a time for further pages."""
    wanted = sa.select(AuditCheckpoint).order_by(AuditCheckpoint.size.desc()).limit(50)
    if before is not None:
        wanted = wanted.where(AuditCheckpoint.at < before)
    return list(session.scalars(wanted))
