"""One name against 137,000 names on lists: median and 95th percentile, end to end.

    DOCKET_TEST_POSTGRES=postgresql+psycopg://… python benchmarks/screening_query.py [LISTS]

LISTS is a folder with the BIS Entity List as CSV and the list of the United Nations as XML; the
rest of the names are made up of the words of those. Wanted: a median under 50 milliseconds, and at
least 10 times as many names a second as a loop that judges every entry, which is given all names
in memory with their forms made before.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from sqlalchemy.orm import Session

from benchmarks._published import published
from casework.screening.actions.watchlists import Order, import_edition
from casework.screening.matching.subjects import ListedName, Party, judge
from casework.screening.matching.words import Weights
from casework.screening.queries.candidates import Query, match
from casework.screening.watchlists.reading import ListFile
from models import GramCount, WatchlistEntry, WatchlistName
from models.engine import open_engine
from tests.databases import databases
from views.schema import alembic_config

NAMES, QUERIES, SEED, SLIPS = 137_000, 300, 20261124, 0.1
WANTED = 50  # milliseconds
EVERY, WANTED_RATIO = 3, 10  # queries put to every entry; times as fast as that
AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
LISTS = {"bis-entity-list": "bis-entity-list-*.csv", "un-consolidated": "un-consolidated-*.xml"}


def fill(engine: sa.Engine, folder: Path, chance: random.Random) -> list[tuple[str, str]]:
    """Bring the lists into force and made-up names after them; names with their kinds."""

    @contextmanager
    def transaction() -> Iterator[Session]:
        with Session(engine) as session, session.begin():
            yield session

    def bring(source: str, file: ListFile) -> None:
        order = Order(source=source, files=[file])
        import_edition(transaction, order, at=AT, on=AT.date(), progress=lambda _: None)

    for source, pattern in LISTS.items():
        (path,) = folder.glob(pattern)
        bring(source, ListFile(path.name, BytesIO(path.read_bytes())))
    with Session(engine) as session:
        columns = sa.select(WatchlistName.text, WatchlistEntry.kind).join(WatchlistEntry)
        real = [(text, kind) for text, kind in session.execute(columns.order_by(WatchlistName.id))]
    bring("ftm", ListFile("made_up.json", BytesIO(made_up(real, NAMES - len(real), chance))))
    return real


def made_up(real: list[tuple[str, str]], count: int, chance: random.Random) -> bytes:
    """As many new names as wanted, of the words and lengths of the real ones, as JSON lines."""
    words = {kind: [w for t, k in real for w in t.split() if k == kind] for _, kind in real}
    lines = []
    for number in range(count):
        text, kind = chance.choice(real)
        name = " ".join(chance.choice(words[kind]) for _ in range(max(2, len(text.split()))))
        schema = "Person" if kind == "person" else "Company"
        row = {"id": f"made-{number}", "schema": schema, "properties": {"name": [name]}}
        lines.append(json.dumps(row, ensure_ascii=False))
    return "\n".join(lines).encode()


def misspelled(name: str, chance: random.Random) -> str:
    letters = list(name)
    for place in range(len(letters) - 1):
        if chance.random() < SLIPS / 2:
            letters[place], letters[place + 1] = letters[place + 1], letters[place]
    return "".join(letters)


def against_every(
    session: Session, asked: Sequence[tuple[str, str]], chance: random.Random
) -> float:
    """Milliseconds of one query, by median, that is judged against every entry in force."""
    names: dict[uuid.UUID, list[ListedName]] = {}
    columns = (
        WatchlistName.text,
        WatchlistName.quality,
        WatchlistName.form,
        WatchlistName.legal_form,
    )
    for key, *name in session.execute(sa.select(WatchlistName.entry_pk, *columns)):
        names.setdefault(key, []).append(ListedName(*name))
    rows = session.execute(sa.select(WatchlistEntry.id, WatchlistEntry.kind)).all()
    parties = [Party(kind=kind, names=tuple(names[key])) for key, kind in rows]
    counted = session.execute(
        sa.select(GramCount.gram, GramCount.count).where(GramCount.gram.startswith("="))
    )
    weights = Weights({gram[1:]: count for gram, count in counted}, NAMES)
    took = []
    for name, kind in asked[:EVERY]:
        query = Query(name=misspelled(name, chance), kind="person" if kind == "person" else "")
        start = time.perf_counter()
        for party in parties:
            judge(query, party, weights)
        took.append((time.perf_counter() - start) * 1000)
    return statistics.median(took)


def measure(engine: sa.Engine, real: list[tuple[str, str]], chance: random.Random) -> str:
    asked = [chance.choice(real) for _ in range(QUERIES)]
    took, first = [], 0
    with Session(engine) as session:
        match(session, Query(name="warm"))
        for name, kind in asked:
            query = Query(name=misspelled(name, chance), kind="person" if kind == "person" else "")
            start = time.perf_counter()
            found = match(session, query)
            took.append((time.perf_counter() - start) * 1000)
            first += any(name in {row.text for row in each.entry.names} for each in found[:10])
            session.expunge_all()
        every = against_every(session, asked, chance)
    p50, p95 = statistics.median(took), statistics.quantiles(took, n=20)[-1]
    ratio = every / p50
    return (
        f"every entry judged {every:,.0f} ms, ratio {ratio:.0f} (wanted {WANTED_RATIO})  "
        f"p50 {p50:.1f} ms  p95 {p95:.1f} ms  (wanted p50 under {WANTED}, ratio "
        f"{p50 / WANTED:.2f})  misspelled name among the first ten: {first / QUERIES:.3f}"
    )


def main(folder: Path) -> None:
    kinds = ["sqlite", "postgresql"] if os.environ.get("DOCKET_TEST_POSTGRES") else ["sqlite"]
    for kind in kinds:
        chance = random.Random(SEED)  # noqa: S311 (a repeatable draw, no secret)
        with tempfile.TemporaryDirectory() as temporary, databases(kind, Path(temporary)) as made:
            url = made.empty(f"screening_{uuid.uuid4().hex[:8]}")
            command.upgrade(alembic_config(url), "head")
            engine = open_engine(url)
            start = time.perf_counter()
            real = fill(engine, folder, chance)
            built = time.perf_counter() - start
            print(f"{kind}: {NAMES:,} names imported in {built:.0f} s")
            print(f"{kind}: {measure(engine, real, chance)}")
            engine.dispose()
            made.drop(url)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else published("lists"))
