"""Rows of a case as plain JSON values.

Times are ISO 8601 in UTC, days local Washington days, absent values null; nothing is a float,
so that the canonical form is the same everywhere.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from casework.findings.queries import standing_of
from casework.screening.ownership_input import plain
from casework.screening.queries.affiliates import Affiliate
from casework.statute.elements import Evaluation
from models import Entity, Exhibit, Finding, Incident, Motion, Officer, Recommendation, Relation


def entity_part(entity: Entity) -> dict[str, Any]:
    """The entity with the names and countries that stand; a withdrawn fact is none."""
    return {
        "id": str(entity.id),
        "name": entity.name,
        "kind": entity.kind,
        "version": entity.version,
        "names": [
            {"text": row.text, "kind": row.kind, "language": row.language}
            for row in entity.names
            if row.withdrawn_at is None
        ],
        "countries": sorted(
            {f"{row.country} {row.tie}" for row in entity.countries if row.withdrawn_at is None}
        ),
    }


def incident_part(row: Incident) -> dict[str, Any]:
    words = ("reference", "version", "title", "narrative", "reporter_name", "owner_name")
    claim = ("model_name", "accuser", "allegation", "confidence", "verified", "claim_status")
    answer = ("response", "response_text", "response_source")
    return {name: getattr(row, name) for name in (*words, *claim, *answer)} | {
        "alleged_on": day(row.alleged_on),
        "response_on": day(row.response_on),
        "window": [day(row.window_start), day(row.window_end)],
        "parties": sorted([str(party.entity_id), party.role] for party in row.parties),
    }


def exhibit_part(row: Exhibit) -> dict[str, Any]:
    words = ("number", "version", "title", "description", "bearing", "basis", "received_from")
    place = ("file_name", "size", "sha256", "custodian", "system", "registry_number")
    return {name: getattr(row, name) for name in (*words, *place)} | {
        "dated_on": day(row.dated_on),
        "received_at": moment(row.received_at),
    }


def finding_part(row: Finding) -> dict[str, Any]:
    words = ("element", "revision", "answer", "reasons", "innocent_explanation", "confidence")
    return {name: getattr(row, name) for name in words} | {
        "subject": str(row.entity_id) if row.entity_id else None,
        "standing": str(standing_of(row)),
        "citations": [
            {"exhibit": cited.exhibit.number, "pinpoint": cited.pinpoint, "bearing": cited.bearing}
            for cited in row.citations
        ],
        "reviews": [act_part(review, "agrees", "dissent") for review in row.reviews],
        **signed_part(row.by, row.at),
    }


def recommendation_part(row: Recommendation, state: str) -> dict[str, Any]:
    return {
        "measure": row.measure,
        "subject": str(row.entity_id) if row.entity_id else None,
        "taken": row.taken,
        "reasons": row.reasons,
        "particulars": row.particulars,
        "content_sha256": row.content_sha256,
        "state": state,
        "considerations": [
            {"item": each.item, "applies": each.applies, "text": each.text}
            for each in row.considerations
        ],
        "decisions": [act_part(each, "approved", "reasons") for each in row.decisions],
        **signed_part(row.by, row.at),
    }


def affiliate_part(row: Affiliate) -> dict[str, Any]:
    """An affiliate with the relations that carry it, each with its source."""
    found = row.result
    return {
        "id": str(row.entity.id),
        "name": row.entity.name,
        "answer": found.answer,
        "aggregate_min": plain(found.least),
        "aggregate_max": plain(found.most),
        "flags": list(found.flags),
        "relations": [_relation_part(each) for each in row.relations],
    }


def _relation_part(row: Relation) -> dict[str, Any]:
    least, most = row.percent_min, row.percent_max
    return {
        "id": str(row.id),
        "owner": row.owner.name,
        "owned": row.owned.name,
        "percent_min": None if least is None else plain(least),
        "percent_max": None if most is None else plain(most),
        "starts_on": day(row.starts_on),
        "ends_on": day(row.ends_on),
        "source": row.source.title,
    }


def motion_part(row: Motion) -> dict[str, Any]:
    """A motion and how it ended. While it is open, nothing of its ballots, not even a count."""
    closing = row.closing
    return {
        "id": str(row.id),
        "question": row.question,
        "subject": str(row.entity_id),
        "statement": row.statement,
        "content_sha256": row.content_sha256,
        "circulated_on": day(row.circulated_on),
        "closing": None
        if closing is None
        else {
            "outcome": closing.outcome,
            "decision": closing.decision,
            "closed_on": day(closing.closed_on),
            "record_sha256": closing.record_sha256,
        },
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


def act_part(row: Any, *words: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in words} | signed_part(row.by, row.at)


def signed_part(by: Officer, at: datetime) -> dict[str, Any]:
    return {"by": by.name, "agency": by.agency, "person": str(by.person_id), "at": moment(at)}


def day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="microseconds")
