"""Record entities and facts about them. A fact is never rewritten: it is withdrawn with a reason
and another is added, each with its own source.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, TypedDict, TypeVar, Unpack

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework import audit
from casework.errors import InvalidValue, StaleVersion
from casework.screening.actions.rescreening import changed, fact_changed, key, together
from casework.screening.facts import (
    AddressFact,
    CountryFact,
    IdentifierFact,
    NameFact,
    RelationFact,
    SourceFact,
    check_kind,
)
from casework.screening.names import folded
from models import (
    Entity,
    EntityAddress,
    EntityCountry,
    EntityIdentifier,
    EntityName,
    Officer,
    Relation,
    Source,
)

Recorded = EntityName | EntityIdentifier | EntityAddress | EntityCountry | Relation
PREFIX = "entity_"
_Row = TypeVar("_Row", bound=Recorded)


class Entry(TypedDict):
    """What every added fact carries: where it was read, who records it, when."""

    source: SourceFact | Source
    by: Officer
    at: datetime


def create_entity(
    session: Session,
    *,
    kind: str,
    name: NameFact,
    countries: Sequence[CountryFact] = (),
    note: str = "",
    training: bool = False,
    **entry: Unpack[Entry],
) -> Entity:
    """Record an entity under its first name; name and countries cite the source."""
    check_kind(kind)
    name.check()
    by, at = entry["by"], entry["at"]
    entity = Entity(
        kind=kind,
        name=name.text,
        note=note,
        training=training,
        created_by_id=by.id,
        created_at=at,
        search_text="",
    )
    session.add(entity)
    entry["source"] = _source(session, entry["source"])
    session.flush()
    audit.record(session, by, "entity.create", key(entity), at=at, kind=kind, name=name.text)
    with together(session, by=by, at=at):
        add_name(session, entity, name, **entry)
        for country in countries:
            add_country(session, entity, country, **entry)
    return entity


def describe(
    session: Session,
    entity: Entity,
    *,
    kind: str,
    shown: EntityName,
    note: str,
    version: int,
    by: Officer,
    at: datetime,
) -> None:
    """Change the kind, the note, and which of the standing names is shown.

    Raises StaleVersion when somebody saved the entity after `version` was read.
    """
    check_kind(kind)
    _lock(session, entity)
    if entity.version != version:
        raise StaleVersion("Somebody saved this entity before you.")
    if shown.entity_id != entity.id or shown.withdrawn_at is not None:
        raise InvalidValue("Choose one of the names that stand.", "shown")
    entity.kind, entity.name, entity.note = kind, shown.text, note
    audit.record(
        session, by, "entity.describe", key(entity), at=at, kind=kind, name=shown.text, note=note
    )
    changed(session, entity, by=by, at=at)


def add_name(
    session: Session, entity: Entity, fact: NameFact, **entry: Unpack[Entry]
) -> EntityName:
    fact.check()
    _lock(session, entity)
    last = session.scalar(
        sa.select(sa.func.max(EntityName.position)).where(EntityName.entity_id == entity.id)
    )
    row = EntityName(
        entity=entity,
        position=0 if last is None else last + 1,
        text=fact.text,
        kind=fact.kind,
        language=fact.language,
        folded=folded(fact.text),
    )
    return _added(session, entity, row, entry, {"kind": fact.kind, "text": fact.text})


def add_identifier(
    session: Session, entity: Entity, fact: IdentifierFact, **entry: Unpack[Entry]
) -> EntityIdentifier:
    fact.check()
    _lock(session, entity)
    row = EntityIdentifier(entity=entity, **asdict(fact))
    return _added(session, entity, row, entry, asdict(fact))


def add_address(
    session: Session, entity: Entity, fact: AddressFact, **entry: Unpack[Entry]
) -> EntityAddress:
    fact.check()
    row = EntityAddress(entity=entity, **asdict(fact))
    return _added(session, entity, row, entry, asdict(fact))


def add_country(
    session: Session, entity: Entity, fact: CountryFact, **entry: Unpack[Entry]
) -> EntityCountry:
    fact.check()
    row = EntityCountry(entity=entity, **asdict(fact))
    return _added(session, entity, row, entry, asdict(fact))


def add_relation(
    session: Session, first: Entity, second: Entity, fact: RelationFact, **entry: Unpack[Entry]
) -> Relation:
    """Record how `first` stands to `second`: the first owns, controls, directs the second."""
    fact.check()
    if first.id == second.id:
        raise InvalidValue("A relation is between two entities.", "other")
    row = Relation(
        from_id=first.id,
        to_id=second.id,
        kind=fact.kind,
        percent_min=fact.low,
        percent_max=fact.high,
        starts_on=fact.starts_on,
        ends_on=fact.ends_on,
        note=fact.note,
    )
    share = [str(bound) for bound in (fact.low, fact.high) if bound is not None]
    told = {"kind": fact.kind, "to": key(second), "share": share}
    return _added(session, first, row, entry, told)


def withdraw(
    session: Session, entity: Entity, row: Recorded, *, reason: str, by: Officer, at: datetime
) -> None:
    """Mark a fact as no longer relied on; it stays on record with the reason.

    Raises StaleVersion if it is withdrawn already, InvalidValue for the last standing name.
    """
    if not reason.strip():
        raise InvalidValue("Say why this is withdrawn.", "reason")
    _lock(session, entity)
    session.refresh(row, with_for_update=True)
    if row.withdrawn_at is not None:
        raise StaleVersion("Somebody withdrew this before you.")
    row.withdrawn_at, row.withdrawn_reason = at, reason
    session.flush()
    if isinstance(row, EntityName):
        _show_standing_name(session, entity, row)
    _rebuild_search_text(session, entity)
    action = f"entity.withdraw_{row.__tablename__.removeprefix(PREFIX)}"
    audit.record(session, by, action, key(entity), at=at, fact=str(row.id), reason=reason)
    fact_changed(session, entity, row, by=by, at=at)


def _added(session: Session, entity: Entity, row: _Row, entry: Entry, told: dict[str, Any]) -> _Row:
    row.source = _source(session, entry["source"])
    session.add(row)
    session.flush()
    if isinstance(row, EntityName | EntityIdentifier):
        _rebuild_search_text(session, entity)
    told |= {"fact": str(row.id), "source": str(row.source_id)}
    action = f"entity.add_{row.__tablename__.removeprefix(PREFIX)}"
    audit.record(session, entry["by"], action, key(entity), at=entry["at"], **told)
    fact_changed(session, entity, row, by=entry["by"], at=entry["at"])
    return row


def _source(session: Session, given: SourceFact | Source) -> Source:
    if isinstance(given, Source):
        return given
    given.check()
    source = Source(**given.columns())
    session.add(source)
    return source


def _lock(session: Session, entity: Entity) -> None:
    """Wait for others who change this entity, and read what they left."""
    session.refresh(entity, with_for_update=True)


def _show_standing_name(session: Session, entity: Entity, gone: EntityName) -> None:
    names = sa.select(EntityName.text).where(_stands(EntityName, entity))
    standing = session.scalars(names.order_by(EntityName.position)).first()
    if standing is None:
        raise InvalidValue("An entity keeps at least one name: add the right one first.", "reason")
    if entity.name == gone.text:
        entity.name = standing


def _stands(kind: type[EntityName | EntityIdentifier], entity: Entity) -> sa.ColumnElement[bool]:
    return sa.and_(kind.entity_id == entity.id, kind.withdrawn_at.is_(None))


def _rebuild_search_text(session: Session, entity: Entity) -> None:
    names = session.scalars(sa.select(EntityName.folded).where(_stands(EntityName, entity)))
    numbers = sa.select(EntityIdentifier.value).where(_stands(EntityIdentifier, entity))
    values = session.scalars(numbers)
    entity.search_text = "\n".join(sorted({*names, *map(folded, values)}))
