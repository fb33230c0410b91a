"""An invented case in which every part of a packet has something to say."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from casework.access import Role
from models import (
    Case,
    Entity,
    EntityName,
    Exhibit,
    Incident,
    Marking,
    Officer,
    Relation,
)
from tests.factories import make_case, make_entity, make_exhibit, make_incident, make_officer
from tests.packets_record.rich_parts import (
    RichCase,
    add_findings,
    add_positions,
    add_recommendations,
)

QUERIER, HOLDING = "Northern Lantern Intelligence Co., Ltd.", "Lantern Consolidated Holdings"
CHINESE = "北灯智能科技（示例）有限公司"


def make_rich_case(db: Session, *, review_on: date | None = None) -> RichCase:
    preparer = make_officer(db, Role.CASE_OFFICER, name="Dana Whitfield")
    issuer = make_officer(db, Role.RECORDS_OFFICER, name="Jonas Okafor")
    analyst = make_officer(db, Role.ANALYST, name="Ana Rivera")
    reader = make_officer(db, Role.REVIEWER, name="Mara Castellanos")
    querier, holding = _entities(db, preparer)
    incident = _incident(db, preparer, querier)
    case = make_case(
        db,
        preparer,
        incidents=[incident],
        subjects=[querier],
        members=[analyst, reader, issuer],
        summary="Lantern Models alleges copying.\n\nThe accused denies it.",
        next_review_on=review_on,
    )
    exhibit = make_exhibit(db, case, analyst)
    contrary = make_exhibit(
        db, case, analyst, title="Contract of an evaluation firm", bearing="contrary", content=b"c"
    )
    rich = RichCase(
        case,
        preparer,
        issuer,
        analyst,
        reader,
        querier,
        holding,
        incident,
        exhibit,
        contrary,
        _pointer(db, case, analyst),
    )
    add_findings(db, rich)
    add_positions(db, rich)
    add_recommendations(db, rich)
    db.flush()
    return rich


def _entities(db: Session, officer: Officer) -> tuple[Entity, Entity]:
    querier = make_entity(db, officer, QUERIER, country="CN")
    holding = make_entity(db, officer, HOLDING, country="HK")
    source_id = querier.names[0].source_id
    db.add(
        EntityName(
            entity_id=querier.id,
            source_id=source_id,
            position=1,
            text=CHINESE,
            kind="alias",
            language="zh-Hans",
            folded=CHINESE,
        )
    )
    db.add(
        Relation(
            source_id=source_id,
            from_id=holding.id,
            to_id=querier.id,
            kind="owns",
            percent_min=Decimal(51),
            percent_max=Decimal(75),
            note="",
        )
    )
    db.flush()
    return querier, holding


def _incident(db: Session, officer: Officer, querier: Entity) -> Incident:
    incident = make_incident(
        db,
        officer,
        parties=[(querier, "querier")],
        exchanges=16_000_000,
        exchanges_qualifier="over",
        response="denies",
        response_text="The firm says that it trained on its own data.",
        response_on=date(2026, 6, 20),
        response_source="Statement of the firm",
    )
    for item in ("model", "window", "volumes", "conduct", "claim", "sources"):
        secret = item == "volumes"
        db.add(
            Marking(
                incident_id=incident.id,
                item=item,
                owner_confidential=secret,
                trade_secret=False,
                tlp="TLP:AMBER" if secret else "TLP:CLEAR",
                cui_category="PROPIN" if secret else "",
            )
        )
    return incident


def _pointer(db: Session, case: Case, officer: Officer) -> Exhibit:
    return make_exhibit(
        db,
        case,
        officer,
        title="Held elsewhere",
        sha256=None,
        size=None,
        blob_key=None,
        custodian="Registry of the agency",
        system="High side",
        registry_number="R-17",
        media_type="",
        file_name="",
        malware="not_applicable",
    )
