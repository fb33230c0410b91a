"""Collect what lies before a decider, and seal it: one way for every decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from casework.decisions.queries.decisions import (
    conclusions_of,
    identified,
    recommendations_of,
    state_of,
)
from casework.decisions.queries.record_parts import (
    act_part,
    affiliate_part,
    day,
    entity_part,
    evaluation_part,
    exhibit_part,
    finding_part,
    incident_part,
    motion_part,
    recommendation_part,
)
from casework.decisions.record import FORMAT, digest
from casework.findings.queries import current_findings, examined, statements_of
from casework.legislation.queries import newest_attachment
from casework.screening.queries.affiliates import affiliates_of
from casework.workflow.queries.standing import record_of
from casework.workflow.record import Record
from models import (
    AgencyPosition,
    Case,
    CaseIncident,
    Entity,
    Exhibit,
    Finding,
    Incident,
    Motion,
    Officer,
    OwnerPermission,
    PermissionRevocation,
    PositionRequest,
    ResponseWindow,
    StageRecord,
)

__all__ = ["Frozen", "freeze", "present_record", "recommendation_part", "record_before"]


@dataclass(frozen=True, slots=True)
class Frozen:
    record: dict[str, Any]
    sha256: str

    def columns(self) -> dict[str, Any]:
        return {"record": self.record, "record_sha256": self.sha256}


def freeze(
    session: Session,
    case: Case,
    entity: Entity | None,
    decision: Mapping[str, Any],
    *,
    by: Officer,
    on: date,
    standing: Record | None = None,
) -> Frozen:
    """What lies before a decision about `entity` (None: the case as a whole) on a local Washington
    day, with the decision itself, under one hash. Call it before the decision is added.
    """
    signer = {"by": by.name, "agency": by.agency, "person": str(by.person_id)}
    record = {
        "format": FORMAT,
        **present_record(session, case, entity, on=on, standing=standing),
        "decision": {**decision, **signer},
    }
    return Frozen(record, digest(record))


def present_record(
    session: Session,
    case: Case,
    entity: Entity | None,
    *,
    on: date,
    standing: Record | None = None,
) -> dict[str, Any]:
    """The record as it would be frozen now, without a decision."""
    return {
        **record_before(session, case, entity, on=on),
        "recommendations": [
            recommendation_part(row, state_of(row)) for row in recommendations_of(session, case)
        ],
        "conclusions": _conclusions(case, entity, standing or record_of(session, case)),
    }


def _conclusions(case: Case, entity: Entity | None, standing: Record) -> dict[str, Any]:
    if entity is None:
        return {"as_drafted": {}, "as_reviewed": {}}
    found = conclusions_of(case, entity.id, standing)
    return {
        "as_drafted": evaluation_part(found.drafted),
        "as_reviewed": evaluation_part(found.reviewed),
    }


def record_before(
    session: Session, case: Case, entity: Entity | None, *, on: date | None = None
) -> dict[str, Any]:
    """Facts and findings as they stand now for a decision about `entity`, None for the whole
    case. Affiliates are worked out for the day `on`, and left out without one.
    """
    subjects = examined(session, case)
    about = [entity] if entity else [row.entity for row in subjects]
    findings = [row for row in current_findings(session, case) if _concerns(row, entity)]
    found: dict[str, Any] = {
        "case": _case(session, case),
        "subject": entity_part(entity) if entity else None,
        "subjects": [entity_part(row.entity) | {"role": row.role} for row in subjects],
        "incidents": [incident_part(row) for row in _incidents(session, case)],
        "exhibits": [exhibit_part(row) for row in _exhibits(session, case)],
        "findings": [finding_part(row) for row in findings],
        "purpose_statements": [
            act_part(row, "text", "factors", "innocent_explanation")
            for each in about
            for row in statements_of(session, case, each)
        ],
        "permissions": _permissions(session, case),
        "motions": [motion_part(row) for row in _motions(session, case, about)],
        **_coordination(session, case, about),
    }
    if on is not None:
        owners = identified(session, case) if entity is None else [entity]
        reached = affiliates_of(session, owners, on)
        found["affiliates"] = [affiliate_part(row) for row in reached.rows]
        found["affiliates_cut"] = reached.cut
    return found


def _concerns(row: Finding, entity: Entity | None) -> bool:
    return entity is None or row.entity_id in {None, entity.id}


def _case(session: Session, case: Case) -> dict[str, Any]:
    attached = newest_attachment(session, case.text_version)
    return {
        "reference": case.reference,
        "title": case.title,
        "summary": case.summary,
        "stage": case.stage,
        "text_version": case.text_version,
        "attached_text_sha256": attached.source_sha256 if attached else None,
        "training": case.training,
    }


def _incidents(session: Session, case: Case) -> Iterable[Incident]:
    return session.scalars(
        sa.select(Incident)
        .join(CaseIncident, CaseIncident.incident_id == Incident.id)
        .where(CaseIncident.case_id == case.id)
        .options(selectinload(Incident.parties))
        .order_by(Incident.reference)
        .execution_options(populate_existing=True)
    )


def _exhibits(session: Session, case: Case) -> Iterable[Exhibit]:
    return session.scalars(
        sa.select(Exhibit).where(Exhibit.case_id == case.id).order_by(Exhibit.number)
    )


def _permissions(session: Session, case: Case) -> dict[str, int]:
    """How many permissions of owners are on record, and how many of them were taken back."""
    given = sa.select(sa.func.count()).where(OwnerPermission.case_id == case.id)
    back = sa.select(sa.func.count()).where(PermissionRevocation.case_id == case.id)
    return {"given": session.scalar(given) or 0, "revoked": session.scalar(back) or 0}


def _motions(session: Session, case: Case, about: Iterable[Entity]) -> Iterable[Motion]:
    return session.scalars(
        sa.select(Motion)
        .where(Motion.case_id == case.id, Motion.entity_id.in_([each.id for each in about]))
        .options(joinedload(Motion.closing))
        .order_by(Motion.at, Motion.id)
    )


def _coordination(session: Session, case: Case, about: Iterable[Entity]) -> dict[str, Any]:
    windows = session.scalars(
        _acts(ResponseWindow, case).where(ResponseWindow.entity_id.in_([each.id for each in about]))
    )
    return {
        "agencies_asked": [
            {"agency": row.agency, "due_on": day(row.due_on)}
            for row in session.scalars(_acts(PositionRequest, case))
        ],
        "positions": [
            act_part(row, "agency", "position", "comment")
            for row in session.scalars(_acts(AgencyPosition, case))
        ],
        "responses": [
            act_part(row, "step", "text") | {"closes_on": day(row.closes_on)} for row in windows
        ],
        "stage_records": [
            act_part(row, "kind", "outcome", "note") | {"happened_on": day(row.happened_on)}
            for row in session.scalars(_acts(StageRecord, case))
        ],
    }


def _acts(table: Any, case: Case) -> sa.Select[Any]:
    return (
        sa.select(table)
        .where(table.case_id == case.id)
        .options(*([joinedload(table.by)] if hasattr(table, "by") else []))
        .order_by(table.at, table.id)
    )
