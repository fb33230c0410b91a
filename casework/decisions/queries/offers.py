"""What the record of a subject offers for the fields of a measure: a beginning, not an answer."""

from __future__ import annotations

from collections.abc import Iterable

from casework.screening.countries import COUNTRIES
from casework.screening.facts import NAME_TITLES, NameKind
from casework.statute import measure_rows as rows
from casework.statute.measure_rows import Measure
from models import Entity, EntityName


def offers_for(measure: Measure, entity: Entity | None) -> dict[str, str]:
    """Field to text as it would be typed; facts that were withdrawn are not offered."""
    if entity is None:
        return {}
    known = {
        rows.NAMES: "\n".join(_names(entity)),
        rows.ADDRESSES: "\n".join(_addresses(entity)),
        rows.COUNTRIES: "\n".join(_countries(entity)),
    }
    return {row.id: known[row.offers] for row in measure.fields if row.offers in known}


def _names(entity: Entity) -> Iterable[str]:
    standing = [row for row in entity.names if row.withdrawn_at is None]
    ranked = sorted(standing, key=lambda row: (row.kind != NameKind.LEGAL, row.position))
    return [_name(row) for row in ranked]


def _name(row: EntityName) -> str:
    if row.kind == NameKind.LEGAL:
        return row.text
    return f"{row.text} ({NAME_TITLES.get(row.kind, row.kind).lower()})"


def _addresses(entity: Entity) -> Iterable[str]:
    return [
        f"{row.text}, {COUNTRIES.get(row.country, row.country)}" if row.country else row.text
        for row in entity.addresses
        if row.withdrawn_at is None
    ]


def _countries(entity: Entity) -> Iterable[str]:
    return sorted({row.country for row in entity.countries if row.withdrawn_at is None})
