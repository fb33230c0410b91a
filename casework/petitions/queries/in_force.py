"""Measures in force against the subjects of a case: what a petition can be about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from casework.listing.queries.proposals import entry_shown_on, first_publication
from casework.listing.rules import drops_on, is_shown
from casework.petitions.rules import GRANT
from casework.statute.loader import load_pack
from casework.statute.pack import StatutePack
from casework.statute.petition_rows import DECISION, ENTITY_LIST, PUBLIC_LIST, PetitionRule
from models import (
    Case,
    Determination,
    Entity,
    EntityListEntry,
    ListProposal,
    ListPublication,
    ListTakedown,
    MeasureDecision,
    Petition,
    PetitionDecision,
    Recommendation,
)


@dataclass(frozen=True, slots=True)
class InForce:
    """`since` is the local day on which the measure took effect."""

    measure: str
    entity: Entity
    since: date

    @property
    def key(self) -> str:
        return f"{self.measure}:{self.entity.id}"


def measures_in_force(session: Session, case: Case, on: date) -> list[InForce]:
    """Measures that can be petitioned against, in the order of the pack, then by name."""
    pack = load_pack(case.text_version)
    found: list[InForce] = []
    for rule in pack.petitions.values():
        for entity, since in sorted(
            _seen(session, case, rule, pack, on), key=lambda pair: pair[0].name
        ):
            found.append(InForce(rule.id, entity, since))
    return found


def find_in_force(session: Session, case: Case, key: str, on: date) -> InForce | None:
    return next((row for row in measures_in_force(session, case, on) if row.key == key), None)


def _seen(
    session: Session, case: Case, rule: PetitionRule, pack: StatutePack, on: date
) -> Iterable[tuple[Entity, date]]:
    if rule.register == ENTITY_LIST:
        return _entries(session, case, on)
    if rule.register == PUBLIC_LIST:
        rows = publications_shown(session, case, pack, on)
        return [(row.proposal.entity, row.published_on) for row in rows]
    assert rule.register == DECISION  # noqa: S101 (the pack was checked when it was read)
    return _decided(session, case, rule, pack)


def _entries(session: Session, case: Case, on: date) -> Iterable[tuple[Entity, date]]:
    """Subjects with an entry for some country whose newest version does not remove it."""
    rows = session.scalars(
        sa.select(EntityListEntry)
        .where(EntityListEntry.case_id == case.id, EntityListEntry.effective_on <= on)
        .options(joinedload(EntityListEntry.entity))
        .order_by(EntityListEntry.version)
    )
    newest = {(row.entity_id, row.country): row for row in rows}
    standing = [row for row in newest.values() if row.change != "removed"]
    first: dict[UUID, EntityListEntry] = {}
    for row in sorted(standing, key=lambda each: each.effective_on):
        first.setdefault(row.entity_id, row)
    return [(row.entity, row.effective_on) for row in first.values()]


def publications_shown(
    session: Session, case: Case, pack: StatutePack, on: date
) -> list[ListPublication]:
    """Entries of the case that the public list shows on that day."""
    gone = sa.exists().where(ListTakedown.publication_id == ListPublication.id)
    rows = list(
        session.scalars(
            sa.select(ListPublication)
            .where(ListPublication.case_id == case.id, ~gone)
            .options(joinedload(ListPublication.proposal).joinedload(ListProposal.entity))
            .order_by(ListPublication.at)
        )
    )
    return [row for row in rows if is_shown(_drop(session, case, pack, row), on=on)]


def _drop(session: Session, case: Case, pack: StatutePack, row: ListPublication) -> date:
    entity, training = row.proposal.entity, case.training
    first = first_publication(session, training=training)
    shown = entry_shown_on(session, entity, training=training)
    return drops_on(
        pack,
        first_publication=first or row.published_on,
        entry_shown=shown or row.published_on,
    )


def _decided(
    session: Session, case: Case, rule: PetitionRule, pack: StatutePack
) -> Iterable[tuple[Entity, date]]:
    """Subjects whose newest decision put the measure in force, and no petition lifted it since."""
    kinds = _either_way(pack, rule.in_force)
    newest: dict[UUID, tuple[Entity, date, str]] = {}
    for entity, day, kind in sorted(
        [
            *_determined(session, case, kinds),
            *_measure_decided(session, case, rule, kinds),
            *_lifted(session, case, rule),
        ],
        key=lambda row: row[1],
    ):
        newest[entity.id] = (entity, day, kind)
    return [(entity, day) for entity, day, kind in newest.values() if kind == rule.in_force]


def _either_way(pack: StatutePack, kind: str) -> tuple[str, ...]:
    """The decisions of the stage that takes this one: it and its opposite."""
    ways = (row.decisions for row in pack.stages.values() if kind in row.decisions)
    return next(ways, (kind,))


def _determined(
    session: Session, case: Case, kinds: tuple[str, ...]
) -> list[tuple[Entity, date, str]]:
    rows = session.execute(
        sa.select(Entity, Determination.decided_on, Determination.kind)
        .join(Determination, Determination.entity_id == Entity.id)
        .where(Determination.case_id == case.id, Determination.kind.in_(kinds))
        .order_by(Determination.at)
    )
    return [(entity, day, kind) for entity, day, kind in rows]


def _measure_decided(
    session: Session, case: Case, rule: PetitionRule, kinds: tuple[str, ...]
) -> list[tuple[Entity, date, str]]:
    rows = session.execute(
        sa.select(Entity, MeasureDecision.decided_on, MeasureDecision.kind)
        .join(Recommendation, Recommendation.entity_id == Entity.id)
        .join(MeasureDecision, MeasureDecision.recommendation_id == Recommendation.id)
        .where(
            MeasureDecision.case_id == case.id,
            Recommendation.measure == rule.id,
            MeasureDecision.kind.in_(kinds),
        )
        .order_by(MeasureDecision.at)
    )
    return [(entity, day, kind) for entity, day, kind in rows]


def _lifted(session: Session, case: Case, rule: PetitionRule) -> list[tuple[Entity, date, str]]:
    rows = session.execute(
        sa.select(Entity, PetitionDecision.decided_on)
        .join(Petition, Petition.entity_id == Entity.id)
        .join(PetitionDecision, PetitionDecision.petition_id == Petition.id)
        .where(
            Petition.case_id == case.id,
            Petition.measure == rule.id,
            PetitionDecision.outcome == GRANT,
        )
        .order_by(PetitionDecision.at)
    )
    return [(entity, day, GRANT) for entity, day in rows]
