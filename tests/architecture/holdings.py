"""What a case of the access matrix holds: acts, an exhibit, a packet, facts about entities."""

from __future__ import annotations

import hashlib
import io
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from casework.decisions.record import digest
from casework.evidence.actions import receive_file
from casework.evidence.facts import Description
from casework.evidence.store import BlobStore
from casework.packets.actions import keep_rendered, prepare_packet
from casework.packets.render import Rendered
from models import (
    Case,
    Determination,
    Entity,
    EntityName,
    Exhibit,
    Officer,
    Packet,
    PositionRequest,
    Recommendation,
    Relation,
    Source,
    Task,
)
from tests.factories import AT


def rendered(pdf: bytes) -> Rendered:
    return Rendered(pdf=pdf, sha256=hashlib.sha256(pdf).hexdigest(), pages=1, isolated=True)


def act_in(db: Session, case: Case, lead: Officer, entity: Entity) -> None:
    act = {"case_id": case.id, "by_id": lead.id, "by_person_id": lead.person_id, "at": AT}
    record: dict[str, Any] = {
        "findings": [],
        "incidents": [],
        "exhibits": [],
        "conclusions": {"as_reviewed": {}},
    }
    db.add_all(
        [
            Task(
                case_id=case.id,
                title="Ask the owner",
                assignee_id=lead.id,
                created_by_id=lead.id,
                created_at=AT,
            ),
            PositionRequest(agency="STATE", due_on=date(2027, 1, 4), **act),
            Recommendation(
                measure="entity_list",
                entity_id=entity.id,
                taken=True,
                reasons="Weighed",
                content_sha256="0" * 64,
                **act,
            ),
            Determination(
                entity_id=entity.id,
                stage="S6",
                kind="no_finding",
                reasons="Weighed",
                decided_on=AT.date(),
                record=record,
                record_sha256=digest(record),
                **act,
            ),
        ]
    )
    db.flush()


def exhibit(db: Session, store: BlobStore, case: Case, lead: Officer) -> Exhibit:
    described = Description(
        title="Log", bearing="supports", basis="owner_telemetry", received_from="Owner"
    )
    return receive_file(
        db,
        store,
        case,
        described,
        io.BytesIO(b"account\n1\n"),
        file_name="log.csv",
        cap=1000,
        by=lead,
        at=AT,
    )


def packet(db: Session, store: BlobStore, case: Case, lead: Officer) -> Packet:
    made = prepare_packet(db, case, recipient="justice", purpose="To look into it", by=lead, at=AT)
    drawn = rendered(b"%PDF-1.7 drawn")
    keep_rendered(db, store, made.id, drawn, at=AT)
    return made


def second_name(db: Session, entity: Entity) -> UUID:
    """A name that may be withdrawn, since another stands."""
    name = EntityName(
        entity_id=entity.id,
        position=1,
        text="Orchid",
        kind="alias",
        language="",
        folded="orchid",
        source=_source(),
    )
    db.add(name)
    db.flush()
    return name.id


def relation(db: Session, first: Entity, second: Entity) -> UUID:
    made = Relation(from_id=first.id, to_id=second.id, kind="owns", note="", source=_source())
    db.add(made)
    db.flush()
    return made.id


def _source() -> Source:
    return Source(title="Register", publisher="", url="", basis="owner_telemetry", note="")
