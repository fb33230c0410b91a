"""The sources that a form about an entity offers, and the one that was chosen."""

from __future__ import annotations

from casework.errors import InvalidValue
from casework.screening.facts import SourceFact
from casework.screening.queries import entities as queries
from models import Entity, Source
from views.assembly import words_of
from views.entities_blueprint import title_of
from views.forms.entity_source import Sourced, SourceForm
from views.transaction import db


def offer_sources(form: SourceForm, entity: Entity | None = None) -> None:
    """Put the sources of the entity, if any, and the words for a basis into the form."""
    known = queries.sources_of(db, entity) if entity else ()
    form.offer({str(row.id): title_of(row) for row in known}, words_of("basis"))


def chosen_source(answer: Sourced, entity: Entity) -> SourceFact | Source:
    """Return the source on record that was chosen, or the new one that was described."""
    if isinstance(answer.source, SourceFact):
        return answer.source
    for row in queries.sources_of(db, entity):
        if row.id == answer.source:
            return row
    raise InvalidValue("Choose one of the sources of this entity.", "source")
