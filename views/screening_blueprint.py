"""The one blueprint to which all pages about lists of others and screening belong."""

from __future__ import annotations

from types import SimpleNamespace

from flask import Blueprint

from casework.screening import judging
from casework.screening.facts import KIND_TITLES
from casework.screening.identifiers import IDENTIFIER_TITLES
from casework.screening.watchlists.sources import LISTS

screening = Blueprint("screening", __name__, url_prefix="/screening")

LIST_KINDS = {
    "organization": "Organization",
    "person": "Person",
    "vessel": "Vessel",
    "aircraft": "Aircraft",
    "other": "Kind not stated",
}
QUALITIES = {
    "primary": "Name of the entry",
    "strong": "Alias",
    "weak": "Weak alias",
    "former": "Former name",
}

TERMS = SimpleNamespace(
    lists={code: row.title for code, row in LISTS.items()},
    kinds=LIST_KINDS,
    entity_kinds=KIND_TITLES,
    qualities=QUALITIES,
    identifiers=IDENTIFIER_TITLES,
    score_words=judging.score_words,
    shown_score=judging.shown_score,
    speaking=judging.speaking,
    states=judging.STATE_TITLES,
    verdicts=judging.VERDICT_TITLES,
)


@screening.context_processor
def terms() -> dict[str, object]:
    return {"terms": TERMS}
