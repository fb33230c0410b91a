"""Cases brought to a stage with everything on record that the next steps ask for."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from casework.statute.loader import load_pack
from casework.workflow.actions.coordination import put_on_record
from models import (
    AgencyPosition,
    Case,
    CaseSubject,
    Determination,
    Entity,
    Finding,
    FindingCitation,
    FindingReview,
    Marking,
    Officer,
    PositionRequest,
    PurposeStatement,
    Recommendation,
    RecommendationDecision,
    ResponseWindow,
    StageRecord,
)
from tests.factories import AT, TEXT_VERSION, make_case, make_entity, make_exhibit, make_incident

PACK = load_pack(TEXT_VERSION)
ON = date(2026, 11, 24)
# Answers under which a subject is identified, may be listed and reaches the vote.
ATTACK = {
    element.id: "not_met" if element.id in {"XC1", "FX1"} else "met"
    for element in PACK.elements.values()
    if not element.derived_from and not element.falls_back_to
}


def act(case: Case, by: Officer, **fields: Any) -> dict[str, Any]:
    return {"case_id": case.id, "by_id": by.id, "by_person_id": by.person_id, "at": AT, **fields}


def make_marked_case(db: Session, lead: Officer, **changes: Any) -> tuple[Case, Entity]:
    """A case with one marked report, one examined subject and one exhibit."""
    entity = make_entity(db, lead)
    incident = make_incident(db, lead)
    db.add(
        Marking(
            incident_id=incident.id,
            item="volumes",
            owner_confidential=False,
            trade_secret=False,
            tlp="TLP:AMBER",
            cui_category="",
        )
    )
    case = make_case(db, lead, incidents=[incident], **changes)
    db.add(
        CaseSubject(case_id=case.id, entity_id=entity.id, role="querier", examined=True, note="")
    )
    make_exhibit(db, case, lead)
    db.flush()
    return case, entity


def answer_all(
    db: Session,
    case: Case,
    entity: Entity,
    author: Officer,
    reader: Officer,
    *,
    but: Collection[str] = (),
) -> list[Finding]:
    """Every element answered, cited where met, and agreed with by the reader; `but` are left."""
    exhibit = make_exhibit(db, case, author)
    findings = []
    for element, answer in ATTACK.items():
        if element in but:
            continue
        scope = PACK.elements[element].scope
        finding = Finding(
            **act(case, author),
            entity_id=entity.id if scope == "subject" else None,
            element=element,
            revision=1,
            answer=answer,
            reasons="As exhibit 2 shows.",
            innocent_explanation="Weighed and not borne out.",
            confidence="high",
        )
        db.add(finding)
        db.flush()
        if answer == "met":
            db.add(
                FindingCitation(
                    finding_id=finding.id,
                    exhibit_id=exhibit.id,
                    pinpoint="row 1",
                    bearing="supports",
                )
            )
        db.add(review(case, finding, reader))
        findings.append(finding)
    db.flush()
    return findings


def review(case: Case, finding: Finding, reader: Officer, *, agrees: bool = True) -> FindingReview:
    return FindingReview(
        **act(case, reader),
        finding_id=finding.id,
        author_person_id=finding.by_person_id,
        agrees=agrees,
        dissent="" if agrees else "Row 1 shows another account.",
    )


def hear(db: Session, case: Case, entity: Entity, by: Officer, *steps: str) -> None:
    for place, step in enumerate(steps):
        fields = act(case, by, at=AT + timedelta(minutes=place))
        db.add(ResponseWindow(**fields, entity_id=entity.id, step=step, text="As filed."))
    db.flush()


def state_purpose(db: Session, case: Case, entity: Entity, by: Officer) -> None:
    db.add(
        PurposeStatement(
            **act(case, by),
            entity_id=entity.id,
            text="Each factor was weighed.",
            innocent_explanation="Research use was weighed.",
        )
    )
    db.flush()


def collect_positions(db: Session, case: Case, by: Officer) -> None:
    for agency in PACK.members("oc"):
        db.add(PositionRequest(**act(case, by), agency=agency, due_on=ON))
        db.add(AgencyPosition(**act(case, by), agency=agency, position="concur", comment=""))
    db.flush()


def determine(
    db: Session, case: Case, entity: Entity, by: Officer, kind: str = "identify_mea"
) -> None:
    db.add(
        Determination(
            **act(case, by),
            entity_id=entity.id,
            stage="S7b",
            kind=kind,
            reasons="For the reasons in the record.",
            decided_on=ON,
            record={},
            record_sha256="0" * 64,
        )
    )
    db.flush()


def recommend(db: Session, case: Case, measure: str, by: Officer, approver: Officer) -> None:
    digest = uuid4().hex * 2
    row = Recommendation(
        **act(case, by), measure=measure, taken=True, reasons="Needed.", content_sha256=digest
    )
    db.add(row)
    db.flush()
    db.add(
        RecommendationDecision(
            **act(case, approver),
            recommendation_id=row.id,
            preparer_person_id=row.by_person_id,
            content_sha256=digest,
            approved=True,
            reasons="Agreed.",
        )
    )
    db.flush()


def note(
    db: Session, case: Case, by: Officer, kind: str, outcome: str, *, at: datetime = AT
) -> None:
    """Put something on record through the action itself."""
    put_on_record(
        db,
        case,
        kind=kind,
        outcome=outcome,
        happened_on=ON,
        note="As filed.",
        by=by,
        at=at,
        on=ON,
    )


def old_record(db: Session, case: Case, by: Officer, kind: str, outcome: str) -> None:
    """A row of before the fact had pages of its own; it is still read."""
    fields = {"kind": kind, "outcome": outcome, "happened_on": ON, "note": "As filed."}
    db.add(StageRecord(**act(case, by), **fields, citation="4(f)"))
    db.flush()
