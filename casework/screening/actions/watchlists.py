"""Bring an edition of a list into force: whole or not at all, with its audit entry."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from casework import audit, queue
from casework.errors import InvalidValue, StaleVersion
from casework.screening.actions import watchlist_rows as tables
from casework.screening.actions.rescreening import ask_for_rescreening
from casework.screening.queries import watchlists as queries
from casework.screening.watchlists.entry import ListRefused
from casework.screening.watchlists.reading import ListFile
from casework.screening.watchlists.sources import LISTS, own_date, parts_missing
from casework.screening.watchlists.staging import (
    Progress,
    Staged,
    edition_hash,
    file_facts,
    stage,
)
from models import Job, Officer, WatchlistEdition

MOST_BYTES = 512 * 1024 * 1024  # of all files of one edition together
Transaction = Callable[[], AbstractContextManager[Session]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """Files that are one edition of the list `source`; `dated_on` is the edition's own date
    where whoever hands it in knows it, `by` the officer's key or None for the command line.
    """

    source: str
    files: Sequence[ListFile]
    dated_on: date | None = None
    by: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """How an import ended. `repeated`: the bytes were imported before, nothing was changed.
    `missing` names companion files that were not handed in.
    """

    edition_id: uuid.UUID
    source: str
    number: int
    label: str
    entries: int
    names: int
    repeated: bool
    missing: tuple[str, ...] = ()


def import_edition(
    transaction: Transaction, order: Order, *, at: datetime, on: date, progress: Progress
) -> Imported:
    """Import an edition. Only the last step writes, in one transaction: if anything fails the
    edition before stays in force. Nobody waits while the files are read.

    ListRefused for files that are not the list or too damaged; StaleVersion when another import
    of the list ended meanwhile.
    """
    _refuse_order(order)
    sha256 = edition_hash([file_facts(file) for file in order.files])
    with transaction() as session:
        known = queries.edition_of(session, order.source, sha256)
        if known is not None:
            return _told(known, repeated=True)
        base = queries.newest_number(session, order.source)
        standing = queries.standing_hashes(session, order.source)
    missing = tuple(parts_missing(order.source, order.files))
    with closing(stage(order.source, order.files, standing, progress)) as staged:
        changes = staged.added + staged.changed + staged.removed
        progress(f"{staged.entries} entries read, {changes} differ from before; storing them")
        with transaction() as session:
            edition = _store(session, staged, order, base=base, at=at, on=on)
            told = _told(edition, missing=missing)
            _note(session, edition, order, missing, at=at)
            ask_for_rescreening(session, by=None, at=at)
    progress(f"Edition {told.number} is in force")
    return told


def order_import(
    session: Session,
    source: str,
    files: Sequence[dict[str, str]],
    *,
    dated_on: date | None,
    by: Officer,
    at: datetime,
    on: date,
) -> Job:
    """Have a worker import files that lie in the blob store (name, key, context of each).

    InvalidValue for a list that is not known.
    """
    if source not in LISTS:
        raise InvalidValue("Choose one of the lists.", "source")
    payload: dict[str, Any] = {
        "source": source,
        "files": list(files),
        "dated_on": dated_on.isoformat() if dated_on else "",
        "on": on.isoformat(),
        "by": str(by.id),
    }
    job = queue.enqueue(session, queries.IMPORT, payload, by=by, at=at)
    names = [file["name"] for file in files]
    audit.record(session, by, "watchlist.hand_in", f"watchlist:{source}", at=at, files=names)
    return job


def note_failure(session: Session, source: str, reason: str, *, at: datetime) -> None:
    """Keep in the audit log that an import was given up; the edition before stays in force."""
    audit.record(
        session, None, "watchlist.import_failed", f"watchlist:{source}", at=at, reason=reason
    )


def _refuse_order(order: Order) -> None:
    if order.source not in LISTS:
        raise ListRefused(f"{order.source}: lists are {', '.join(LISTS)}.")
    if not order.files:
        raise ListRefused("Name at least one file.")
    listed = LISTS[order.source]
    if len(order.files) > 1 and not listed.several:
        raise ListRefused(f"{order.files[1].name}: an edition is {listed.files}, one file alone.")


def _store(
    session: Session, staged: Staged, order: Order, *, base: int, at: datetime, on: date
) -> WatchlistEdition:
    tables.lock_imports(session)
    if queries.newest_number(session, staged.source) != base:
        raise StaleVersion("Another import of this list ended meanwhile. Import again.")
    edition = _edition(staged, order, number=base + 1, at=at, on=on)
    session.add(edition)
    session.flush()
    tables.end_entries(session, staged.source, staged.gone, edition.number)
    tables.store_entries(session, staged, edition.number)
    tables.store_rejects(session, staged, edition.id)
    tables.count_grams(session)
    return edition


def _edition(
    staged: Staged, order: Order, *, number: int, at: datetime, on: date
) -> WatchlistEdition:
    dated = order.dated_on or _day(own_date(staged.source, order.files))
    return WatchlistEdition(
        source=staged.source,
        number=number,
        label=(dated or on).isoformat(),
        dated_on=dated,
        sha256=staged.sha256,
        files=staged.files,
        state="complete",
        entries=staged.entries,
        names=staged.names,
        rejected=len(staged.rejects),
        added=staged.added,
        changed=staged.changed,
        removed=staged.removed,
        imported_by_id=order.by,
        imported_at=at,
    )


def _note(
    session: Session,
    edition: WatchlistEdition,
    order: Order,
    missing: Sequence[str],
    *,
    at: datetime,
) -> None:
    by = session.get(Officer, order.by) if order.by else None
    audit.record(
        session,
        by,
        "watchlist.import",
        f"watchlist:{edition.source}/{edition.number}",
        at=at,
        sha256=edition.sha256,
        entries=edition.entries,
        rejected=edition.rejected,
        changes={
            "added": edition.added,
            "changed": edition.changed,
            "removed": edition.removed,
        },
        missing=list(missing),
    )


def _told(
    edition: WatchlistEdition, *, repeated: bool = False, missing: tuple[str, ...] = ()
) -> Imported:
    return Imported(
        edition.id,
        edition.source,
        edition.number,
        edition.label,
        edition.entries,
        edition.names,
        repeated,
        missing,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
