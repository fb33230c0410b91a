"""Editions and entries of lists for tests, and a matcher that finds what the test says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import ScreeningHit, WatchlistEdition, WatchlistEntry
from tests.factories import AT

SDN, UN = "ofac-sdn", "un-consolidated"
CONTENT = {
    "names": [
        {"text": "ORCHID COMPUTE LIMITED", "quality": "primary"},
        {"text": "兰花计算有限公司", "quality": "strong"},
        {"text": "OCL", "quality": "weak"},
    ],
    "addresses": [
        {"text": "1 Harbour Road", "country": "SG"},
        {"text": "Zone 7", "place": "Region: Somewhere"},
    ],
    "identifiers": [
        {"kind": "registration", "value": "R-77", "country": "SG", "label": "Reg. No."}
    ],
    "programs": ["DPRK2"],
    "dates": [{"kind": "listed", "text": "2020-03-02"}],
    "remarks": "Linked To: SOMEBODY.",
    "relations": [{"kind": "owns", "other": "ELSEWHERE LTD"}],
    "other": {"license_policy": "Denial", "sources": ["one", "two"]},
}


def make_edition(db: Session, source: str = SDN, number: int = 1) -> WatchlistEdition:
    edition = WatchlistEdition(
        source=source,
        number=number,
        label=f"2026-10-0{number}",
        dated_on=date(2026, 10, number),
        sha256=hashlib.sha256(f"{source}{number}".encode()).hexdigest(),
        files=[],
        state="complete",
        imported_at=AT,
    )
    db.add(edition)
    db.flush()
    return edition


def make_entry(
    db: Session,
    entry_id: str = "7",
    *,
    source: str = SDN,
    first: int = 1,
    content: dict[str, Any] | None = None,
    kind: str = "organization",
) -> WatchlistEntry:
    """A wording in force; an earlier one of the same entry ends where this one begins."""
    told = content or CONTENT
    db.execute(
        sa.update(WatchlistEntry)
        .where(
            WatchlistEntry.source == source,
            WatchlistEntry.entry_id == entry_id,
            WatchlistEntry.ended.is_(None),
        )
        .values(ended=first)
    )
    row = WatchlistEntry(
        source=source,
        entry_id=entry_id,
        first=first,
        ended=None,
        kind=kind,
        caption=told["names"][0]["text"],
        countries=["SG"],
        content=told,
        content_sha256=hashlib.sha256(json.dumps(told).encode()).hexdigest(),
    )
    db.add(row)
    db.flush()
    return row


def matcher(scores: dict[str, float], name: str = "ORCHID COMPUTE LIMITED") -> Callable[..., Any]:
    """Finds the entries (list/key) with those scores, whatever is asked."""

    def match(session: Session, query: Any, *, limit: int, threshold: float) -> list[Any]:
        return [
            SimpleNamespace(
                source=place.partition("/")[0],
                entry_id=place.partition("/")[2],
                matched_name=name,
                score=score,
            )
            for place, score in sorted(scores.items(), key=lambda pair: -pair[1])
            if score >= threshold
        ]

    return match


def hits(db: Session) -> list[ScreeningHit]:
    return list(db.scalars(sa.select(ScreeningHit).order_by(ScreeningHit.raised_at)))
