"""What the public list is made of, read in two or three queries however long it grows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.legislation import queries as legislation
from casework.listing.register import Published, Register, drop_day, register
from models import ActEvent, Case, ListProposal, ListPublication, ListTakedown

WASHINGTON = ZoneInfo("America/New_York")


@dataclass(frozen=True, slots=True)
class PublicList:
    """`planning` while the text has no enactment date: then nothing real is shown. `changed_at`
    is when what is shown last became otherwise, None when it never did.
    """

    real: Register
    training: Register
    planning: bool
    changed_at: datetime | None


def public_list(
    session: Session,
    *,
    text_version: str,
    default_enacted: date | None,
    with_training: bool,
    on: date,
) -> PublicList:
    """The list on `on`. `text_version` is the text whose enactment the page tells of."""
    rows = published(session)
    versions = {text_version, *(row.text_version for row in rows if not row.training)}
    in_force = {
        version
        for version in versions
        for day in [legislation.dates_of(session, version, default_enacted).enacted]
        if day is not None and day <= on
    }
    real = [row for row in rows if not row.training and row.text_version in in_force]
    training = [row for row in rows if row.training] if with_training else []
    found = register(real, on=on), register(training, on=on)
    changed = _changed_at(
        [*real, *training], found, session.scalar(sa.select(sa.func.max(ActEvent.at)))
    )
    return PublicList(*found, text_version not in in_force and not real, changed)


def published(session: Session, entity_ids: Iterable[UUID] | None = None) -> list[Published]:
    """Every publication ever, or those about the given entities."""
    chosen = (
        sa.select(
            ListPublication.id,
            ListProposal.entity_id,
            Case.text_version,
            Case.training,
            ListProposal.content,
            ListPublication.published_on,
            ListPublication.at,
            ListTakedown.taken_down_on,
            ListTakedown.at.label("taken_down_at"),
            sa.func.coalesce(ListTakedown.ground, "").label("ground"),
        )
        .join(ListProposal, ListProposal.id == ListPublication.proposal_id)
        .join(Case, Case.id == ListPublication.case_id)
        .outerjoin(ListTakedown, ListTakedown.publication_id == ListPublication.id)
    )
    if entity_ids is not None:
        chosen = chosen.where(ListProposal.entity_id.in_(list(entity_ids)))
    return [Published(**row) for row in session.execute(chosen).mappings()]


def drop_days(session: Session, case: Case) -> dict[UUID, date]:
    """For each publication of the case that nobody took down, the first day on which the clock
    no longer lets it stand. An entry is down from that day on, whether or not anybody acts.
    """
    rows = [row for row in published(session) if row.training == case.training]
    own = set(
        session.scalars(sa.select(ListPublication.id).where(ListPublication.case_id == case.id))
    )
    first = min((row.published_on for row in rows), default=None)
    if first is None:
        return {}
    shown: dict[UUID, date] = {}
    for row in rows:
        day = shown.get(row.entity_id, row.published_on)
        shown[row.entity_id] = min(day, row.published_on)
    return {
        row.id: drop_day(row, first_publication=first, entry_shown=shown[row.entity_id])
        for row in rows
        if row.id in own and row.taken_down_on is None
    }


def is_listed(session: Session, case: Case, *, on: date) -> bool:
    """Whether the public list shows an entry out of this case on `on`."""
    return any(on < day for day in drop_days(session, case).values())


def _changed_at(
    rows: Iterable[Published], found: Iterable[Register], event: datetime | None
) -> datetime | None:
    times = [row.at for row in rows]
    times += [row.taken_down_at for row in rows if row.taken_down_at]
    for each in found:
        days = [row.changed_on for row in each.removed]
        times += [datetime.combine(day, time(), WASHINGTON) for day in days]
    return max([*times, *([event] if event else [])], default=None)
