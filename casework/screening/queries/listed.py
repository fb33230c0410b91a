"""Entries of lists in the wording that an edition has, and in every wording they ever had."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import WatchlistEdition, WatchlistEntry

Pair = tuple[str, str]  # list, and the list's own key of an entry


@dataclass(frozen=True, slots=True)
class Wordings:
    """Wordings by list, key and edition; editions by list and number."""

    entries: dict[tuple[str, str, int], WatchlistEntry]
    editions: dict[tuple[str, int], WatchlistEdition]


@dataclass(frozen=True, slots=True)
class Span:
    """A wording with the first edition that has it and the first that has it no longer."""

    wording: WatchlistEntry
    since: WatchlistEdition | None
    until: WatchlistEdition | None


def wordings_at(session: Session, keys: Collection[tuple[str, str, int]]) -> Wordings:
    """What the entries said in those editions."""
    pairs = {(source, entry_id) for source, entry_id, _ in keys}
    rows = session.scalars(
        sa.select(WatchlistEntry).where(
            sa.tuple_(WatchlistEntry.source, WatchlistEntry.entry_id).in_(sorted(pairs))
        )
    ).all()
    entries = {
        key: row for key in keys for row in rows if _pair(row) == key[:2] and stood(row, key[2])
    }
    return Wordings(entries, _editions(session, {(source, number) for source, _, number in keys}))


def in_force(session: Session, pairs: Collection[Pair]) -> dict[Pair, WatchlistEntry]:
    """The wordings that stand today."""
    rows = session.scalars(
        sa.select(WatchlistEntry).where(
            sa.tuple_(WatchlistEntry.source, WatchlistEntry.entry_id).in_(sorted(pairs)),
            WatchlistEntry.ended.is_(None),
        )
    )
    return {_pair(row): row for row in rows}


def anything_in_force(session: Session) -> bool:
    standing = sa.select(WatchlistEntry.id).where(WatchlistEntry.ended.is_(None))
    return session.scalar(standing.limit(1)) is not None


def find_wording(session: Session, wording_id: uuid.UUID) -> WatchlistEntry | None:
    return session.get(WatchlistEntry, wording_id)


def spans_of(session: Session, entry: WatchlistEntry) -> Sequence[Span]:
    """Every wording of the entry, the newest first."""
    rows = session.scalars(
        sa.select(WatchlistEntry)
        .where(WatchlistEntry.source == entry.source, WatchlistEntry.entry_id == entry.entry_id)
        .order_by(WatchlistEntry.first.desc())
    ).all()
    numbers = {number for row in rows for number in (row.first, row.ended) if number is not None}
    editions = _editions(session, {(entry.source, number) for number in numbers})
    return [
        Span(
            row,
            editions.get((row.source, row.first)),
            editions.get((row.source, row.ended)) if row.ended is not None else None,
        )
        for row in rows
    ]


def stood(row: WatchlistEntry, number: int) -> bool:
    """Whether the wording belongs to the edition of that number."""
    return row.first <= number and (row.ended is None or row.ended > number)


def _pair(row: WatchlistEntry) -> Pair:
    return row.source, row.entry_id


def _editions(
    session: Session, keys: Collection[tuple[str, int]]
) -> dict[tuple[str, int], WatchlistEdition]:
    rows = session.scalars(
        sa.select(WatchlistEdition).where(
            sa.tuple_(WatchlistEdition.source, WatchlistEdition.number).in_(sorted(keys))
        )
    )
    return {(row.source, row.number): row for row in rows}
