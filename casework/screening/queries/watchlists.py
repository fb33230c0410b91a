"""Lists, their editions, what differs between two of them, and the rows set aside."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from casework.screening.watchlists.differences import Change, changes
from models import Job, WatchlistEdition, WatchlistEntry, WatchlistReject

IMPORT = "watchlist.import"  # the kind of the job
PAGE = 50
RECENT = 5  # imports shown that ended


@dataclass(frozen=True, slots=True)
class Difference:
    """An entry that an edition added, removed or changed against an earlier one."""

    entry_id: str
    word: str
    caption: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """One page; `counts` by word over all pages; `following` is the key to go on after, or ""."""

    rows: list[Difference]
    counts: dict[str, int]
    following: str


@dataclass(frozen=True, slots=True)
class Rejects:
    rows: list[WatchlistReject]
    following: int | None


def edition_of(session: Session, source: str, sha256: str) -> WatchlistEdition | None:
    return session.scalars(
        sa.select(WatchlistEdition).where(
            WatchlistEdition.source == source, WatchlistEdition.sha256 == sha256
        )
    ).one_or_none()


def newest_number(session: Session, source: str) -> int:
    """Number of the edition in force, 0 without one."""
    return session.scalar(_newest().where(WatchlistEdition.source == source)) or 0


def standing_hashes(session: Session, source: str) -> dict[str, str]:
    """Content hash by key of every entry in force."""
    found = session.execute(
        sa.select(WatchlistEntry.entry_id, WatchlistEntry.content_sha256).where(
            WatchlistEntry.source == source, WatchlistEntry.ended.is_(None)
        )
    )
    return {row.entry_id: row.content_sha256 for row in found}


def in_force(session: Session) -> dict[str, WatchlistEdition]:
    """The edition in force by list."""
    newest = _newest().add_columns(WatchlistEdition.source).group_by(WatchlistEdition.source)
    top = newest.subquery()
    rows = session.scalars(
        sa.select(WatchlistEdition).join(
            top,
            sa.and_(
                top.c.source == WatchlistEdition.source, top.c.number == WatchlistEdition.number
            ),
        )
    )
    return {row.source: row for row in rows}


def editions(session: Session, source: str) -> list[WatchlistEdition]:
    """All editions of a list, the newest first."""
    return list(
        session.scalars(
            sa.select(WatchlistEdition)
            .where(WatchlistEdition.source == source)
            .order_by(WatchlistEdition.number.desc())
        )
    )


def find_edition(session: Session, source: str, number: int) -> WatchlistEdition | None:
    return session.scalars(
        sa.select(WatchlistEdition).where(
            WatchlistEdition.source == source, WatchlistEdition.number == number
        )
    ).one_or_none()


def imports_of(session: Session, source: str = "") -> list[Job]:
    """Imports under way and those that failed or ended lately, the latest first."""
    wanted = sa.select(Job).where(Job.kind == IMPORT)
    if source:
        wanted = wanted.where(Job.payload["source"].as_string() == source)
    return list(session.scalars(wanted.order_by(Job.created_at.desc()).limit(RECENT)))


def all_rejects(session: Session, edition_id: uuid.UUID) -> list[WatchlistReject]:
    return list(session.scalars(_rejects(edition_id)))


def rejects(session: Session, edition_id: uuid.UUID, *, skip: int) -> Rejects:
    """Rows set aside, in the order of the files; `following` is where the next page begins."""
    found = list(session.scalars(_rejects(edition_id).offset(skip).limit(PAGE + 1)))
    return Rejects(found[:PAGE], skip + PAGE if len(found) > PAGE else None)


def differences(
    session: Session, source: str, earlier: int, later: int, *, after: str = ""
) -> Differences:
    """What edition `later` has otherwise than edition `earlier`, by the list's own keys."""
    joined = _joined(source, earlier, later)
    word = joined.c.word
    counts = session.execute(sa.select(word, sa.func.count()).select_from(joined).group_by(word))
    page = session.execute(
        sa.select(joined)
        .where(joined.c.entry_id > after)
        .order_by(joined.c.entry_id)
        .limit(PAGE + 1)
    ).all()
    keys = [key for row in page[:PAGE] for key in (row.was, row.now) if key]
    wordings = {row.id: row for row in _wordings(session, keys)}
    rows = [
        _difference(row.word, wordings.get(row.was), wordings.get(row.now)) for row in page[:PAGE]
    ]
    return Differences(
        rows,
        {row[0]: row[1] for row in counts},
        page[PAGE - 1].entry_id if len(page) > PAGE else "",
    )


def _joined(source: str, earlier: int, later: int) -> sa.Subquery:
    """Entries by key with their wording in either edition, where the two are not the same row."""
    old, new = aliased(WatchlistEntry), aliased(WatchlistEntry)
    same = sa.and_(new.entry_id == old.entry_id, stood(new, source, later))
    gone = (
        sa.select(
            old.entry_id.label("entry_id"),
            sa.case((new.id.is_(None), "removed"), else_="changed").label("word"),
            old.id.label("was"),
            new.id.label("now"),
        )
        .outerjoin(new, same)
        .where(stood(old, source, earlier), sa.or_(new.id.is_(None), new.id != old.id))
        .where(sa.or_(new.id.is_(None), new.content_sha256 != old.content_sha256))
    )
    before = sa.exists().where(old.entry_id == new.entry_id, stood(old, source, earlier))
    come = sa.select(new.entry_id, sa.literal("added"), sa.null().cast(sa.Uuid()), new.id).where(
        stood(new, source, later), ~before
    )
    return sa.union_all(gone, come).subquery("difference")


def stood(entry: type[WatchlistEntry], source: str, number: int) -> sa.ColumnElement[bool]:
    """Whether a wording belongs to that edition of the list."""
    return sa.and_(
        entry.source == source,
        entry.first <= number,
        sa.or_(entry.ended.is_(None), entry.ended > number),
    )


def _difference(word: str, was: WatchlistEntry | None, now: WatchlistEntry | None) -> Difference:
    shown = now or was
    if shown is None:  # the page was read in one transaction, so one of the two is there
        raise LookupError(word)
    found = changes(_told(was), _told(now)) if was and now else []
    return Difference(shown.entry_id, word, shown.caption, tuple(found))


def _told(entry: WatchlistEntry) -> dict[str, Any]:
    return {**entry.content, "kind": entry.kind, "countries": entry.countries}


def _wordings(session: Session, keys: Sequence[uuid.UUID]) -> sa.ScalarResult[WatchlistEntry]:
    return session.scalars(sa.select(WatchlistEntry).where(WatchlistEntry.id.in_(keys)))


def _rejects(edition_id: uuid.UUID) -> sa.Select[WatchlistReject]:
    return (
        sa.select(WatchlistReject)
        .where(WatchlistReject.edition_id == edition_id)
        .order_by(WatchlistReject.file, WatchlistReject.row, WatchlistReject.id)
    )


def _newest() -> sa.Select[int]:
    return sa.select(sa.func.max(WatchlistEdition.number).label("number")).where(
        WatchlistEdition.state == "complete"
    )
