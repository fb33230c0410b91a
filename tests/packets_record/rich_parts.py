"""What officers wrote in the invented case: answers, positions, recommendations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from models import (
    AgencyPosition,
    Case,
    Consideration,
    Entity,
    Exhibit,
    Finding,
    FindingCitation,
    FindingReview,
    Incident,
    Officer,
    PositionRequest,
    Recommendation,
    RecommendationDecision,
    ResponseWindow,
)
from tests.factories import AT


@dataclass(frozen=True)
class RichCase:
    case: Case
    preparer: Officer
    issuer: Officer
    analyst: Officer
    reader: Officer
    querier: Entity
    holding: Entity
    incident: Incident
    exhibit: Exhibit
    contrary: Exhibit
    pointer: Exhibit


def act(officer: Officer, case: Case, *, days: int = 1) -> dict[str, Any]:
    return {
        "case_id": case.id,
        "by_id": officer.id,
        "by_person_id": officer.person_id,
        "at": AT + timedelta(days=days),
    }


def add_findings(db: Session, rich: RichCase) -> None:
    for revision, answer in ((1, "insufficient"), (2, "met")):
        finding = Finding(
            **act(rich.analyst, rich.case, days=revision),
            entity_id=rich.querier.id,
            element="EX1",
            revision=revision,
            answer=answer,
            reasons=f"Reasons of revision {revision}.",
            innocent_explanation="An evaluation was weighed and does not fit the hours.",
            confidence="moderate",
        )
        finding.citations = [
            FindingCitation(
                position=0, exhibit=rich.exhibit, pinpoint="rows 1 to 400", bearing="supports"
            ),
            FindingCitation(
                position=1, exhibit=rich.contrary, pinpoint="page 2", bearing="contrary"
            ),
        ]
        db.add(finding)
        db.flush()
    for officer, agrees in ((rich.reader, True), (rich.issuer, False)):
        db.add(
            FindingReview(
                **act(officer, rich.case, days=3),
                finding_id=finding.id,
                author_person_id=rich.analyst.person_id,
                agrees=agrees,
                dissent="" if agrees else "The evaluation firm was not counted apart.",
            )
        )


def add_positions(db: Session, rich: RichCase) -> None:
    db.add(
        ResponseWindow(
            **act(rich.preparer, rich.case, days=4),
            entity_id=rich.querier.id,
            step="answered",
            text="Counsel writes that no output was kept.",
            closes_on=None,
            exhibit_id=rich.contrary.id,
        )
    )
    for agency in ("STATE", "TREASURY"):
        due = date(2026, 12, 20)
        request = PositionRequest(**act(rich.preparer, rich.case, days=5), agency=agency)
        request.due_on = due
        db.add(request)
    db.add(
        AgencyPosition(
            **act(rich.reader, rich.case, days=6),
            agency="STATE",
            position="concur_with_comment",
            comment="Agrees; asks for the dates.",
        )
    )


def add_recommendations(db: Session, rich: RichCase) -> None:
    for measure, taken in (("entity_list", True), ("blocking", False)):
        row = Recommendation(
            **act(rich.preparer, rich.case, days=7),
            measure=measure,
            entity_id=rich.querier.id,
            taken=taken,
            reasons=f"Reasons about {measure}.",
            content_sha256="c" * 64,
        )
        if taken:
            row.considerations = [
                Consideration(
                    position=0, item="collateral", applies="yes", text="Open-source work is spared."
                )
            ]
        db.add(row)
        db.flush()
        if taken:
            db.add(
                RecommendationDecision(
                    **act(rich.reader, rich.case, days=8),
                    recommendation_id=row.id,
                    preparer_person_id=rich.preparer.person_id,
                    content_sha256=row.content_sha256,
                    approved=True,
                    reasons="The record carries it.",
                )
            )
