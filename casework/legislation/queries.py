from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.statute.clocks import ENACTMENT, Due, clocks
from casework.statute.loader import load_pack
from models import ActEvent, AttachedText, ProvisionText


@dataclass(frozen=True, slots=True)
class ActDates:
    """`events` are the recorded local days by kind; enactment is apart, None in planning mode."""

    enacted: date | None
    events: dict[str, date]

    @property
    def planning(self) -> bool:
        return self.enacted is None


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one provision as attached; `source_sha256` is that of the bill file."""

    provision: str
    heading: str
    words: str
    source_name: str
    source_sha256: str


def dates_of(session: Session, text_version: str, default_enacted: date | None = None) -> ActDates:
    """The newest row of each kind. While no enactment is recorded, that of the pack counts, and
    where the pack has none `default_enacted` (a setting).
    """
    rows = session.execute(
        sa.select(ActEvent.kind, ActEvent.happened_on)
        .where(ActEvent.text_version == text_version)
        .order_by(ActEvent.at, ActEvent.id)
    )
    latest: dict[str, date | None] = {row.kind: row.happened_on for row in rows}
    otherwise = load_pack(text_version).act.enacted or default_enacted
    enacted = latest.pop(ENACTMENT) if ENACTMENT in latest else otherwise
    return ActDates(enacted, {kind: day for kind, day in latest.items() if day})


def history(session: Session, text_version: str) -> list[ActEvent]:
    return list(
        session.scalars(
            sa.select(ActEvent)
            .where(ActEvent.text_version == text_version)
            .order_by(ActEvent.at.desc(), ActEvent.id)
        )
    )


def clocks_of(session: Session, text_version: str, default_enacted: date | None) -> list[Due]:
    dates = dates_of(session, text_version, default_enacted)
    return clocks(load_pack(text_version), dates.enacted, dates.events)


def next_deadline(dues: Iterable[Due], on: date) -> Due | None:
    """The nearest deadline of the Act itself on or after `on`, of the readings relied upon."""
    ahead = [due for due in dues if due.default and due.due and due.due >= on]
    return min(ahead, key=lambda due: due.due or date.max, default=None)


def newest_attachment(session: Session, text_version: str) -> AttachedText | None:
    return session.scalars(
        sa.select(AttachedText)
        .where(AttachedText.text_version == text_version)
        .order_by(AttachedText.attached_at.desc(), AttachedText.id)
        .limit(1)
    ).one_or_none()


def words_for(session: Session, text_version: str, provisions: Iterable[str]) -> dict[str, Words]:
    """The attached words of the given provisions; without an attachment the answer is empty."""
    attached = newest_attachment(session, text_version)
    if attached is None:
        return {}
    rows = session.scalars(
        sa.select(ProvisionText).where(
            ProvisionText.attached_text_id == attached.id,
            ProvisionText.provision.in_(list(provisions)),
        )
    )
    return {
        row.provision: Words(
            row.provision, row.heading, row.words, attached.source_name, attached.source_sha256
        )
        for row in rows
    }
