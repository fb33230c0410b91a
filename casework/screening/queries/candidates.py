"""Entries in force that a name may stand for: found by the rarest pieces of the name, then judged.

The same statements run on SQLite and PostgreSQL.
"""

from __future__ import annotations

import math
import re
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.screening.matching.explain import AGAINST, Reason, reasons
from casework.screening.matching.forms import PERSON, Form, forms
from casework.screening.matching.grams import EVERY, grams
from casework.screening.matching.qualifiers import Facts
from casework.screening.matching.subjects import (
    ORGANIZATION,
    OTHER,
    REVIEW,
    ListedName,
    Party,
    Query,
    judge,
)
from casework.screening.matching.words import Weights
from models import GramCount, NameGram, WatchlistEntry, WatchlistName

__all__ = ["THRESHOLD", "Match", "Query", "match", "plain_reasons"]

THRESHOLD = (
    REVIEW - 0.05
)  # a contradiction may cost a sure name its place: it is shown all the same
LIMIT = 10
RAREST, ALWAYS, MOST_NAMES = 14, 2, 4000  # pieces searched; of them however common; else at most
POOL = 600  # names that share most, among which their length decides
NAMES, ENTRIES = 50, 25
SCANNED = 500  # names read where no piece is known
_YEAR = re.compile(r"(?<!\d)(?:18|19|20)\d\d(?!\d)")
_BATCH = 500  # parameters of one statement


@dataclass(frozen=True, slots=True)
class Match:
    """An entry of a list: `name` is its primary name, `matched_name` the one that fits best, the
    score 0..1. `entry` is the wording in force.
    """

    source: str
    entry_id: str
    name: str
    matched_name: str
    score: float
    reasons: tuple[Reason, ...]
    entry: WatchlistEntry


def match(
    session: Session, query: Query, *, limit: int = LIMIT, threshold: float = THRESHOLD
) -> list[Match]:
    """Return the entries that score at least `threshold`, best first, at most `limit`."""
    asked = _asked(query)
    if not any(form.text for form in asked):
        return []
    entries = _entries(session, query, asked)
    names = _names(session, entries)
    weights = _weights(session, asked, names)
    found = []
    for entry in entries:
        party = Party(kind=entry.kind, names=tuple(names[entry.id]), facts=_facts(entry))
        verdict = judge(query, party, weights)
        if verdict and verdict.score >= threshold:
            found.append((entry, verdict))
    found.sort(key=lambda row: (-row[1].score, row[0].caption, row[0].source, row[0].entry_id))
    return [
        Match(
            entry.source,
            entry.entry_id,
            entry.caption,
            verdict.name.text,
            verdict.score,
            reasons(verdict, entry.kind),
            entry,
        )
        for entry, verdict in found[:limit]
    ]


def plain_reasons(match: Match) -> list[dict[str, Any]]:
    """Return the reasons as JSON: each sentence, and whether it speaks against the match."""
    return [{"text": reason.text, "against": reason.speaks == AGAINST} for reason in match.reasons]


def _asked(query: Query) -> tuple[Form, ...]:
    kinds = (query.kind,) if query.kind else (ORGANIZATION, PERSON)
    found = {form.text: form for kind in kinds for form in forms(query.name, kind)}
    return tuple(found.values())


def _entries(session: Session, query: Query, asked: Sequence[Form]) -> list[WatchlistEntry]:
    """The entries of the names that share most with the query, at most ENTRIES."""
    pieces = _pieces(session, query, asked)
    statement = _by_pieces(pieces, query.kind) if pieces else _by_scan(asked, query.kind)
    keys = list(dict.fromkeys(session.scalars(statement)))[:ENTRIES]
    rows = {
        entry.id: entry
        for entry in session.scalars(sa.select(WatchlistEntry).where(WatchlistEntry.id.in_(keys)))
    }
    return [rows[key] for key in keys if key in rows]


def _pieces(session: Session, query: Query, asked: Sequence[Form]) -> dict[str, float]:
    """The rarest pieces of each form that the lists hold, with their inverse frequency."""
    by_form = [grams(form.text, query.name) - {EVERY} for form in asked]
    counts = _counts(session, set[str]().union(*by_form) | {EVERY})
    total = counts.get(EVERY, 1)
    found: dict[str, float] = {}
    for some in by_form:
        known = sorted((counts[piece], piece) for piece in some if piece in counts)
        for rank, (count, piece) in enumerate(known[:RAREST]):
            if rank < ALWAYS or count <= MOST_NAMES:
                found[piece] = math.log((total + 1) / count)
    return found


def _counts(session: Session, pieces: set[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    ordered = sorted(pieces)
    for start in range(0, len(ordered), _BATCH):
        some = ordered[start : start + _BATCH]
        rows = sa.select(GramCount.gram, GramCount.count).where(GramCount.gram.in_(some))
        found.update(session.execute(rows).all())
    return found


def _by_pieces(pieces: dict[str, float], kind: str) -> sa.Select[uuid.UUID]:
    """Keys of entries by the cosine of their names with the query, squared to need no root.

    The postings are summed before any name is read: a database that joins first reads them all.
    """
    worth = sa.func.sum(sa.cast(sa.case(pieces, value=NameGram.gram, else_=0.0), sa.Float))
    pool = (
        sa.select(NameGram.name_id, worth.label("shared"))
        .where(NameGram.gram.in_(list(pieces)))
        .group_by(NameGram.name_id)
        .order_by(worth.desc(), NameGram.name_id)
        .limit(POOL)
        .cte("pool")
    )
    alike = pool.c.shared * pool.c.shared / (len(pieces) + WatchlistName.grams)
    return (
        _in_force(sa.select(WatchlistName.entry_pk), kind)
        .join(pool, pool.c.name_id == WatchlistName.id)
        .order_by(
            alike.desc(),
            WatchlistName.form,
            WatchlistName.text,
            WatchlistEntry.source,
            WatchlistEntry.entry_id,
        )
        .limit(NAMES)
    )


def _by_scan(asked: Sequence[Form], kind: str) -> sa.Select[uuid.UUID]:
    """Keys of entries with a name that begins alike and is about as long."""
    near = [
        sa.and_(
            WatchlistName.form.startswith(form.text[0], autoescape=True),
            sa.func.length(WatchlistName.form).between(len(form.text) - 3, len(form.text) + 3),
        )
        for form in asked
        if form.text
    ]
    return (
        _in_force(sa.select(WatchlistName.entry_pk), kind)
        .where(sa.or_(*near))
        .order_by(WatchlistName.form, WatchlistName.text)
        .limit(SCANNED)
    )


def _in_force(rows: sa.Select[uuid.UUID], kind: str) -> sa.Select[uuid.UUID]:
    rows = rows.join(WatchlistEntry, WatchlistEntry.id == WatchlistName.entry_pk)
    rows = rows.where(WatchlistEntry.ended.is_(None))
    if kind == PERSON:
        return rows.where(WatchlistEntry.kind.in_([PERSON, OTHER]))
    return rows.where(WatchlistEntry.kind != PERSON) if kind else rows


def _names(
    session: Session, entries: Sequence[WatchlistEntry]
) -> dict[uuid.UUID, list[ListedName]]:
    found: dict[uuid.UUID, list[ListedName]] = {entry.id: [] for entry in entries}
    columns = (
        WatchlistName.entry_pk,
        WatchlistName.text,
        WatchlistName.quality,
        WatchlistName.form,
        WatchlistName.legal_form,
    )
    for key, *name in session.execute(sa.select(*columns).where(columns[0].in_(list(found)))):
        found[key].append(ListedName(*name))
    return found


def _weights(
    session: Session, asked: Sequence[Form], names: dict[uuid.UUID, list[ListedName]]
) -> Weights:
    texts = [form.text for form in asked]
    texts += [name.form for some in names.values() for name in some]
    words = {word for text in texts for word in text.split()}
    counts = _counts(session, {f"={word}" for word in words} | {EVERY})
    return Weights({gram[1:]: count for gram, count in counts.items()}, counts.get(EVERY, 0))


def _facts(entry: WatchlistEntry) -> Facts:
    content = entry.content
    identifiers = ((row["kind"], row["value"]) for row in content.get("identifiers", ()))
    return Facts(tuple(entry.countries), tuple(identifiers), tuple(_years(content)))


def _years(content: dict[str, Any]) -> Iterator[int]:
    for row in content.get("dates", ()):
        if row.get("kind") == "birth":
            yield from map(int, _YEAR.findall(row.get("text", "")))
