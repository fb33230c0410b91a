"""Seal what lay before a decider: canonical JSON (RFC 8785) under a SHA-256. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

import rfc8785

FORMAT = "extraction-docket/determination-record/1"


def digest(content: Mapping[str, Any]) -> str:
    """SHA-256 in hex of the canonical JSON; the same content in any order has the same one."""
    return hashlib.sha256(rfc8785.dumps(dict(content))).hexdigest()


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
) -> dict[str, Any]:
    """What a decision on a recommendation binds to. Considerations are item, applies, text;
    `entity` and `supersedes` are ids in text form or empty.
    """
    return {
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
