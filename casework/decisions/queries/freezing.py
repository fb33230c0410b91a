"""Collect, as plain JSON values, everything that lies before a decider.

Times are ISO 8601 in UTC, days local Washington days, absent values null; nothing is a float,
so that the canonical form is the same everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from casework.findings.queries import current_findings, examined, standing_of, statements_of
from casework.legislation.queries import newest_attachment
from casework.statute.elements import Evaluation
from models import (
    AgencyPosition,
    Case,
    CaseIncident,
    Entity,
    Exhibit,
    Finding,
    Incident,
    Officer,
    PositionRequest,
    Recommendation,
    ResponseWindow,
    StageRecord,
)


def record_before(session: Session, case: Case, entity: Entity) -> dict[str, Any]:
    """The facts and findings as they stand now for a decision about `entity`; what follows from
    them and what was recommended is added by whoever decides.
    """
    findings = [row for row in current_findings(session, case) if _concerns(row, entity)]
    return {
        "case": _case(session, case),
        "subject": _entity(entity),
        "subjects": [_entity(row.entity) | {"role": row.role} for row in examined(session, case)],
        "incidents": [_incident(row) for row in _incidents(session, case)],
        "exhibits": [_exhibit(row) for row in _exhibits(session, case)],
        "findings": [_finding(row) for row in findings],
        "purpose_statements": [
            _act(row, "text", "factors", "innocent_explanation")
            for row in statements_of(session, case, entity)
        ],
        **_coordination(session, case, entity),
    }


def _concerns(row: Finding, entity: Entity) -> bool:
    return row.entity_id in {None, entity.id}


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


def _entity(entity: Entity) -> dict[str, Any]:
    return {
        "id": str(entity.id),
        "name": entity.name,
        "kind": entity.kind,
        "version": entity.version,
        "names": [
            {"text": row.text, "kind": row.kind, "language": row.language} for row in entity.names
        ],
        "countries": sorted({f"{row.country} {row.tie}" for row in entity.countries}),
    }


def _incidents(session: Session, case: Case) -> Iterable[Incident]:
    return session.scalars(
        sa.select(Incident)
        .join(CaseIncident, CaseIncident.incident_id == Incident.id)
        .where(CaseIncident.case_id == case.id)
        .options(selectinload(Incident.parties))
        .order_by(Incident.reference)
    )


def _incident(row: Incident) -> dict[str, Any]:
    words = ("reference", "version", "title", "narrative", "reporter_name", "owner_name")
    claim = ("model_name", "accuser", "allegation", "confidence", "verified", "claim_status")
    answer = ("response", "response_text", "response_source")
    return {name: getattr(row, name) for name in (*words, *claim, *answer)} | {
        "alleged_on": _day(row.alleged_on),
        "response_on": _day(row.response_on),
        "window": [_day(row.window_start), _day(row.window_end)],
        "parties": sorted([str(party.entity_id), party.role] for party in row.parties),
    }


def _exhibits(session: Session, case: Case) -> Iterable[Exhibit]:
    return session.scalars(
        sa.select(Exhibit).where(Exhibit.case_id == case.id).order_by(Exhibit.number)
    )


def _exhibit(row: Exhibit) -> dict[str, Any]:
    words = ("number", "version", "title", "description", "bearing", "basis", "received_from")
    place = ("file_name", "size", "sha256", "custodian", "system", "registry_number")
    return {name: getattr(row, name) for name in (*words, *place)} | {
        "dated_on": _day(row.dated_on),
        "received_at": _moment(row.received_at),
    }


def _finding(row: Finding) -> dict[str, Any]:
    words = ("element", "revision", "answer", "reasons", "innocent_explanation", "confidence")
    return {name: getattr(row, name) for name in words} | {
        "subject": str(row.entity_id) if row.entity_id else None,
        "standing": str(standing_of(row)),
        "citations": [
            {"exhibit": cited.exhibit.number, "pinpoint": cited.pinpoint, "bearing": cited.bearing}
            for cited in row.citations
        ],
        "reviews": [_act(review, "agrees", "dissent") for review in row.reviews],
        **_signed(row.by, row.at),
    }


def _coordination(session: Session, case: Case, entity: Entity) -> dict[str, Any]:
    windows = session.scalars(_acts(ResponseWindow, case).where(_about(entity)))
    return {
        "agencies_asked": [
            {"agency": row.agency, "due_on": _day(row.due_on)}
            for row in session.scalars(_acts(PositionRequest, case))
        ],
        "positions": [
            _act(row, "agency", "position", "comment")
            for row in session.scalars(_acts(AgencyPosition, case))
        ],
        "responses": [
            _act(row, "step", "text") | {"closes_on": _day(row.closes_on)} for row in windows
        ],
        "stage_records": [
            _act(row, "kind", "outcome", "note") | {"happened_on": _day(row.happened_on)}
            for row in session.scalars(_acts(StageRecord, case))
        ],
    }


def _about(entity: Entity) -> sa.ColumnElement[bool]:
    return ResponseWindow.entity_id == entity.id


def _act(row: Any, *words: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in words} | _signed(row.by, row.at)


def _acts(table: Any, case: Case) -> sa.Select[Any]:
    return (
        sa.select(table)
        .where(table.case_id == case.id)
        .options(*([joinedload(table.by)] if hasattr(table, "by") else []))
        .order_by(table.at, table.id)
    )


def recommendation_part(row: Recommendation, state: str) -> dict[str, Any]:
    return {
        "measure": row.measure,
        "subject": str(row.entity_id) if row.entity_id else None,
        "taken": row.taken,
        "reasons": row.reasons,
        "content_sha256": row.content_sha256,
        "state": state,
        "considerations": [
            {"item": each.item, "applies": each.applies, "text": each.text}
            for each in row.considerations
        ],
        "decisions": [_act(each, "approved", "reasons") for each in row.decisions],
        **_signed(row.by, row.at),
    }


def evaluation_part(evaluation: Evaluation) -> dict[str, Any]:
    return {
        name: {
            "value": value,
            "because": [
                {"element": each.element, "citation": each.citation, "answer": each.answer}
                for each in evaluation.because[name]
            ],
        }
        for name, value in evaluation.values.items()
    }


def _signed(by: Officer, at: datetime) -> dict[str, Any]:
    return {"by": by.name, "agency": by.agency, "person": str(by.person_id), "at": _moment(at)}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
