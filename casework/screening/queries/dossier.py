"""The reports that name an entity, the cases that examine it, what was answered and decided.

Each function takes the select of incidents or cases that the reader may see and goes no further.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, lazyload, selectinload

from models import (
    Case,
    CaseSubject,
    Determination,
    Entity,
    Finding,
    FindingReview,
    Incident,
    IncidentParty,
    Officer,
)

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Standing:
    """An entity in one case: its newest answer to each element, and what was decided there."""

    subject: CaseSubject
    findings: Sequence[Finding]
    determinations: Sequence[Determination]


@dataclass(frozen=True, slots=True)
class Mentions:
    """Reports that name an entity, newest first; `count` says how many there are in all."""

    parties: Sequence[IncidentParty]
    count: int


def mention_counts(
    session: Session, entities: Iterable[Entity], incidents: sa.Select[Incident]
) -> dict[uuid.UUID, int]:
    """Return for each entity how many of the reports name it; an entity never named is absent."""
    counted = sa.func.count(sa.distinct(IncidentParty.incident_id))
    rows = session.execute(
        sa.select(IncidentParty.entity_id, counted)
        .where(IncidentParty.entity_id.in_([entity.id for entity in entities]))
        .where(IncidentParty.incident_id.in_(incidents.with_only_columns(Incident.id)))
        .group_by(IncidentParty.entity_id)
    )
    return {row.entity_id: row[1] for row in rows}


def mentions(session: Session, entity: Entity, incidents: sa.Select[Incident]) -> Mentions:
    report = joinedload(IncidentParty.incident)
    parties = session.scalars(
        sa.select(IncidentParty)
        .join(IncidentParty.incident)
        .where(IncidentParty.entity_id == entity.id)
        .where(IncidentParty.incident_id.in_(incidents.with_only_columns(Incident.id)))
        .options(
            report.selectinload(Incident.terms_of),
            report.selectinload(Incident.sources),
            report.selectinload(Incident.parties).joinedload(IncidentParty.entity),
        )
        .order_by(Incident.alleged_on.desc(), Incident.id)
        .limit(MOST_SHOWN)
    ).all()
    return Mentions(parties, mention_counts(session, [entity], incidents).get(entity.id, 0))


def standings(session: Session, entity: Entity, cases: sa.Select[Case]) -> Sequence[Standing]:
    """Return the entity's place in each case that the reader may see, newest case first."""
    subjects = session.scalars(
        sa.select(CaseSubject)
        .join(CaseSubject.case)
        .where(CaseSubject.entity_id == entity.id)
        .where(CaseSubject.case_id.in_(cases.with_only_columns(Case.id)))
        .options(joinedload(CaseSubject.case))
        .order_by(Case.opened_at.desc(), Case.id)
        .limit(MOST_SHOWN)
    ).all()
    ids = [subject.case_id for subject in subjects]
    findings = _newest_findings(session, entity, ids)
    decided = _determinations(session, entity, ids)
    return [Standing(row, findings[row.case_id], decided[row.case_id]) for row in subjects]


def _newest_findings(
    session: Session, entity: Entity, case_ids: Sequence[uuid.UUID]
) -> dict[uuid.UUID, list[Finding]]:
    rows = session.scalars(
        sa.select(Finding)
        .where(Finding.entity_id == entity.id, Finding.case_id.in_(case_ids))
        .options(
            joinedload(Finding.by).options(lazyload(Officer.grants)),
            selectinload(Finding.reviews)
            .joinedload(FindingReview.by)
            .options(lazyload(Officer.grants)),
        )
        .order_by(Finding.element, Finding.revision)
    )
    newest = {(row.case_id, row.element): row for row in rows}
    by_case: dict[uuid.UUID, list[Finding]] = defaultdict(list)
    for row in newest.values():
        by_case[row.case_id].append(row)
    return by_case


def _determinations(
    session: Session, entity: Entity, case_ids: Sequence[uuid.UUID]
) -> dict[uuid.UUID, list[Determination]]:
    by_case: dict[uuid.UUID, list[Determination]] = defaultdict(list)
    for row in session.scalars(
        sa.select(Determination)
        .where(Determination.entity_id == entity.id, Determination.case_id.in_(case_ids))
        .options(joinedload(Determination.by).options(lazyload(Officer.grants)))
        .order_by(Determination.at)
    ):
        by_case[row.case_id].append(row)
    return by_case
