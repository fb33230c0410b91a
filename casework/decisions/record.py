"""Seal what lay before a decider: canonical JSON (RFC 8785) under a SHA-256. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import rfc8785

FORMAT = "extraction-docket/decision-record/2"
WASHINGTON = ZoneInfo("America/New_York")


def digest(content: Mapping[str, Any]) -> str:
    """SHA-256 in hex of the canonical JSON; the same content in any order has the same one."""
    return hashlib.sha256(rfc8785.dumps(dict(content))).hexdigest()


def washington_day(at: datetime) -> date:
    """The day in Washington, in which legal dates are counted, of an aware moment."""
    return at.astimezone(WASHINGTON).date()


def recommendation_content(
    *,
    case: str,
    text_version: str,
    measure: str,
    entity: str,
    taken: bool,
    reasons: str,
    considerations: Iterable[tuple[str, str, str]],
    supersedes: str,
    particulars: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """What a decision on a recommendation binds to. Considerations are item, applies, text;
    `entity` and `supersedes` are ids in text form or empty. Without particulars the content is
    what it was before there were any, so that older hashes hold.
    """
    content = {
        "case": case,
        "text_version": text_version,
        "measure": measure,
        "entity": entity,
        "taken": taken,
        "reasons": reasons,
        "considerations": [
            {"item": item, "applies": applies, "text": text}
            for item, applies, text in considerations
        ],
        "supersedes": supersedes,
    }
    return content | {"particulars": dict(particulars)} if particulars else content
