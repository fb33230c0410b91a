"""Dates of the Act and its attached words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Protocol

from sqlalchemy.orm import Session

from casework import audit
from casework.errors import InvalidValue
from casework.statute.loader import load_pack
from models import ActEvent, AttachedText, Officer, ProvisionText


class ProvisionLike(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def heading(self) -> str: ...
    @property
    def words(self) -> str: ...


def record_event(
    session: Session,
    *,
    text_version: str,
    kind: str,
    happened_on: date | None,
    note: str,
    by: Officer | None,
    at: datetime,
) -> ActEvent:
    """Record, move or (with None) withdraw a date that clocks start from. Earlier rows stay."""
    event = load_pack(text_version).events.get(kind)
    if event is None or event.of_case:
        raise InvalidValue(f"{kind} is no event of {text_version}.", "kind")
    row = ActEvent(
        text_version=text_version,
        kind=kind,
        happened_on=happened_on,
        note=note,
        by_id=by.id if by else None,
        at=at,
    )
    session.add(row)
    audit.record(
        session,
        by,
        "act.event",
        f"act:{text_version}",
        at=at,
        kind=kind,
        happened_on=happened_on.isoformat() if happened_on else "",
        note=note,
    )
    return row


def attach_text(
    session: Session,
    *,
    text_version: str,
    provisions: Iterable[ProvisionLike],
    source_name: str,
    source_sha256: str,
    by: Officer | None,
    at: datetime,
) -> AttachedText:
    """Keep the words of a bill beside its pack. Each attachment is kept; the newest is shown."""
    attached = AttachedText(
        text_version=text_version,
        source_name=source_name,
        source_sha256=source_sha256,
        attached_at=at,
    )
    session.add(attached)
    session.flush()
    session.add_all(
        ProvisionText(
            attached_text_id=attached.id,
            provision=provision.id,
            heading=provision.heading,
            words=provision.words,
        )
        for provision in provisions
    )
    audit.record(
        session, by, "act.attach", f"act:{text_version}", at=at, source_sha256=source_sha256
    )
    return attached
