"""Entries of the Entity List that follow from a committee's votes, version by version."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from casework.decisions.entries import CHANGES, CORRECTED
from casework.statute.loader import load_pack
from casework.statute.measure_rows import COUNTRIES, Measure
from models import (
    Case,
    EntityListEntry,
    Escalation,
    EscalationOutcome,
    Motion,
    MotionClosing,
)


@dataclass(frozen=True, slots=True)
class Carried:
    """A closed motion whose decision stands, and the change of an entry that it allows."""

    closing: MotionClosing
    change: str
    decision: str


def entries_of(session: Session, case: Case) -> list[EntityListEntry]:
    """Every version of every entry, by subject and country, the newest first."""
    rows = session.scalars(
        sa.select(EntityListEntry)
        .where(EntityListEntry.case_id == case.id)
        .options(joinedload(EntityListEntry.by), joinedload(EntityListEntry.entity))
    )
    return sorted(rows, key=lambda row: (row.entity.name, row.country, -row.version))


def newest(rows: Iterable[EntityListEntry]) -> list[EntityListEntry]:
    """The version in force of each entry, removed ones included."""
    found: dict[tuple[UUID, str], EntityListEntry] = {}
    for row in rows:
        found.setdefault((row.entity_id, row.country), row)
    return list(found.values())


def latest_version(
    session: Session, case: Case, entity_id: UUID, country: str
) -> EntityListEntry | None:
    return session.scalars(
        sa.select(EntityListEntry)
        .where(
            EntityListEntry.case_id == case.id,
            EntityListEntry.entity_id == entity_id,
            EntityListEntry.country == country,
        )
        .order_by(EntityListEntry.version.desc())
        .limit(1)
    ).one_or_none()


def standing_change(session: Session, case: Case, entity_id: UUID, country: str) -> str:
    """The last change of an entry, apart from corrections of its record; empty for none."""
    return (
        session.scalar(
            sa.select(EntityListEntry.change)
            .where(
                EntityListEntry.case_id == case.id,
                EntityListEntry.entity_id == entity_id,
                EntityListEntry.country == country,
                EntityListEntry.change != CORRECTED,
            )
            .order_by(EntityListEntry.version.desc())
            .limit(1)
        )
        or ""
    )


def carried_motions(session: Session, case: Case) -> list[Carried]:
    """Closed motions on entries that carry, the newest first. A decision on a higher level of
    the dispute ladder prevails over the committee's.
    """
    pack = load_pack(case.text_version)
    rows = session.scalars(
        sa.select(MotionClosing)
        .join(MotionClosing.motion)
        .where(MotionClosing.case_id == case.id, Motion.question.in_(sorted(CHANGES)))
        .options(joinedload(MotionClosing.motion).joinedload(Motion.entity))
        .order_by(MotionClosing.at.desc(), MotionClosing.id)
    )
    found = [
        Carried(row, CHANGES[row.motion.question], _standing(session, row))
        for row in rows
        if row.motion.question in pack.ballots
    ]
    return [
        row for row in found if row.decision == pack.ballots[row.closing.motion.question].carries
    ]


def _standing(session: Session, closing: MotionClosing) -> str:
    """The decision that stands: the last one reached on the ladder, else the vote's own."""
    reached = session.scalar(
        sa.select(EscalationOutcome.decision)
        .join(Escalation, Escalation.id == EscalationOutcome.escalation_id)
        .where(Escalation.motion_id == closing.motion_id, EscalationOutcome.decision != "")
        .order_by(EscalationOutcome.at.desc(), EscalationOutcome.id)
        .limit(1)
    )
    return reached or closing.decision


def find_carried(session: Session, case: Case, closing_id: UUID) -> Carried | None:
    rows = carried_motions(session, case)
    return next((row for row in rows if row.closing.id == closing_id), None)


def measure_of(case: Case, carried: Carried) -> Measure:
    """The measure that the motion decided on, whose fields an entry writes out."""
    pack = load_pack(case.text_version)
    return pack.measures[pack.ballots[carried.closing.motion.question].measure]


def measure_of_entry(session: Session, case: Case, row: EntityListEntry) -> Measure:
    """The same for an entry on record, whether or not its motion still stands."""
    pack = load_pack(case.text_version)
    question = session.scalar(
        sa.select(Motion.question)
        .join(MotionClosing, MotionClosing.motion_id == Motion.id)
        .where(MotionClosing.id == row.motion_closing_id)
    )
    return pack.measures[pack.ballots[question or ""].measure]


def asked_countries(case: Case, carried: Carried) -> list[str]:
    """Countries for which the recommendation behind the motion drafts an entry."""
    recommendation = carried.closing.motion.recommendation
    written = recommendation.particulars if recommendation else {}
    listed = [row.id for row in measure_of(case, carried).fields if row.kind == COUNTRIES]
    return [code for name in listed for code in written.get(name, ())]


def drafted_fields(session: Session, case: Case, carried: Carried, country: str) -> dict[str, Any]:
    """What a new version starts from: the last version, else the approved recommendation."""
    last = latest_version(session, case, carried.closing.motion.entity_id, country)
    if last is not None:
        return dict(last.fields)
    recommendation = carried.closing.motion.recommendation
    own = {row.id for row in measure_of(case, carried).fields if row.kind != COUNTRIES}
    written = recommendation.particulars if recommendation else {}
    return {name: value for name, value in written.items() if name in own}
