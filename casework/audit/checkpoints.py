"""A signed checkpoint after every act of weight, and whenever the log has grown for a while.

The key never enters the database: whoever opens a session lends it the signer under
`session.info["audit_signer"]`. Without one (a command, a test) no checkpoint is made.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.audit import merkle
from casework.audit.note import Checkpoint, Signer, open_note
from casework.audit.tree import StoredTree
from casework.errors import CaseworkError
from models import AuditCheckpoint, AuditHead

SIGNER = "audit_signer"

# Acts that somebody may have to answer for in court: what was decided, and what left the house.
OCCASIONS = frozenset(
    {
        "case.advance",
        "determination.sign",
        "disposition.decide",
        "list.publish",
        "list.take_down",
        "marking.decontrol",
        "measure.sign",
        "motion.close",
        "packet.issue",
        "petition.answer",
        "recommendation.decide",
        "report.approve",
    }
)


class LogBroken(CaseworkError):
    """The log does not continue what was signed before; nothing further is signed or done."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A checkpoint that somebody kept, held against the log: `reason` is empty when it agrees."""

    checkpoint: Checkpoint
    reason: str


def mark(session: Session, size: int, action: str, *, at: datetime) -> None:
    """Sign the log at `size` entries if the act calls for it."""
    signer: Signer | None = session.info.get(SIGNER)
    if signer is not None and action in OCCASIONS:
        _sign(session, signer, size, action, at=at)


def mark_growth(session: Session, *, at: datetime) -> bool:
    """Sign the log if it has grown since the last checkpoint; whether it had."""
    signer: Signer | None = session.info.get(SIGNER)
    head = session.scalars(sa.select(AuditHead).with_for_update()).one()
    last = newest(session)
    if signer is None or head.size == (last.size if last else 0):
        return False
    _sign(session, signer, head.size, "schedule", at=at)
    return True


def _sign(session: Session, signer: Signer, size: int, occasion: str, *, at: datetime) -> None:
    tree = StoredTree(session, size)
    last = newest(session)
    if last is not None and (last.size > size or merkle.root(last.size, tree) != last.root):
        raise LogBroken(
            f"The audit log does not continue its checkpoint of {last.size} entries. Nothing was"
            " done. Tell the administrator: flask audit verify says where it fails."
        )
    root = tree.root()
    session.add(
        AuditCheckpoint(
            size=size, root=root, note=signer.sign(size, root), occasion=occasion, at=at
        )
    )
    session.flush()


def newest(session: Session) -> AuditCheckpoint | None:
    return session.scalars(
        sa.select(AuditCheckpoint).order_by(AuditCheckpoint.size.desc()).limit(1)
    ).one_or_none()


def covering(session: Session, seq: int) -> AuditCheckpoint | None:
    """The first checkpoint that covers entry `seq`."""
    return session.scalars(
        sa.select(AuditCheckpoint)
        .where(AuditCheckpoint.size > seq)
        .order_by(AuditCheckpoint.size)
        .limit(1)
    ).one_or_none()


def compare(session: Session, note: str, vkey: str) -> Compared:
    """Hold a kept note against the log. NoteRefused when its signature does not hold."""
    told = open_note(note, vkey)
    head = session.scalars(sa.select(AuditHead)).one()
    if told.size > head.size:
        return Compared(
            told, f"the log has {head.size} entries, fewer than the {told.size} that were signed"
        )
    if StoredTree(session, told.size).root() != told.root:
        return Compared(told, f"the first {told.size} entries are not those that were signed")
    return Compared(told, "")
