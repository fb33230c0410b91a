"""Record what a file of another system says, all of it citing one source."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.errors import InvalidValue
from casework.screening.actions import entities as actions
from casework.screening.facts import (
    AddressFact,
    CountryFact,
    Fact,
    IdentifierFact,
    NameFact,
    SourceFact,
)
from casework.screening.interchange.records import Document
from casework.screening.queries.interchange import Plan, Planned, plan_for
from models import Entity, Officer, Source


class _Entry(TypedDict):
    source: Source
    by: Officer
    at: datetime


def record_document(
    session: Session,
    document: Document,
    *,
    within: sa.Select[Entity],
    source: SourceFact,
    training: bool,
    by: Officer,
    at: datetime,
) -> Plan:
    """Record what is not on record yet and return what was planned.

    Raises InvalidValue for a source without title or basis, and where a number stands for
    several parties; then nothing is recorded.
    """
    source.check()
    plan = plan_for(session, document, within, training=training)
    if plan.conflicts:
        raise InvalidValue("; ".join(plan.conflicts), "file")
    cited = Source(**source.columns())
    session.add(cited)
    session.flush()
    entry: _Entry = {"source": cited, "by": by, "at": at}
    entities = {
        row.party.key: _party(session, row, entry, training=training) for row in plan.parties
    }
    for link in plan.links:
        first, second = entities[link.first], entities[link.second]
        actions.add_relation(session, first, second, link.fact, **entry)
    return plan


def _party(session: Session, row: Planned, entry: _Entry, *, training: bool) -> Entity:
    entity = row.entity or actions.create_entity(
        session,
        kind=row.party.kind,
        name=row.party.names[0],
        countries=row.party.countries,
        training=training,
        **entry,
    )
    for fact in row.adds:
        _add(session, entity, fact, entry)
    return entity


def _add(session: Session, entity: Entity, fact: Fact, entry: _Entry) -> None:
    match fact:
        case NameFact():
            actions.add_name(session, entity, fact, **entry)
        case IdentifierFact():
            actions.add_identifier(session, entity, fact, **entry)
        case AddressFact():
            actions.add_address(session, entity, fact, **entry)
        case CountryFact():
            actions.add_country(session, entity, fact, **entry)
