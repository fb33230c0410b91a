"""What a case of the access matrix holds about measures: a hold, decisions, an entry."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from casework.access import Role
from casework.decisions.record import digest
from models import (
    Case,
    Entity,
    EntityListEntry,
    MeasureDecision,
    MeasureHold,
    Motion,
    MotionClosing,
    Officer,
    Recommendation,
)
from tests.factories import AT, make_officer

FROZEN = {"record": {}, "record_sha256": digest({})}


def measures_in(db: Session, case: Case, lead: Officer, entity: Entity) -> dict[str, Any]:
    act = {"case_id": case.id, "by_id": lead.id, "by_person_id": lead.person_id, "at": AT}
    held = MeasureHold(
        measure="guidance", authority="By order", reason="Talks", review_on=AT.date(), **act
    )
    closing = _carried(db, entity, act)
    entry = EntityListEntry(
        entity_id=entity.id,
        motion_closing_id=closing.id,
        country="SG",
        version=1,
        change="added",
        fields={},
        federal_register="91 FR 1",
        effective_on=AT.date(),
        **act,
    )
    db.add_all([held, entry])
    db.flush()
    return {
        "measure_hold_id": held.id,
        "closing_id": closing.id,
        "country": "SG",
        "version_id": entry.id,
        "approved_id": _recommended(db, entity, act, "referral").id,
        "measure_decision_id": _signed(db, _recommended(db, entity, act, "blocking"), act),
    }


def _recommended(db: Session, entity: Entity, act: dict[str, Any], measure: str) -> Recommendation:
    row = Recommendation(
        measure=measure,
        entity_id=entity.id,
        taken=True,
        reasons="Weighed",
        content_sha256="1" * 64,
        **act,
    )
    db.add(row)
    db.flush()
    return row


def _signed(db: Session, row: Recommendation, act: dict[str, Any]) -> UUID:
    signer = make_officer(db, Role.SIGNING_OFFICIAL, agency="STATE")
    made = MeasureDecision(
        recommendation_id=row.id,
        preparer_person_id=row.by_person_id,
        content_sha256=row.content_sha256,
        kind="not_block",
        reasons="Weighed",
        decided_on=AT.date(),
        **FROZEN,
        **act | {"by_id": signer.id, "by_person_id": signer.person_id},
    )
    db.add(made)
    db.flush()
    return made.id


def _carried(db: Session, entity: Entity, act: dict[str, Any]) -> MotionClosing:
    motion = Motion(
        question="add",
        entity_id=entity.id,
        statement="Add it.",
        circulated_on=AT.date(),
        due_on=AT.date(),
        seated=[],
        seating_reason="",
        content_sha256="2" * 64,
        **act,
    )
    db.add(motion)
    db.flush()
    closing = MotionClosing(
        motion_id=motion.id,
        outcome="carried",
        decision="el_add",
        tally={},
        closed_on=AT.date(),
        **FROZEN,
        **act,
    )
    db.add(closing)
    db.flush()
    return closing
