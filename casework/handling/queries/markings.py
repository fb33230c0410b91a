"""Markings of a case, the persons on their lists, and how they came to read as they do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased, joinedload, lazyload

from models import DisseminationListing, Marking, MarkingChange, Officer, Person


def find_marking(session: Session, marking_id: UUID) -> Marking | None:
    return session.get(Marking, marking_id)


@dataclass(frozen=True, slots=True)
class Listed:
    """A person on the list of an item, and who put the person there."""

    officer: Officer
    added_by: str


def lists_of(session: Session, marking_ids: Collection[UUID]) -> dict[UUID, list[Listed]]:
    """Marking to the persons on its list, by name."""
    adder = aliased(Officer)
    rows = session.execute(
        sa.select(DisseminationListing, Officer, adder)
        .join(Officer, Officer.id == DisseminationListing.officer_id)
        .join(adder, adder.id == DisseminationListing.added_by_id)
        .join(Person, Person.id == Officer.person_id)
        .where(DisseminationListing.marking_id.in_(marking_ids))
        .options(lazyload(Officer.grants))
        .order_by(Person.name)
    )
    found: dict[UUID, list[Listed]] = defaultdict(list)
    for listing, officer, by in rows:
        found[listing.marking_id].append(Listed(officer, by.name))
    return found


def count_listed(session: Session, marking: Marking) -> int:
    return (
        session.scalar(
            sa.select(sa.func.count()).where(DisseminationListing.marking_id == marking.id)
        )
        or 0
    )


def changes_of(session: Session, marking_ids: Collection[UUID]) -> Sequence[MarkingChange]:
    """Every change of the markings with who made it, the latest first."""
    return session.scalars(
        sa.select(MarkingChange)
        .where(MarkingChange.marking_id.in_(marking_ids))
        .options(joinedload(MarkingChange.by).options(lazyload(Officer.grants)))
        .order_by(MarkingChange.at.desc(), MarkingChange.id)
    ).all()


def count_changes(session: Session, marking: Marking) -> int:
    """How often the marking was changed: what a form saw, to tell that it is stale."""
    return (
        session.scalar(sa.select(sa.func.count()).where(MarkingChange.marking_id == marking.id))
        or 0
    )
