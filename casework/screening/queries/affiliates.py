"""Entities that others own to half or more, out of the relations on record, each with its source.

Relations that do not stand on the day, and withdrawn ones, carry nothing. Several statements of
one holding are a band from the least to the most that a source states, never a sum.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from casework.screening.facts import RelationKind
from casework.screening.ownership import ALL, NOT_CAUGHT, Result, Stake, ownership
from casework.screening.ownership_rules import RULES
from casework.screening.queries import merges
from models import Entity, Relation

LIMIT = 2000  # relations followed; past it the list says that it is cut
_INFLUENCE = frozenset({RelationKind.CONTROLS, RelationKind.DIRECTS})
_RULE = RULES["HR8283_5A"]


@dataclass(frozen=True, slots=True)
class Affiliate:
    """`answer` is caught or unresolved, or not_caught where only a caution is due. `relations`
    are those that carry its aggregate, from the owner named first downward.
    """

    entity: Entity
    result: Result
    relations: tuple[Relation, ...]


@dataclass(frozen=True, slots=True)
class Affiliates:
    """`cut` says that more relations lead on than were followed."""

    rows: tuple[Affiliate, ...]
    cut: bool


def affiliates_of(session: Session, owners: Collection[Entity], on: date) -> Affiliates:
    """What the owners hold to half or more together on a local Washington day, directly or through
    others; then what stays open, and what they hold less of.
    """
    known = merges.kept_of(session, {owner.id for owner in owners})
    tops = {known.get(owner.id, owner).id for owner in owners}
    relations, cut = _downward(session, tops)
    found = ownership(
        _RULE,
        {str(top): ["subject"] for top in tops},
        stakes_of(relations, on),
        on=on,
        countries={},
    )
    entities = {row.owned.id: row.owned for row in relations}
    rows = [
        Affiliate(entities[uuid.UUID(name)], result, carrying(relations, result, on))
        for name, result in found.items()
        if uuid.UUID(name) in entities and (result.answer != NOT_CAUGHT or result.flags)
    ]
    order = ("caught", "unresolved", "not_caught")
    ranked = sorted(rows, key=lambda row: (order.index(row.result.answer), row.entity.name))
    return Affiliates(tuple(ranked), cut)


def _downward(session: Session, owners: set[uuid.UUID]) -> tuple[list[Relation], bool]:
    """Relations of ownership and influence below the owners, level by level."""
    found: dict[uuid.UUID, Relation] = {}
    seen, level = set(owners), set(owners)
    while level:
        rows = merges.as_one(
            session,
            sa.select(Relation)
            .where(
                merges.parts(Relation.from_id, level),
                Relation.kind.in_([RelationKind.OWNS, *sorted(_INFLUENCE)]),
                Relation.withdrawn_at.is_(None),
            )
            .options(joinedload(Relation.owner), joinedload(Relation.owned))
            .order_by(Relation.id)
            .limit(LIMIT + 1 - len(found)),
        )
        found |= {row.id: row for row in rows}
        if len(found) > LIMIT:
            return list(found.values())[:LIMIT], True
        level = {row.to_id for row in rows if row.kind == RelationKind.OWNS} - seen
        seen |= level
    return list(found.values()), False


def stakes_of(relations: Iterable[Relation], on: date) -> list[Stake]:
    """One stake for each pair that stands on the day; those that ended keep their dates."""
    standing: dict[tuple[str, str], list[Stake]] = defaultdict(list)
    others: list[Stake] = []
    for row in relations:
        stake = _stake(row)
        if stake.control or not stake.in_force(on):
            others.append(stake)
        else:
            standing[stake.owner, stake.owned].append(stake)
    return [_band(rows) for rows in standing.values()] + others


def _stake(row: Relation) -> Stake:
    ends = row.ends_on + timedelta(days=1) if row.ends_on else None
    owner, owned = str(row.from_id), str(row.to_id)
    if row.kind != RelationKind.OWNS:
        return Stake(owner, owned, Decimal(0), Decimal(0), row.starts_on, ends, control=True)
    least = row.percent_min if row.percent_min is not None else Decimal(0)
    most = row.percent_max if row.percent_max is not None else ALL
    return Stake(owner, owned, least, most, row.starts_on, ends)


def _band(rows: Sequence[Stake]) -> Stake:
    starts = [row.starts for row in rows if row.starts]
    return Stake(
        rows[0].owner,
        rows[0].owned,
        min(row.least for row in rows),
        max(row.most for row in rows),
        max(starts) if len(starts) == len(rows) else None,
    )


def carrying(relations: Iterable[Relation], result: Result, on: date) -> tuple[Relation, ...]:
    """The relations on record behind the aggregate of a result, from the first owner down."""
    pairs = {pair: place for place, pair in enumerate(result.via)}
    carrying = [
        row
        for row in relations
        if (str(row.from_id), str(row.to_id)) in pairs
        and row.kind == RelationKind.OWNS
        and _stake(row).in_force(on)
    ]
    return tuple(
        sorted(carrying, key=lambda row: (pairs[str(row.from_id), str(row.to_id)], str(row.id)))
    )
