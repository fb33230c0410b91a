"""Put a staged edition into the tables, in batches; the entries it ends stay as history."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.screening.watchlists.staging import Staged
from models import GramCount, NameGram, WatchlistEntry, WatchlistName, WatchlistReject

BATCH = 2000  # entries
KEYS = 500  # keys in one statement
CACHE, USUAL_CACHE = 131_072, 2000  # KiB of pages that SQLite keeps in memory
_NAME_COLUMNS = ("id", "entry_pk", "text", "quality", "form", "legal_form", "grams")
_Item = TypeVar("_Item")


def lock_imports(session: Session) -> None:
    """Let one import at a time write; on SQLite every writing transaction is alone already, and
    is given memory for the index of grams, whose pages would else go to disk over and over.
    """
    if _on_postgresql(session):
        session.execute(sa.text("LOCK TABLE watchlist_edition IN SHARE ROW EXCLUSIVE MODE"))
    else:
        session.execute(sa.text(f"PRAGMA cache_size = -{CACHE}"))


def end_entries(session: Session, source: str, keys: Sequence[str], number: int) -> None:
    """End standing entries with an edition. Their names leave the index of names in force."""
    for some in _batches(keys, KEYS):
        session.execute(
            sa.update(WatchlistEntry)
            .where(
                WatchlistEntry.source == source,
                WatchlistEntry.ended.is_(None),
                WatchlistEntry.entry_id.in_(some),
            )
            .values(ended=number)
            .execution_options(synchronize_session=False)
        )
    ended = (
        sa.select(WatchlistName.id)
        .join(WatchlistEntry, WatchlistEntry.id == WatchlistName.entry_pk)
        .where(WatchlistEntry.source == source, WatchlistEntry.ended == number)
    )
    session.execute(
        sa.delete(NameGram)
        .where(NameGram.name_id.in_(ended))
        .execution_options(synchronize_session=False)
    )


def store_entries(session: Session, staged: Staged, number: int) -> None:
    """Store every new wording with its names and their grams."""
    following = (session.scalar(sa.select(sa.func.max(WatchlistName.id))) or 0) + 1
    for some in _batches(staged.fresh(), BATCH):
        entries, names, postings = _rows(some, staged.source, number, following)
        following += len(names)
        session.execute(sa.insert(WatchlistEntry.__table__), entries)  # type: ignore[arg-type]
        if names:
            _store_names(session, names)
            _store_grams(session, postings)
    if _on_postgresql(session):  # numbers were given here, so the sequence must follow
        session.execute(
            sa.text("SELECT setval(pg_get_serial_sequence('watchlist_name', 'id'), :id, false)"),
            {"id": following},
        )


def store_rejects(session: Session, staged: Staged, edition_id: uuid.UUID) -> None:
    for some in _batches(staged.rejects, BATCH):
        session.execute(
            sa.insert(WatchlistReject),
            [
                {
                    "edition_id": edition_id,
                    "file": reject.file,
                    "row": reject.row,
                    "reason": reject.reason,
                    "raw": reject.raw,
                }
                for reject in some
            ],
        )


def count_grams(session: Session) -> None:
    """Count anew how many names in force hold each gram."""
    session.execute(sa.delete(GramCount).execution_options(synchronize_session=False))
    counted = sa.select(NameGram.gram, sa.func.count()).group_by(NameGram.gram)
    session.execute(sa.insert(GramCount).from_select(["gram", "count"], counted))
    if _on_postgresql(session):  # else the planner knows nothing of the new rows for a while
        session.execute(sa.text("ANALYZE watchlist_entry, watchlist_name, name_gram, gram_count"))
    else:
        session.execute(sa.text(f"PRAGMA cache_size = -{USUAL_CACHE}"))


_Rows = list[dict[str, Any]]
_Postings = list[tuple[str, int]]


def _rows(
    some: list[dict[str, Any]], source: str, number: int, following: int
) -> tuple[_Rows, _Rows, _Postings]:
    """Rows of entries and names, and pairs of gram and name, numbered from `following`."""
    entries: _Rows = []
    names: _Rows = []
    postings: _Postings = []
    for row in some:
        key = uuid.uuid4()
        for name in row.pop("names"):
            name_id, found = following + len(names), name["grams"]
            postings.extend((gram, name_id) for gram in found)
            names.append(name | {"id": name_id, "entry_pk": key, "grams": len(found)})
        entries.append(row | {"id": key, "source": source, "first": number})
    return entries, names, postings


def _store_grams(session: Session, postings: _Postings) -> None:
    postings.sort()  # neighbours in the index are written together
    if _on_postgresql(session):
        _copy(session, "COPY name_gram (gram, name_id) FROM STDIN", postings)
        return
    session.connection().exec_driver_sql(
        "INSERT INTO name_gram (gram, name_id) VALUES (?, ?)", postings
    )


def _store_names(session: Session, names: _Rows) -> None:
    if _on_postgresql(session):
        command = f"COPY watchlist_name ({', '.join(_NAME_COLUMNS)}) FROM STDIN"
        _copy(session, command, ([row[name] for name in _NAME_COLUMNS] for row in names))
        return
    session.execute(sa.insert(WatchlistName.__table__), names)  # type: ignore[arg-type]


def _copy(session: Session, command: str, rows: Iterable[Sequence[Any]]) -> None:
    """Stream rows into PostgreSQL in the transaction of the session."""
    driver: Any = session.connection().connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(command) as copy:
        for row in rows:
            copy.write_row(row)


def _on_postgresql(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"


def _batches(rows: Iterable[_Item], size: int) -> Iterator[list[_Item]]:
    left = iter(rows)
    while some := list(islice(left, size)):
        yield some
