"""What of the record goes into a file for others, and what a file of others would add to it.

Each function takes the select of entities that the reader may see and goes no further.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from casework.screening.facts import (
    AddressFact,
    CountryFact,
    Fact,
    IdentifierFact,
    NameFact,
    RelationFact,
)
from casework.screening.identifiers import IdentifierKind
from casework.screening.interchange.records import Document, Link, Party
from casework.screening.names import folded
from casework.screening.queries import merges
from casework.screening.queries.graphs import graph_of
from models import CaseSubject, Entity, EntityIdentifier, EntityName, Relation

# Numbers that one party alone has in the world.
STRONG = (IdentifierKind.LEI, IdentifierKind.USCC, IdentifierKind.OGRN, IdentifierKind.INN)
STEPS = 2  # relations away from the entity
Number = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Planned:
    """A party of a file. `entity` is the one on record with the same number, None for a new one;
    `adds` are the facts that are not on record; `alike` are entities of the same name.
    """

    party: Party
    entity: Entity | None
    adds: tuple[Fact, ...]
    alike: tuple[Entity, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be added. `known` are links that are on record as they stand; `conflicts` say
    in words why nothing can be recorded.
    """

    parties: tuple[Planned, ...]
    links: tuple[Link, ...]
    known: tuple[Link, ...]
    conflicts: tuple[str, ...]


def around(session: Session, entities: Sequence[Entity], within: sa.Select[Entity]) -> Document:
    """The entities and what stands around them, at most two relations away."""
    graph = graph_of(session, entities, depth=STEPS, within=within)
    ids = [entity.id for entity in graph.entities]
    links = [Link(str(row.from_id), str(row.to_id), _relation_fact(row)) for row in graph.relations]
    return Document(tuple(map(_party, _whole(session, ids))), tuple(links))


def subjects_of(session: Session, case_id: uuid.UUID, within: sa.Select[Entity]) -> list[Entity]:
    subjects = sa.select(CaseSubject.entity_id).where(CaseSubject.case_id == case_id)
    return list(session.scalars(within.where(Entity.id.in_(subjects)).order_by(Entity.name)))


def _whole(session: Session, ids: Sequence[uuid.UUID]) -> Sequence[Entity]:
    parts = (Entity.names, Entity.identifiers, Entity.addresses, Entity.countries)
    merged = selectinload(Entity.merged)
    return session.scalars(
        sa.select(Entity)
        .where(Entity.id.in_(ids))
        .options(*(selectinload(part) for part in parts))
        .options(*(merged.selectinload(part) for part in parts))
        .order_by(Entity.name, Entity.id)
    ).all()


def _party(entity: Entity) -> Party:
    """The facts of the entity and of what is merged into it, under the key of the entity."""
    parts = merges.whole(entity)
    names = [
        NameFact(row.text, row.kind, row.language)
        for part in parts
        for row in part.names
        if row.withdrawn_at is None
    ]
    names.sort(key=lambda name: name.text != entity.name)
    return Party(
        str(entity.id),
        entity.kind,
        tuple(names),
        tuple(
            IdentifierFact(row.kind, row.value, row.country)
            for part in parts
            for row in part.identifiers
            if row.withdrawn_at is None
        ),
        tuple(
            AddressFact(row.text, row.country)
            for part in parts
            for row in part.addresses
            if row.withdrawn_at is None
        ),
        tuple(
            CountryFact(row.country, row.tie)
            for part in parts
            for row in part.countries
            if row.withdrawn_at is None
        ),
    )


def _relation_fact(row: Relation) -> RelationFact:
    return RelationFact(
        row.kind, row.percent_min, row.percent_max, row.starts_on, row.ends_on, row.note
    )


def plan_for(
    session: Session, document: Document, within: sa.Select[Entity], *, training: bool
) -> Plan:
    """What recording the document would add. Training records are matched among themselves."""
    seen = within.where(Entity.training == training)
    holders = _holders(session, document.parties, seen)
    alike = _same_named(session, document.parties, seen)
    conflicts = [*_shared(document.parties)]
    planned = []
    for party in document.parties:
        found = {holder.id: holder for key in _numbers(party) for holder in holders[key]}
        if len(found) > 1:
            names = ", ".join(sorted(row.name for row in found.values()))
            conflicts.append(f"{party.names[0].text} has numbers of several entities: {names}")
        entity = next(iter(found.values()), None)
        others = () if entity else tuple(alike[folded(party.names[0].text)])
        planned.append(Planned(party, entity, _adds(party, entity), others))
    new, known = _links(session, document.links, planned)
    return Plan(tuple(planned), new, known, tuple(conflicts))


def _numbers(party: Party) -> set[Number]:
    return {(row.kind, folded(row.value)) for row in party.identifiers if row.kind in STRONG}


def _shared(parties: Iterable[Party]) -> Iterable[str]:
    holders: dict[Number, list[str]] = defaultdict(list)
    for party in parties:
        for number in _numbers(party):
            holders[number].append(party.names[0].text)
    for (_, value), names in holders.items():
        if len(names) > 1:
            yield f"{', '.join(names)} have one and the same number {value}"


def _holders(
    session: Session, parties: Iterable[Party], seen: sa.Select[Entity]
) -> dict[Number, list[Entity]]:
    wanted = {number for party in parties for number in _numbers(party)}
    rows = session.execute(
        sa.select(EntityIdentifier, Entity)
        .join(Entity, EntityIdentifier.entity_id == Entity.id)
        .where(EntityIdentifier.kind.in_(STRONG), EntityIdentifier.withdrawn_at.is_(None))
        .where(sa.func.lower(EntityIdentifier.value).in_({value for _, value in wanted}))
        .where(Entity.id.in_(seen.with_only_columns(Entity.id)))
    )
    found: dict[Number, list[Entity]] = defaultdict(list)
    for number, entity in rows:
        found[number.kind, folded(number.value)].append(entity.kept or entity)
    return found


def _same_named(
    session: Session, parties: Iterable[Party], seen: sa.Select[Entity]
) -> dict[str, list[Entity]]:
    rows = session.execute(
        sa.select(EntityName.folded, Entity)
        .join(Entity, EntityName.entity_id == Entity.id)
        .where(EntityName.folded.in_({folded(party.names[0].text) for party in parties}))
        .where(EntityName.withdrawn_at.is_(None))
        .where(Entity.id.in_(seen.with_only_columns(Entity.id)))
    )
    found: dict[str, list[Entity]] = defaultdict(list)
    for name, entity in rows:
        found[name].append(entity.kept or entity)
    return found


def _adds(party: Party, entity: Entity | None) -> tuple[Fact, ...]:
    """Facts beyond the first name and the countries for a new entity, else those not on record."""
    if entity is None:
        return (*party.names[1:], *party.identifiers, *party.addresses)
    held = _party(entity)
    names = {folded(name.text) for name in held.names}
    numbers = {(row.kind, folded(row.value)) for row in held.identifiers}
    return (
        *(row for row in party.names if folded(row.text) not in names),
        *(row for row in party.identifiers if (row.kind, folded(row.value)) not in numbers),
        *(row for row in party.addresses if row not in held.addresses),
        *(row for row in party.countries if row not in held.countries),
    )


def _links(
    session: Session, links: Sequence[Link], planned: Iterable[Planned]
) -> tuple[tuple[Link, ...], tuple[Link, ...]]:
    ids = {row.party.key: row.entity.id for row in planned if row.entity}
    rows = merges.as_one(
        session,
        sa.select(Relation).where(
            merges.parts(Relation.from_id, ids.values()), Relation.withdrawn_at.is_(None)
        ),
    )
    held = {(row.from_id, row.to_id, _relation_fact(row)) for row in rows}
    known = [row for row in links if (ids.get(row.first), ids.get(row.second), row.fact) in held]
    return tuple(row for row in links if row not in known), tuple(known)
