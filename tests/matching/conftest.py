from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.screening.matching.forms import forms
from casework.screening.matching.grams import grams
from models import GramCount, NameGram, WatchlistEntry, WatchlistName

Names = Sequence[tuple[str, str]]
AddEntry = Callable[..., WatchlistEntry]


@pytest.fixture
def add_entry(db: Session) -> AddEntry:
    """Put an entry in force: names as (text, quality), the first of them primary."""

    def add(entry_id: str, *names: tuple[str, str] | str, **facts: Any) -> WatchlistEntry:
        told = [(name, "strong") if isinstance(name, str) else name for name in names]
        told[0] = (told[0][0], "primary") if told[0][1] == "strong" else told[0]
        kind = facts.pop("kind", "organization")
        entry = WatchlistEntry(
            source=facts.pop("source", "csl"),
            entry_id=entry_id,
            first=1,
            ended=facts.pop("ended", None),
            kind=kind,
            caption=told[0][0],
            countries=facts.pop("countries", []),
            content=facts,
            content_sha256="0" * 64,
        )
        db.add(entry)
        db.flush()
        for text, quality in told:
            _add_forms(db, entry, text, quality)
        return entry

    return add


def _add_forms(db: Session, entry: WatchlistEntry, text: str, quality: str) -> None:
    for form in forms(text, entry.kind):
        pieces = grams(form.text, text)
        name = WatchlistName(
            entry_pk=entry.id,
            text=text,
            quality=quality,
            form=form.text,
            legal_form=form.legal_form,
            grams=len(pieces),
        )
        db.add(name)
        db.flush()
        db.add_all(NameGram(gram=piece, name_id=name.id) for piece in pieces)
        _count(db, pieces)


def _count(db: Session, pieces: frozenset[str]) -> None:
    rows = sa.select(GramCount).where(GramCount.gram.in_(pieces))
    known = {row.gram: row for row in db.scalars(rows)}
    for piece, more in Counter(pieces).items():
        if piece in known:
            known[piece].count += more
        else:
            db.add(GramCount(gram=piece, count=more))
    db.flush()
