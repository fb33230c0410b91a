"""What a screening compares: the facts of entities that stand, and their digest with an entry."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from casework.screening import judging
from casework.screening.facts import EntityKind, NameKind
from models import Entity, EntityCountry, EntityIdentifier, EntityName, Job

RESCREEN = "screening.rescreen"  # the kind of the job
T = TypeVar("T", EntityName, EntityCountry, EntityIdentifier)


@dataclass(slots=True)
class Compared:
    """Names as (text, kind), countries as codes, identifiers as (kind, value, country), each as
    long as it is not withdrawn.
    """

    kind: str
    names: list[tuple[str, str]] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    identifiers: list[tuple[str, str, str]] = field(default_factory=list)

    def basis(self, entry_sha256: str) -> str:
        """The digest of a comparison with an entry of that content hash."""
        return judging.basis(self.kind, self.names, self.countries, self.identifiers, entry_sha256)

    def asked(self) -> list[str]:
        """The names to ask the lists about: a weak alias only where there is no other name."""
        strong = [text for text, kind in self.names if kind != NameKind.WEAK_ALIAS]
        return list(dict.fromkeys(strong or [text for text, _ in self.names]))

    def list_kind(self) -> str:
        """The kind in the words of the lists, which know no state bodies."""
        return "person" if self.kind == EntityKind.PERSON else "organization"


def compared(session: Session, entities: Collection[Entity]) -> dict[uuid.UUID, Compared]:
    """The facts of many entities in three queries."""
    found = {entity.id: Compared(entity.kind) for entity in entities}
    names = _standing(EntityName, found, EntityName.position, EntityName.id)
    for name in session.scalars(names):
        found[name.entity_id].names.append((name.text, name.kind))
    for tie in session.scalars(_standing(EntityCountry, found, EntityCountry.country)):
        if tie.country not in found[tie.entity_id].countries:
            found[tie.entity_id].countries.append(tie.country)
    for row in session.scalars(_standing(EntityIdentifier, found, EntityIdentifier.value)):
        found[row.entity_id].identifiers.append((row.kind, row.value, row.country))
    return found


def entities_after(session: Session, last: uuid.UUID | None, limit: int) -> Sequence[Entity]:
    """The next entities in the order of their keys."""
    rows = sa.select(Entity).order_by(Entity.id).limit(limit)
    return session.scalars(rows.where(Entity.id > last) if last else rows).all()


def entity_count(session: Session) -> int:
    return session.scalar(sa.select(sa.func.count(Entity.id))) or 0


def newest_rescreening(session: Session) -> Job | None:
    """The last screening of everything that was asked for, under way or ended."""
    jobs = sa.select(Job).where(Job.kind == RESCREEN).order_by(Job.created_at.desc(), Job.id)
    return session.scalars(jobs.limit(1)).one_or_none()


def _standing(
    kind: type[T], entity_ids: Collection[uuid.UUID], *order: InstrumentedAttribute[Any]
) -> sa.Select[T]:
    return (
        sa.select(kind)
        .where(kind.entity_id.in_(entity_ids), kind.withdrawn_at.is_(None))
        .order_by(*order)
    )
