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

from casework.screening.queries import merges
from models import (
    Case,
    CaseSubject,
    Determination,
    Entity,
    EntityMerge,
    Finding,
    FindingReview,
    Incident,
    IncidentParty,
    Officer,
)

MOST_SHOWN = 50
_Place = tuple[uuid.UUID, uuid.UUID | None]  # a case and an entity


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
    """Return for each entity how many of the reports name it or what is merged into it; an entity
    never named is absent.
    """
    party, joined = merges.party_of(IncidentParty.entity_id)
    counted = sa.func.count(sa.distinct(IncidentParty.incident_id))
    rows = session.execute(
        sa.select(party, counted)
        .outerjoin(EntityMerge, joined)
        .where(party.in_([entity.id for entity in entities]))
        .where(IncidentParty.incident_id.in_(incidents.with_only_columns(Incident.id)))
        .group_by(party)
    )
    return {row[0]: row[1] for row in rows}


def mentions(session: Session, entity: Entity, incidents: sa.Select[Incident]) -> Mentions:
    """Reports that name the entity or what is merged into it."""
    parts = [one.id for one in merges.whole(entity)]
    report = joinedload(IncidentParty.incident)
    parties = session.scalars(
        sa.select(IncidentParty)
        .join(IncidentParty.incident)
        .where(IncidentParty.entity_id.in_(parts))
        .where(IncidentParty.incident_id.in_(incidents.with_only_columns(Incident.id)))
        .options(
            report.selectinload(Incident.terms_of),
            report.selectinload(Incident.sources),
            report.selectinload(Incident.parties).joinedload(IncidentParty.entity),
        )
        .order_by(Incident.alleged_on.desc(), Incident.id)
        .limit(MOST_SHOWN)
    ).all()
    counted = sa.select(sa.func.count(sa.distinct(IncidentParty.incident_id))).where(
        IncidentParty.entity_id.in_(parts),
        IncidentParty.incident_id.in_(incidents.with_only_columns(Incident.id)),
    )
    return Mentions(parties, session.scalar(counted) or 0)


def standings(session: Session, entity: Entity, cases: sa.Select[Case]) -> Sequence[Standing]:
    """Return the place of the entity, and of what is merged into it, in each case that the reader
    may see, newest case first. What was answered about one of them stays an answer about that one.
    """
    parts = [one.id for one in merges.whole(entity)]
    subjects = session.scalars(
        sa.select(CaseSubject)
        .join(CaseSubject.case)
        .where(CaseSubject.entity_id.in_(parts))
        .where(CaseSubject.case_id.in_(cases.with_only_columns(Case.id)))
        .options(joinedload(CaseSubject.case), joinedload(CaseSubject.entity))
        .order_by(Case.opened_at.desc(), Case.id, CaseSubject.position)
        .limit(MOST_SHOWN)
    ).all()
    ids = [subject.case_id for subject in subjects]
    findings = _newest_findings(session, parts, ids)
    decided = _determinations(session, parts, ids)
    keys = [(row.case_id, row.entity_id) for row in subjects]
    return [
        Standing(row, findings[key], decided[key]) for row, key in zip(subjects, keys, strict=True)
    ]


def _newest_findings(
    session: Session, parts: Sequence[uuid.UUID], case_ids: Sequence[uuid.UUID]
) -> dict[_Place, list[Finding]]:
    rows = session.scalars(
        sa.select(Finding)
        .where(Finding.entity_id.in_(parts), Finding.case_id.in_(case_ids))
        .options(
            joinedload(Finding.by).options(lazyload(Officer.grants)),
            selectinload(Finding.reviews)
            .joinedload(FindingReview.by)
            .options(lazyload(Officer.grants)),
        )
        .order_by(Finding.element, Finding.revision)
    )
    newest = {(row.case_id, row.entity_id, row.element): row for row in rows}
    by_case: dict[_Place, list[Finding]] = defaultdict(list)
    for (case_id, entity_id, _), row in newest.items():
        by_case[case_id, entity_id].append(row)
    return by_case


def _determinations(
    session: Session, parts: Sequence[uuid.UUID], case_ids: Sequence[uuid.UUID]
) -> dict[_Place, list[Determination]]:
    by_case: dict[_Place, list[Determination]] = defaultdict(list)
    for row in session.scalars(
        sa.select(Determination)
        .where(Determination.entity_id.in_(parts), Determination.case_id.in_(case_ids))
        .options(joinedload(Determination.by).options(lazyload(Officer.grants)))
        .order_by(Determination.at)
    ):
        by_case[row.case_id, row.entity_id].append(row)
    return by_case
