"""Facts on record that bear on where a subject sits and who directs it, each with its source.

They are offered beside the question and answer nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.screening.control import Above, Bond, controllers, ultimate_parents, weaker_ties
from casework.screening.facts import CountryTie
from casework.screening.queries.merges import kept, whole
from casework.screening.queries.ownership import relations_above
from casework.statute.uses import CONTROL, SEAT
from models import Entity, EntityCountry, Relation

_SEATS = (CountryTie.LOCATED, CountryTie.HEADQUARTERED)
_HEAD = (CountryTie.HEADQUARTERED,)


@dataclass(frozen=True, slots=True)
class Line:
    """A party, the relations that lead from it down to the subject, the topmost first, and its
    ties to countries. Without relations it is the subject itself. `weak`: no control by itself.
    """

    party: Entity
    relations: tuple[Relation, ...]
    countries: tuple[EntityCountry, ...]
    weak: bool = False


def facts_for(
    session: Session, offers: str, entity: Entity, within: sa.Select[Entity], on: date
) -> list[Line]:
    """Lines for an element that offers the seat or the control of its subject, else none; on the
    local Washington day `on`.
    """
    if offers not in {SEAT, CONTROL}:
        return []
    entity = kept(session, entity)
    relations, entities = relations_above(session, entity, within)
    bonds = [_bond(row) for row in relations]
    start, by_key = str(entity.id), {str(row.id): row for row in relations}
    if offers == SEAT:
        own = Line(entity, (), _tied(entity, _SEATS))
        top = ultimate_parents(start, bonds, on)
        return [own, *_lines(top, by_key, entities, _HEAD)]
    return [
        *_lines(controllers(start, bonds, on), by_key, entities, _SEATS),
        *_lines(weaker_ties(start, bonds, on), by_key, entities, _SEATS, weak=True),
    ]


def _lines(
    found: Iterable[Above],
    relations: Mapping[str, Relation],
    entities: Mapping[str, Entity],
    ties: Sequence[str],
    *,
    weak: bool = False,
) -> list[Line]:
    return [
        Line(
            entities[row.party],
            tuple(relations[key] for key in row.path),
            _tied(entities[row.party], ties),
            weak,
        )
        for row in found
    ]


def _tied(entity: Entity, ties: Sequence[str]) -> tuple[EntityCountry, ...]:
    rows = [row for part in whole(entity) for row in part.countries]
    return tuple(row for row in rows if row.withdrawn_at is None and row.tie in ties)


def _bond(row: Relation) -> Bond:
    return Bond(
        str(row.id),
        row.kind,
        str(row.from_id),
        str(row.to_id),
        row.percent_min,
        row.starts_on,
        row.ends_on,
    )
