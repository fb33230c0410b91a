"""Record an entity from an entry of a list; every fact cites the edition that it was read in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from casework.errors import InvalidValue
from casework.screening.actions import entities
from casework.screening.actions.rescreening import together
from casework.screening.facts import SourceFact
from casework.screening.taken_over import taken_over
from casework.screening.watchlists.sources import LISTS
from models import Entity, Officer, WatchlistEdition, WatchlistEntry

BASIS = "registry"  # the word of the vocabulary for an official register


def record_from_entry(
    session: Session,
    wording: WatchlistEntry,
    edition: WatchlistEdition,
    *,
    kind: str,
    by: Officer,
    at: datetime,
) -> Entity:
    """Record the party that the entry names. That it is the same is not judged by that: screening
    raises the entry like any other.
    """
    facts = taken_over(wording.source, wording.entry_id, wording.kind, wording.content)
    if not facts.names:
        raise InvalidValue("The entry gives no name. Record the entity by hand.", "kind")
    with together(session, by=by, at=at):
        entity = entities.create_entity(
            session,
            kind=kind,
            name=facts.names[0],
            countries=facts.countries,
            source=source_of(wording, edition),
            by=by,
            at=at,
        )
        source = entity.names[0].source
        for name in facts.names[1:]:
            entities.add_name(session, entity, name, source=source, by=by, at=at)
        for identifier in facts.identifiers:
            entities.add_identifier(session, entity, identifier, source=source, by=by, at=at)
        for address in facts.addresses:
            entities.add_address(session, entity, address, source=source, by=by, at=at)
    return entity


def source_of(wording: WatchlistEntry, edition: WatchlistEdition) -> SourceFact:
    """The entry in that edition, as a source is cited."""
    listed = LISTS[wording.source]
    return SourceFact(
        title=f"{listed.title}, edition of {edition.label}",
        basis=BASIS,
        publisher=listed.publisher,
        published_on=edition.dated_on,
        note=f"Entry {wording.entry_id}",
    )
