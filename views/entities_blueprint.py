"""The one blueprint to which all pages about entities belong, and the words they share."""

from __future__ import annotations

from types import SimpleNamespace

from flask import Blueprint

from casework.screening.facts import KIND_TITLES, NAME_TITLES, RELATION_VERBS, TIE_TITLES
from casework.screening.identifiers import IDENTIFIER_TITLES, fault
from casework.screening.names import lookalike_words, script_words
from casework.screening.picture_parts import share_text
from casework.screening.queries import entities as queries
from models import Entity, Source
from views.access import current_officer
from views.transaction import db

entities = Blueprint("entities", __name__, url_prefix="/entities")

HINTS = {
    "text": "As the source writes it, in its own script.",
    "language": "A language tag, such as zh-Hans, ru or fa.",
    "value": "As the source writes it.",
}


def title_of(source: Source) -> str:
    """Return title, publisher and year on one line."""
    year = str(source.published_on.year) if source.published_on else ""
    return ", ".join(part for part in (source.title, source.publisher, year) if part)


def others_named(entity: Entity, text: str) -> list[Entity]:
    """What a search for another entity finds, at most a page; nothing for an empty text."""
    if not text.strip():
        return []
    found = queries.search(db, current_officer, text, limit=queries.PAGE)
    return [other for other in found if other.id != entity.id]


WORDS = SimpleNamespace(
    kinds=KIND_TITLES,
    name_kinds=NAME_TITLES,
    ties=TIE_TITLES,
    identifier_kinds=IDENTIFIER_TITLES,
    verbs=RELATION_VERBS,
    share=share_text,
    scripts=script_words,
    lookalikes=lookalike_words,
    fault=fault,
    source=title_of,
)


@entities.context_processor
def words() -> dict[str, object]:
    return {"words": WORDS, "hints": HINTS}
