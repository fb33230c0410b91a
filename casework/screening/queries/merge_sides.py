"""What is on record about two entities that may be one, side by side, and how much hangs on it.

Each function goes no further than the select of cases that the reader may see, where it takes one.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from casework.screening.facts import RELATION_VERBS, RelationKind
from casework.screening.judging import MATCH
from casework.screening.merging import Between, Side
from casework.screening.merging import conflicts as between_sides
from casework.screening.queries.merges import whole
from casework.statute.loader import load_pack
from models import (
    Case,
    CaseSubject,
    Determination,
    Entity,
    EntityMerge,
    JudgementConfirmation,
    Relation,
    ScreeningJudgement,
    WatchlistEntry,
)


def conflicts(session: Session, one: Entity, other: Entity, cases: sa.Select[Case]) -> list[str]:
    """Sentences on what speaks against reading the two as one."""
    for entity in (one, other):
        load(session, entity)
    return between_sides(
        _side(session, one, cases), _side(session, other, cases), _between(session, one, other)
    )


def load(session: Session, entity: Entity) -> None:
    """Read every fact of the entity and of what is merged into it in a few statements."""
    kinds = (Entity.names, Entity.identifiers, Entity.addresses, Entity.countries)
    merged = selectinload(Entity.merged)
    session.scalars(
        sa.select(Entity)
        .where(Entity.id == entity.id)
        .options(*map(selectinload, kinds), *(merged.selectinload(kind) for kind in kinds))
        .execution_options(populate_existing=True)
    ).one()


def places_in_cases(
    session: Session, entity: Entity, cases: sa.Select[Case]
) -> Sequence[CaseSubject]:
    """Where the entity, or what is merged into it, is a subject, by reference."""
    return session.scalars(
        sa.select(CaseSubject)
        .join(CaseSubject.case)
        .where(CaseSubject.entity_id.in_([part.id for part in whole(entity)]))
        .where(CaseSubject.case_id.in_(cases.with_only_columns(Case.id)))
        .options(joinedload(CaseSubject.case))
        .order_by(Case.reference, CaseSubject.position)
    ).all()


def decides_something(session: Session, ids: Sequence[uuid.UUID]) -> bool:
    """Whether one of the entities was determined about, is confirmed to be on a list, or is
    examined in a case past its first stage: then reading two as one changes who is meant by that.
    """
    determined = sa.select(Determination.id).where(Determination.entity_id.in_(ids)).limit(1)
    listed = (
        sa.select(ScreeningJudgement.id)
        .join(JudgementConfirmation, JudgementConfirmation.judgement_id == ScreeningJudgement.id)
        .where(ScreeningJudgement.entity_id.in_(ids), ScreeningJudgement.verdict == MATCH)
        .where(JudgementConfirmation.agrees.is_(sa.true()))
        .limit(1)
    )
    if any(session.scalar(rows) is not None for rows in (determined, listed)):
        return True
    stages = session.execute(
        sa.select(Case.text_version, Case.stage)
        .join(CaseSubject, CaseSubject.case_id == Case.id)
        .where(CaseSubject.entity_id.in_(ids), CaseSubject.examined.is_(sa.true()))
        .distinct()
    )
    return any(row.stage != load_pack(row.text_version).first_stage.id for row in stages)


def _side(session: Session, entity: Entity, cases: sa.Select[Case]) -> Side:
    parts = whole(entity)
    ids = [part.id for part in parts]
    return Side(
        str(entity.id),
        entity.name,
        entity.kind,
        [(row.kind, row.value) for part in parts for row in _standing(part.identifiers)],
        [(row.tie, row.country) for part in parts for row in _standing(part.countries)],
        _holdings(session, ids),
        _judgements(session, ids),
        [row.case.reference for row in places_in_cases(session, entity, cases)],
    )


def _standing(rows: Sequence[Any]) -> list[Any]:
    return [row for row in rows if row.withdrawn_at is None]


def _holdings(session: Session, ids: Sequence[uuid.UUID]) -> list[tuple[str, str]]:
    rows = session.execute(
        sa.select(Entity.id, Entity.name)
        .join(Relation, Relation.to_id == Entity.id)
        .where(Relation.from_id.in_(ids), Relation.kind == RelationKind.OWNS)
        .where(Relation.withdrawn_at.is_(None))
        .order_by(Entity.name, Entity.id)
    )
    return [(str(row.id), row.name) for row in rows]


def _judgements(session: Session, ids: Sequence[uuid.UUID]) -> list[tuple[str, str, str, str]]:
    """The newest verdict on each entry, with the caption that the entry has or last had."""
    rows = session.scalars(
        sa.select(ScreeningJudgement)
        .where(ScreeningJudgement.entity_id.in_(ids))
        .order_by(ScreeningJudgement.at, ScreeningJudgement.id)
    )
    newest = {(row.source, row.entry_id): row.verdict for row in rows}
    pair = sa.tuple_(WatchlistEntry.source, WatchlistEntry.entry_id)
    entries = session.scalars(
        sa.select(WatchlistEntry).where(pair.in_(sorted(newest))).order_by(WatchlistEntry.first)
    )
    captions = {(row.source, row.entry_id): row.caption for row in entries}
    return [(*key, newest[key], captions.get(key, key[1])) for key in sorted(newest)]


def _between(session: Session, one: Entity, other: Entity) -> Between:
    here, there = ([part.id for part in whole(side)] for side in (one, other))
    relations = session.scalars(
        sa.select(Relation)
        .where(
            sa.or_(
                sa.and_(Relation.from_id.in_(here), Relation.to_id.in_(there)),
                sa.and_(Relation.from_id.in_(there), Relation.to_id.in_(here)),
            ),
            Relation.withdrawn_at.is_(None),
        )
        .options(joinedload(Relation.owner), joinedload(Relation.owned))
        .order_by(Relation.id)
    )
    sides = {one.id, other.id}
    undone = session.scalars(
        sa.select(EntityMerge)
        .where(EntityMerge.kept_id.in_(sides), EntityMerge.merged_id.in_(sides))
        .where(EntityMerge.undone_at.is_not(None))
        .order_by(EntityMerge.undone_at, EntityMerge.id)
    )
    told = [f"{row.owner.name} {RELATION_VERBS[row.kind]} {row.owned.name}" for row in relations]
    return Between(told, [str(row.undone_reason) for row in undone])
