"""What auditors read of the log: entries without their details, since they see no case content."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.audit import GENESIS
from models import AuditEntry, Officer, Person

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


def entry(session: Session, seq: int) -> AuditEntry | None:
    return session.get(AuditEntry, seq)
