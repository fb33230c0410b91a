"""Record who did what, in the same transaction as the doing.

Each entry is a leaf of canonical JSON (RFC 8785) whose hash is SHA-256(0x00 || leaf), as RFC 6962
hashes leaves, and which carries the hash of the entry before it. What the entry is about is kept
apart; the leaf holds its salted hash. The leaves form a hash tree (`tree`), and acts of weight are
followed by a signed checkpoint of it (`checkpoints`).
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import rfc8785
import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.audit.checkpoints import mark
from casework.audit.merkle import leaf_hash
from casework.audit.tree import sum_up
from models import AuditDetail, AuditEntry, AuditHead, Case, Officer

GENESIS = bytes(32)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a request came from: role acted in, session (first 16 hex of its hash), address."""

    session: str = ""
    address: str = ""


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
            "detail": detail_hash(salt, details),
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
    sum_up(session, head.size)
    mark(session, head.size, action, at=at)
    return entry


def detail_hash(salt: str, details: dict[str, Any]) -> str:
    return hashlib.sha256(salt.encode() + rfc8785.dumps(details)).hexdigest()


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
