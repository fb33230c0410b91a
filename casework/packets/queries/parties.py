"""Entities of a case and those around them, each fact with its source."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from casework.packets import facts
from casework.packets.queries.list_matches import match_facts
from casework.packets.release import PUBLIC
from casework.packets.words import EntityKind
from casework.screening.countries import COUNTRIES
from casework.screening.facts import NAME_TITLES, RELATION_VERBS, TIE_TITLES
from casework.screening.queries import merges
from casework.screening.queries.graphs import graph_of
from casework.screening.queries.hits import Told, confirmed_of
from casework.statute.pack import StatutePack
from models import (
    Case,
    CaseIncident,
    CaseSubject,
    Entity,
    IncidentParty,
    Relation,
    Source,
)

_PRIVACY = "[REDACTED (b)(6)]"


@dataclass(frozen=True, slots=True)
class Parties:
    """`references` maps the id of every entity listed to its reference in the packet ("E-1")."""

    entities: tuple[facts.Entity, ...]
    relations: tuple[facts.Relation, ...]
    references: Mapping[uuid.UUID, str]


def parties_of(session: Session, case: Case, pack: StatutePack, *, recipient: str) -> Parties:
    """Subjects first in their order, then whoever a linked report names, then their relations.

    Entities that are read as one stand under one reference, with the facts of all of them.
    """
    subjects = _subjects(session, case)
    named = _named(session, case)
    recorded = {row.entity_id: row.entity for row in subjects}
    recorded |= {row.entity_id: row.entity for row in named if row.entity_id not in recorded}
    read_as = merges.kept_of(session, recorded)
    kept = {key: row.id for key, row in read_as.items()}
    central = {kept.get(key, key): read_as.get(key, row) for key, row in recorded.items()}
    graph = graph_of(session, list(central.values()))
    listed = [*central.values(), *(each for each in graph.entities if each.id not in central)]
    references = {entity.id: f"E-{number}" for number, entity in enumerate(listed, start=1)}
    _load_facts(session, listed)
    roles = {kept.get(key, key): role for key, role in _roles(pack, named, subjects).items()}
    examined = {kept.get(row.entity_id, row.entity_id) for row in subjects if row.examined}
    matches = confirmed_of(session, list(references))
    entities = tuple(
        _entity(
            entity,
            references[entity.id],
            role=roles.get(entity.id, "related party"),
            subject=entity.id in examined,
            matches=matches.get(entity.id, ()),
            public=recipient == PUBLIC,
        )
        for entity in listed
    )
    ties = tuple(_relation(row, references) for row in graph.relations)
    merged = {part.id: references[row.id] for row in listed for part in merges.whole(row)}
    return Parties(entities, ties, merged)


def _subjects(session: Session, case: Case) -> Sequence[CaseSubject]:
    return session.scalars(
        sa.select(CaseSubject)
        .where(CaseSubject.case_id == case.id)
        .options(selectinload(CaseSubject.entity))
        .order_by(CaseSubject.position, CaseSubject.id)
    ).all()


def _named(session: Session, case: Case) -> Sequence[IncidentParty]:
    return session.scalars(
        sa.select(IncidentParty)
        .join(CaseIncident, CaseIncident.incident_id == IncidentParty.incident_id)
        .where(CaseIncident.case_id == case.id)
        .options(selectinload(IncidentParty.entity))
        .order_by(IncidentParty.incident_id, IncidentParty.id)
    ).all()


def _load_facts(session: Session, entities: Collection[Entity]) -> None:
    """Read every fact of the entities at once; asking each entity would cost four queries each."""
    kinds = (Entity.names, Entity.identifiers, Entity.addresses, Entity.countries)
    merged = selectinload(Entity.merged)
    session.scalars(
        sa.select(Entity)
        .where(Entity.id.in_([entity.id for entity in entities]))
        .options(*map(selectinload, kinds), *(merged.selectinload(kind) for kind in kinds))
        .execution_options(populate_existing=True)
    ).all()


def _roles(
    pack: StatutePack, named: Iterable[IncidentParty], subjects: Iterable[CaseSubject]
) -> dict[uuid.UUID, str]:
    """Roles as the record gives them; that somebody is named in a role is no finding."""
    words = {term.code: term.label.lower() for term in pack.vocabularies["actor_role"].terms}
    roles = {row.entity_id: row.role for row in named}
    roles |= {row.entity_id: row.role for row in subjects}
    return {key: f"named as {words.get(role, role)}" for key, role in roles.items()}


def _entity(
    row: Entity,
    reference: str,
    *,
    role: str,
    subject: bool,
    matches: Iterable[Told],
    public: bool,
) -> facts.Entity:
    private = public and row.kind == EntityKind.PERSON
    return facts.Entity(
        reference,
        EntityKind(row.kind),
        _names(row),
        role,
        subject=subject,
        identifiers=tuple(
            facts.Fact(
                one.kind.replace("_", " "),
                _PRIVACY if private else one.value,
                source_words(one.source),
                COUNTRIES.get(one.country, one.country),
            )
            for one in _standing(row, "identifiers")
        )
        + match_facts(matches, public=public, private=private),
        addresses=tuple(
            facts.Fact(
                "Address",
                _PRIVACY if private else one.text,
                source_words(one.source),
                COUNTRIES.get(one.country, one.country),
            )
            for one in _standing(row, "addresses")
        ),
        countries=tuple(
            facts.Fact(
                TIE_TITLES[one.tie],
                COUNTRIES.get(one.country, one.country),
                source_words(one.source),
                COUNTRIES.get(one.country, one.country),
            )
            for one in _standing(row, "countries")
        ),
    )


def _names(row: Entity) -> tuple[facts.Name, ...]:
    """The name shown first; it may have been withdrawn as a fact and still head the record."""
    names = tuple(
        facts.Name(
            one.text,
            NAME_TITLES[one.kind].lower(),
            source_words(one.source),
            one.language,
        )
        for one in sorted(_standing(row, "names"), key=lambda one: one.text != row.name)
    )
    return names or (facts.Name(row.name, "name shown", "The record of this entity"),)


def _standing(entity: Entity, kind: str) -> list[Any]:
    """Facts of the kind about the entity and about what is merged into it."""
    rows = [row for part in merges.whole(entity) for row in getattr(part, kind)]
    return [row for row in rows if row.withdrawn_at is None]


def _relation(row: Relation, references: Mapping[uuid.UUID, str]) -> facts.Relation:
    return facts.Relation(
        references[row.from_id],
        references[row.to_id],
        source_words(row.source),
        RELATION_VERBS[row.kind],
        row.percent_min,
        row.percent_max,
        row.starts_on,
        row.ends_on,
    )


def source_words(source: Source) -> str:
    """Title, publisher, address and day of a source, as far as they are known."""
    day = f"{source.published_on.day} {source.published_on:%b %Y}" if source.published_on else ""
    words = (source.title, source.publisher, day, source.url)
    return ", ".join(word for word in words if word)
