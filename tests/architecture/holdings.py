"""What a case of the access matrix holds: acts, an exhibit, a packet, facts about entities."""

from __future__ import annotations

import hashlib
import io
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.access import Role
from casework.decisions.record import digest
from casework.evidence.actions.exhibits import receive_file
from casework.evidence.actions.uploads import open_upload
from casework.evidence.facts import Announced, Description
from casework.evidence.pieces import PIECE
from casework.evidence.store import BlobStore
from casework.packets.actions import keep_rendered, prepare_packet
from casework.packets.render import Rendered
from casework.reports.actions.editions import Order, prepare_report
from casework.reports.actions.editions import keep_rendered as keep_report
from casework.statute.loader import load_pack
from models import (
    Case,
    Determination,
    Disposition,
    Entity,
    EntityMerge,
    EntityName,
    Escalation,
    Exhibit,
    Incident,
    LegalHold,
    ListProposal,
    ListPublication,
    Marking,
    Motion,
    Officer,
    OwnerPermission,
    Packet,
    Petition,
    PetitionDecision,
    PositionRequest,
    Postponement,
    Recommendation,
    Relation,
    Report,
    Source,
    SubmitterNotice,
    Task,
    WatchlistEdition,
)
from tests.factories import AT, make_case, make_officer
from tests.listing.content import content


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


def vote(db: Session, case: Case, entity: Entity) -> dict[str, UUID]:
    """An open vote with a request to put it off, and the coordination taken up the ladder."""
    by = make_officer(db, Role.AGENCY_DELEGATE, agency="ENERGY")
    act = {"case_id": case.id, "by_id": by.id, "by_person_id": by.person_id, "at": AT}
    motion = Motion(
        question="add",
        entity_id=entity.id,
        statement="Add it.",
        circulated_on=AT.date(),
        due_on=date(2999, 1, 4),
        seated=[],
        seating_reason="",
        content_sha256="0" * 64,
        **act,
    )
    db.add(motion)
    db.flush()
    later = Postponement(motion_id=motion.id, until=date(2999, 2, 4), reason="Facts", **act)
    up = Escalation(
        agency="ENERGY", level="ACEP", reason="Facts", raised_on=AT.date(), due_on=None, **act
    )
    db.add_all([later, up])
    db.flush()
    return {"motion_id": motion.id, "postponement_id": later.id, "escalation_id": up.id}


def listed(db: Session, case: Case, lead: Officer, entity: Entity) -> dict[str, UUID]:
    """A permission, and an entry of the public list that was published."""
    act = {"case_id": case.id, "by_id": lead.id, "by_person_id": lead.person_id, "at": AT}
    leave = OwnerPermission(
        owner="Lantern Models", product="list", ref="exhibit:1", wording="It queried the model.",
        given_by="Counsel", given_on=AT.date(), **act,
    )  # fmt: skip
    found = db.scalars(sa.select(Determination.id).where(Determination.case_id == case.id)).first()
    proposal = ListProposal(
        entity_id=entity.id, determination_id=found, content=content(), content_sha256="0" * 64,
        **act,
    )  # fmt: skip
    db.add_all([leave, proposal])
    db.flush()
    by = make_officer(db, Role.SIGNING_OFFICIAL, agency="STATE")
    shown = ListPublication(
        proposal_id=proposal.id, preparer_person_id=lead.person_id, content_sha256="0" * 64,
        published_on=AT.date(), record={}, record_sha256="0" * 64,
        **{**act, "by_id": by.id, "by_person_id": by.person_id},
    )  # fmt: skip
    db.add(shown)
    db.flush()
    return {"permission_id": leave.id, "proposal_id": proposal.id, "publication_id": shown.id}


def public_entry(db: Session, lead: Officer, entity: Entity) -> UUID:
    """An invented entry, which the public page of a test shows."""
    case = make_case(db, lead, subjects=[entity], training=True)
    act_in(db, case, lead, entity)
    return listed(db, case, lead, entity)["publication_id"]


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


def upload(db: Session, case: Case, by: Officer) -> UUID:
    """A file of two pieces that the officer began to send."""
    described = Description(
        title="Log", bearing="supports", basis="owner_telemetry", received_from="Owner"
    )
    announced = Announced(file_name="log.csv", size=PIECE + 1)
    return open_upload(db, case, described, announced, cap=PIECE * 2, by=by, at=AT).id


def marking_of_exhibit(db: Session, case: Case) -> UUID:
    wanted = sa.select(Marking.id).join(Exhibit, Exhibit.id == Marking.exhibit_id)
    return db.scalars(wanted.where(Exhibit.case_id == case.id)).first()


def notice(db: Session, case: Case, incident: Incident, lead: Officer) -> UUID:
    act = {"case_id": case.id, "by_id": lead.id, "by_person_id": lead.person_id, "at": AT}
    made = SubmitterNotice(
        incident_id=incident.id,
        requested_by="A newspaper",
        described="The volumes",
        items=[f"{incident.reference}#volumes"],
        sent_on=AT.date(),
        due_on=date(2026, 12, 9),
        **act,
    )
    db.add(made)
    db.flush()
    return made.id


def packet(db: Session, store: BlobStore, case: Case, lead: Officer) -> Packet:
    made = prepare_packet(db, case, recipient="justice", purpose="To look into it", by=lead, at=AT)
    drawn = rendered(b"%PDF-1.7 drawn")
    keep_rendered(db, store, made.id, drawn, at=AT)
    return made


def report(db: Session, store: BlobStore, case: Case, lead: Officer) -> Report:
    """A drawn edition of a report about the case."""
    order = Order(
        report=(pack := load_pack(case.text_version)).reports["R6"],
        pack=pack,
        training=case.training,
        cases=sa.select(Case),
        case=case,
    )
    made = prepare_report(db, order, by=lead, at=AT, on=AT.date())
    keep_report(db, store, made.id, rendered(b"%PDF-1.7 report"), at=AT)
    return made


def kept_in(db: Session, case: Case, lead: Officer, entity: Entity) -> dict[str, UUID]:
    """An answered petition, a legal hold and a proposed disposition, as addresses name them."""
    act = {"case_id": case.id, "by_id": lead.id, "by_person_id": lead.person_id, "at": AT}
    petition = Petition(
        entity_id=entity.id,
        measure="attackers_list",
        asks="lift",
        petitioner="Counsel",
        text="It is another firm.",
        received_on=AT.date(),
        **act,
    )
    hold = LegalHold(authority="Court", reason="Litigation", **act)
    content: dict[str, Any] = {"item": "case_file", "exhibits": []}
    proposal = Disposition(
        authority="Schedule",
        reason="Over",
        content=content,
        content_sha256=digest(content),
        **act,
    )
    db.add_all([petition, hold, proposal])
    db.flush()
    answered_by = make_officer(db, "reviewer")
    answer = PetitionDecision(
        petition_id=petition.id,
        outcome="deny",
        reasons="Weighed",
        decided_on=AT.date(),
        record={},
        record_sha256=digest({}),
        **act | {"by_id": answered_by.id, "by_person_id": answered_by.person_id},
    )
    db.add(answer)
    db.flush()
    return {"petition_id": petition.id, "hold_id": hold.id, "disposition_id": proposal.id}


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


def merge(db: Session, kept: Entity, merged: Entity, by: Officer) -> UUID:
    """A merge that waits for a second person, so that all else reads as without it."""
    row = EntityMerge(
        kept_id=kept.id,
        merged_id=merged.id,
        reason="The same registration",
        by_id=by.id,
        by_person_id=by.person_id,
        at=AT,
    )
    db.add(row)
    db.flush()
    return row.id


def list_edition(db: Session, source: str) -> None:
    """The first edition of a list of others, without entries."""
    db.add(
        WatchlistEdition(
            source=source,
            number=1,
            label="2026-11-24",
            sha256="0" * 64,
            files=[],
            state="complete",
            imported_at=AT,
        )
    )
    db.flush()
