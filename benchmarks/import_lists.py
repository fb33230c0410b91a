"""How fast an edition of 50,000 entries is imported, beside a bare `executemany` of the same rows.

The entries are those of the published lists, repeated under other keys and with a word of their
own in each name, until there are enough. The bare writing takes the rows that the import left in
its tables and puts them into tables of the same shape and indexes: what the import takes beyond
it is reading, comparing, and breaking names up. Run: `python benchmarks/import_lists.py [URL]`,
the URL of an empty PostgreSQL database, or nothing for SQLite in a temporary folder.
"""

from __future__ import annotations

import io
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks._published import published  # noqa: E402
from casework.screening.actions.watchlists import Order, import_edition  # noqa: E402
from casework.screening.watchlists.entry import Entry  # noqa: E402
from casework.screening.watchlists.reading import ListFile  # noqa: E402
from casework.screening.watchlists.sources import LISTS  # noqa: E402
from models import (  # noqa: E402
    AuditHead,
    Base,
    GramCount,
    NameGram,
    WatchlistEntry,
    WatchlistName,
)
from models.engine import open_engine  # noqa: E402

WANTED = 50_000
WISH = 60.0
FILES = {
    "ofac-sdn": [f"ofac-2019-01/{name}.csv" for name in ("sdn", "alt", "add", "sdn_comments")],
    "bis-entity-list": ["bis-entity-list-2026-07.csl.csv"],
    "un-consolidated": ["un-consolidated-2026-02.xml"],
}
SCHEMAS = {"person": "Person", "organization": "Company", "vessel": "Vessel"}
TABLES = (WatchlistEntry, WatchlistName, NameGram, GramCount)
AT = datetime(2026, 11, 24, tzinfo=UTC)


def real_entries() -> list[Entry]:
    found: list[Entry] = []
    for source, names in FILES.items():
        files = [
            ListFile(name, io.BytesIO((published("lists") / name).read_bytes())) for name in names
        ]
        found += [row for row in LISTS[source].parse(files, source) if isinstance(row, Entry)]
    return found


def synthetic() -> bytes:
    """FollowTheMoney lines of WANTED entries."""
    entries, lines = real_entries(), []
    for number in range(WANTED):
        entry, turn = entries[number % len(entries)], number // len(entries)
        word = f" {chr(97 + turn)}{number % 977}" if turn else ""
        properties = {
            "name": [entry.caption + word],
            "alias": [name.text + word for name in entry.names[1:]],
            "country": list(entry.countries),
            "address": [address.text for address in entry.addresses],
            "notes": [entry.remarks] if entry.remarks else [],
        }
        schema = SCHEMAS.get(entry.kind, "LegalEntity")
        row = {"id": f"x{number}", "schema": schema, "properties": properties}
        lines.append(json.dumps(row, ensure_ascii=False))
    return "\n".join(lines).encode()


def transaction_on(engine: sa.Engine) -> Callable[[], object]:
    @contextmanager
    def transaction() -> Iterator[Session]:
        with Session(engine, expire_on_commit=False) as session, session.begin():
            yield session

    return transaction


def _apart(table: type, apart: sa.MetaData) -> sa.Table:
    """A copy of the table without foreign keys, every name of it its own."""
    copied = table.__table__.to_metadata(apart, name=f"bare_{table.__tablename__}")
    for constraint in [*copied.foreign_key_constraints]:
        copied.constraints.discard(constraint)
    for named in (*copied.constraints, *copied.indexes):
        named.name = f"bare_{named.name}"  # PostgreSQL keeps one name for each schema
    return copied


def bare_seconds(engine: sa.Engine) -> float:
    """Put the rows of every table into a copy of it with `executemany` alone."""
    apart, held = sa.MetaData(), {}
    for table in TABLES:
        copied = _apart(table, apart)
        with engine.connect() as connection:
            rows = connection.execute(sa.select(table.__table__)).mappings()
            held[copied] = [dict(row) for row in rows]
    for copied in held:
        copied.foreign_keys.clear()
        for column in copied.columns:
            column.foreign_keys.clear()
        copied.create(engine)
    began = time.perf_counter()
    with engine.begin() as connection:
        for copied, rows in held.items():
            connection.execute(sa.insert(copied), rows)
    took = time.perf_counter() - began
    with engine.begin() as connection:
        for copied in held:
            copied.drop(connection)
    return took


def run(url: str) -> None:
    engine = open_engine(url)
    Base.metadata.create_all(engine)
    with Session(engine) as session, session.begin():
        session.add(AuditHead(id=1, size=0, last_hash=bytes(32)))
    content = synthetic()
    print(f"{engine.dialect.name}: {WANTED:,} entries, {len(content) / 2**20:.0f} MB")
    seconds = {}
    for word, bytes_ in (("first edition", content), ("next, 1 % changed", changed(content))):
        order = Order(source="ftm", files=[ListFile("entities.jsonl", io.BytesIO(bytes_))])
        began = time.perf_counter()
        told = import_edition(
            transaction_on(engine), order, at=AT, on=AT.date(), progress=lambda words: None
        )
        seconds[word] = time.perf_counter() - began
        rate = told.entries / seconds[word]
        print(f"  {word}: {told.names:,} names, {seconds[word]:.1f} s, {rate:,.0f} entries/s")
    bare = bare_seconds(engine)
    ratio = seconds["first edition"] / bare
    print(f"  bare executemany of the same rows: {bare:.1f} s; ratio {ratio:.1f}")
    within = "within" if seconds["first edition"] < WISH else "ABOVE"
    print(f"  {within} the wish of {WISH:.0f} s")
    engine.dispose()


def changed(content: bytes) -> bytes:
    """The next edition: a hundredth of the entries has another note."""
    lines = content.split(b"\n")
    for place in range(0, len(lines), 100):
        row = json.loads(lines[place])
        row["properties"]["notes"] = ["Changed"]
        lines[place] = json.dumps(row, ensure_ascii=False).encode()
    return b"\n".join(lines)


def main() -> None:
    if len(sys.argv) > 1:
        run(sys.argv[1])
        return
    with tempfile.TemporaryDirectory() as folder:
        run(f"sqlite:///{folder}/lists.db")


if __name__ == "__main__":
    main()
