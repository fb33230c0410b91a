"""The one blueprint to which all pages about entities belong, and the words they share."""

from __future__ import annotations

from types import SimpleNamespace

from flask import Blueprint

from casework.screening.facts import KIND_TITLES, NAME_TITLES, RELATION_VERBS, TIE_TITLES
from casework.screening.identifiers import IDENTIFIER_TITLES, fault
from casework.screening.names import lookalike_words, script_words
from casework.screening.picture_parts import share_text
from models import Source

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
