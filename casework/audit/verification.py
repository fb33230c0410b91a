"""Walk the whole log and say where it first fails, if it does."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.audit import GENESIS, detail_hash
from casework.audit.merkle import Frontier, leaf_hash
from casework.audit.note import NoteRefused, open_note, read
from casework.audit.tree import STEP
from models import AuditCheckpoint, AuditDetail, AuditEntry, AuditHead, AuditNode

_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Verification:
    """`root` is the root of the hash tree and `last_hash` the hash of the last entry that holds,
    both in hex; `first_bad` is the number of the first entry that does not, with `reason`, or
    None.
    """

    size: int
    root: str
    last_hash: str
    first_bad: int | None = None
    reason: str = ""

    @property
    def ok(self) -> bool:
        return self.first_bad is None


def verify(session: Session, vkey: str = "") -> Verification:
    """Walk the whole log: each entry, the chain, the stored nodes of the tree, and every
    checkpoint; with `vkey` the signatures of the checkpoints too.
    """
    walk = _Walk(session, vkey)
    for row in _entries(session):
        if reason := walk.take(row):
            return walk.verdict(reason)
    return walk.verdict(walk.end())


class _Walk:
    """How far the log holds."""

    def __init__(self, session: Session, vkey: str) -> None:
        self._session, self._vkey = session, vkey
        self._frontier, self._last = Frontier(), GENESIS
        self._signed = {
            row.size: (row.root, row.note) for row in session.scalars(sa.select(AuditCheckpoint))
        }
        self._nodes = {
            (row.level, row.index): row.hash for row in session.scalars(sa.select(AuditNode))
        }

    def take(self, row: _Row) -> str:
        """Why this entry does not hold, or nothing."""
        if reason := _fault(row, self._frontier.size, self._last):
            return reason
        filled = self._frontier.append(row.hash)
        self._last = row.hash
        if reason := self._false_node(filled) or self._false_checkpoint():
            return reason
        return ""

    def end(self) -> str:
        """What is wrong once every entry was read, or nothing."""
        head = self._session.scalars(sa.select(AuditHead)).one_or_none()
        if head is None or (head.size, head.last_hash) != (self._frontier.size, self._last):
            return "the head does not point at the last entry"
        if self._signed:
            return f"a checkpoint of {min(self._signed)} entries was signed, and there are fewer"
        return "a node of the tree covers entries that are not there" if self._nodes else ""

    def verdict(self, reason: str) -> Verification:
        size = self._frontier.size
        return Verification(
            size,
            self._frontier.root().hex(),
            self._last.hex(),
            size if reason else None,
            reason,
        )

    def _false_node(self, filled: list[bytes]) -> str:
        for level in range(STEP, len(filled), STEP):
            if self._nodes.pop((level, self._frontier.size - 1 >> level), None) != filled[level]:
                return "a stored node of the tree is not that of its entries"
        return ""

    def _false_checkpoint(self) -> str:
        root, note = self._signed.pop(self._frontier.size, (b"", ""))
        if not root:
            return ""
        try:
            told = open_note(note, self._vkey) if self._vkey else read(note)
        except NoteRefused as refused:
            return f"the checkpoint after it does not hold: {refused}"
        if not told.root == root == self._frontier.root() or told.size != self._frontier.size:
            return "the checkpoint after it was signed over other entries"
        return ""


class _Row(NamedTuple):
    """An entry as stored, with its detail where there is one; `salt` None says there is none."""

    seq: int
    leaf: str
    hash: bytes
    at: datetime
    actor_id: uuid.UUID | None
    action: str
    object: str
    case_id: uuid.UUID | None
    salt: str | None
    detail: dict[str, Any] | None


def _entries(session: Session) -> Iterator[_Row]:
    wanted = (
        sa.select(
            AuditEntry.seq,
            AuditEntry.leaf,
            AuditEntry.hash,
            AuditEntry.at,
            AuditEntry.actor_id,
            AuditEntry.action,
            AuditEntry.object,
            AuditEntry.case_id,
            AuditDetail.salt,
            AuditDetail.detail,
        )
        .outerjoin(AuditDetail, AuditDetail.seq == AuditEntry.seq)
        .order_by(AuditEntry.seq)
        .limit(_BATCH)
    )
    after = -1
    while rows := session.execute(wanted.where(AuditEntry.seq > after)).all():
        yield from map(_Row._make, rows)
        after = rows[-1].seq


def _fault(row: _Row, size: int, last: bytes) -> str:
    if row.seq != size:
        return f"entry {size} is missing"
    if leaf_hash(row.leaf.encode()) != row.hash:
        return "the hash is not that of the entry"
    try:
        return _contradiction(json.loads(row.leaf), row, last)
    except (ValueError, LookupError, TypeError, AttributeError):  # whatever was put in its place
        return "the entry cannot be read"


def _contradiction(leaf: dict[str, Any], row: _Row, last: bytes) -> str:
    if (leaf.get("seq"), leaf.get("prev")) != (row.seq, last.hex()):
        return "the entry does not follow the one before it"
    if row.salt is None or leaf["detail"] != detail_hash(row.salt, row.detail or {}):
        return "the detail is not the one that was recorded"
    if _repeated(leaf) != (row.at, row.actor_id, row.action, row.object, row.case_id):
        return "the columns for queries differ from the entry"
    return ""


def _repeated(
    leaf: dict[str, str],
) -> tuple[datetime, uuid.UUID | None, str, str, uuid.UUID | None]:
    return (
        datetime.fromisoformat(leaf["at"]),
        uuid.UUID(leaf["actor"]) if leaf["actor"] else None,
        leaf["action"],
        leaf["object"],
        uuid.UUID(leaf["case"]) if leaf["case"] else None,
    )
