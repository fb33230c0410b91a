"""Record who did what, in the same transaction as the doing.

Each entry is a leaf of canonical JSON (RFC 8785) whose hash is SHA-256(0x00 || leaf), as RFC 6962
hashes leaves, and which carries the hash of the entry before it. What the entry is about is kept
apart; the leaf holds its salted hash.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import rfc8785
import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import AuditDetail, AuditEntry, AuditHead, Case, Officer, Person

GENESIS = bytes(32)
_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a request came from: role acted in, session (first 16 hex of its hash), address."""

    session: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Verification:
    """`root` is the hash of the last entry in hex; `first_bad` the number of the first entry
    that does not hold, with `reason`, or None.
    """

    size: int
    root: str
    first_bad: int | None = None
    reason: str = ""

    @property
    def ok(self) -> bool:
        return self.first_bad is None


def record(
    session: Session,
    actor: Officer | None,
    action: str,
    subject: str,
    *,
    at: datetime,
    case: Case | None = None,
    **details: Any,
) -> AuditEntry:
    """Append one entry. `subject` is `kind:key`; `details` are JSON values without secrets."""
    origin: Origin = session.info.get("origin", Origin())
    head = session.scalars(
        sa.select(AuditHead).with_for_update().execution_options(populate_existing=True)
    ).one()
    salt = secrets.token_hex(16)
    leaf = rfc8785.dumps(
        {
            "v": 1,
            "seq": head.size,
            "at": _stamp(at),
            "actor": str(actor.id) if actor else "",
            "person": str(actor.person_id) if actor else "",
            "session": origin.session,
            "address": origin.address,
            "action": action,
            "object": subject,
            "case": str(case.id) if case else "",
            "detail": _detail_hash(salt, details),
            "nonce": secrets.token_hex(16),
            "prev": head.last_hash.hex(),
        }
    )
    entry = AuditEntry(
        seq=head.size,
        leaf=leaf.decode(),
        hash=leaf_hash(leaf),
        at=at,
        actor_id=actor.id if actor else None,
        action=action,
        object=subject,
        case_id=case.id if case else None,
    )
    session.add(entry)
    session.flush()  # the head must never be ahead of an entry that was refused
    session.add(AuditDetail(seq=entry.seq, salt=salt, detail=details))
    head.size, head.last_hash = head.size + 1, entry.hash
    session.flush()
    return entry


def leaf_hash(leaf: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + leaf).digest()


def verify(session: Session) -> Verification:
    """Walk the whole log and say where it first fails, if it does."""
    last, size = GENESIS, 0
    for entry, detail in _entries(session):
        reason = _fault(entry, detail, size, last)
        if reason:
            return Verification(size, last.hex(), size, reason)
        last, size = entry.hash, size + 1
    head = session.scalars(sa.select(AuditHead)).one_or_none()
    if head is None or (head.size, head.last_hash) != (size, last):
        return Verification(size, last.hex(), size, "the head does not point at the last entry")
    return Verification(size, last.hex())


def _entries(session: Session) -> Iterator[tuple[AuditEntry, AuditDetail | None]]:
    after = -1
    while True:
        rows = session.execute(
            sa.select(AuditEntry, AuditDetail)
            .outerjoin(AuditDetail, AuditDetail.seq == AuditEntry.seq)
            .where(AuditEntry.seq > after)
            .order_by(AuditEntry.seq)
            .limit(_BATCH)
        ).all()
        if not rows:
            return
        yield from ((entry, detail) for entry, detail in rows)
        after = rows[-1][0].seq
        session.expunge_all()


def _fault(entry: AuditEntry, detail: AuditDetail | None, size: int, last: bytes) -> str:
    if entry.seq != size:
        return f"entry {size} is missing"
    if leaf_hash(entry.leaf.encode()) != entry.hash:
        return "the hash is not that of the entry"
    try:
        return _contradiction(json.loads(entry.leaf), entry, detail, last)
    except (ValueError, LookupError, TypeError, AttributeError):  # whatever was put in its place
        return "the entry cannot be read"


def _contradiction(
    leaf: dict[str, Any], entry: AuditEntry, detail: AuditDetail | None, last: bytes
) -> str:
    if (leaf.get("seq"), leaf.get("prev")) != (entry.seq, last.hex()):
        return "the entry does not follow the one before it"
    if detail is None or leaf["detail"] != _detail_hash(detail.salt, detail.detail):
        return "the detail is not the one that was recorded"
    if _repeated(leaf) != (entry.at, entry.actor_id, entry.action, entry.object, entry.case_id):
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


def _detail_hash(salt: str, details: dict[str, Any]) -> str:
    return hashlib.sha256(salt.encode() + rfc8785.dumps(details)).hexdigest()


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


PAGE = 50


@dataclass(frozen=True, slots=True)
class Page:
    """Entries from the newest down; `older` is the number to ask for next, or None."""

    entries: list[tuple[AuditEntry, str]]
    older: int | None


def page(session: Session, *, action: str, actor: uuid.UUID | None, before: int | None) -> Page:
    """Entries with the actor's name, without their details: an auditor sees no case content."""
    wanted = (
        sa.select(AuditEntry, Person.name)
        .outerjoin(Officer, Officer.id == AuditEntry.actor_id)
        .outerjoin(Person, Person.id == Officer.person_id)
        .order_by(AuditEntry.seq.desc())
        .limit(PAGE + 1)
    )
    if action:
        wanted = wanted.where(AuditEntry.action == action)
    if actor:
        wanted = wanted.where(AuditEntry.actor_id == actor)
    if before is not None:
        wanted = wanted.where(AuditEntry.seq < before)
    rows = [(entry, name or "") for entry, name in session.execute(wanted)]
    return Page(rows[:PAGE], rows[PAGE - 1][0].seq if len(rows) > PAGE else None)


def action_words(session: Session) -> list[str]:
    return list(
        session.scalars(sa.select(AuditEntry.action).distinct().order_by(AuditEntry.action))
    )


def held(session: Session, size: int, last_hash: str) -> bool:
    """Whether the log, when it had `size` entries, ended with that hash (64 hex digits)."""
    if size == 0:
        return last_hash == GENESIS.hex()
    entry = session.get(AuditEntry, size - 1)
    return entry is not None and entry.hash.hex() == last_hash
