"""A case at the stage of the public list, with an attacker identified and everything answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from casework.access import Role
from casework.listing.actions.permissions import Leave, record_permission
from casework.listing.actions.proposals import propose
from casework.listing.actions.publication import publish
from casework.listing.entry import CORRECTION, Line, Words
from casework.statute.loader import load_pack
from models import (
    Case,
    CaseSubject,
    Entity,
    EntityName,
    Exhibit,
    Incident,
    IncidentParty,
    ListProposal,
    ListPublication,
    Marking,
    Officer,
    OwnerPermission,
    Source,
    StageRecord,
)
from tests.cases import ready
from tests.factories import (
    AT,
    TEXT_VERSION,
    add_member,
    make_case,
    make_entity,
    make_exhibit,
    make_incident,
    make_officer,
)
from tests.plain_report import OWNER

PACK = load_pack(TEXT_VERSION)
ON = date(2026, 11, 24)
ENACTED = date(2026, 6, 1)
LIST_STAGE = next(row.id for row in PACK.stages.values() if "list_add" in row.decisions)
TEXT = "It queried the model through about 340 accounts."


@dataclass
class World:
    db: Session
    case: Case
    entity: Entity
    incident: Incident
    exhibit: Exhibit
    preparer: Officer
    publisher: Officer

    @property
    def volumes(self) -> str:
        return f"{self.incident.reference}#volumes"

    def words(self, *lines: Line, **changes: Any) -> Words:
        fields: dict[str, Any] = {
            "part": "conducted",
            "reading": "determination",
            "lines": lines or (Line(TEXT, (self.volumes,)),),
            "privacy": "",
            "correction": CORRECTION,
            **changes,
        }
        return Words(**fields)

    def propose(self, words: Words | None = None, **changes: Any) -> ListProposal:
        fields: dict[str, Any] = {"supersedes": None, "by": self.preparer, "at": AT, **changes}
        return propose(
            self.db, self.case, entity=self.entity, words=words or self.words(), **fields
        )

    def publish(self, proposal: ListProposal, **changes: Any) -> ListPublication:
        fields: dict[str, Any] = {
            "content_sha256": proposal.content_sha256,
            "enacted": ENACTED,
            "by": self.publisher,
            "at": AT + timedelta(minutes=1),
            "on": ON,
            **changes,
        }
        return publish(self.db, self.case, proposal, **fields)

    def permit(self, **changes: Any) -> OwnerPermission:
        given: dict[str, Any] = {
            "owner": OWNER,
            "product": "list",
            "ref": self.volumes,
            "wording": TEXT,
            "given_by": "A. Example, general counsel",
            "given_on": ON,
            **changes,
        }
        return record_permission(self.db, self.case, Leave(**given), by=self.preparer, at=AT, on=ON)

    def name(self, text: str, kind: str, language: str = "") -> None:
        self.db.add(
            EntityName(
                entity_id=self.entity.id, position=9, text=text, kind=kind, language=language,
                folded=text.casefold(), source=a_source(),
            )
        )  # fmt: skip
        self.db.flush()
        self.db.refresh(self.entity)


def a_source(**changes: Any) -> Source:
    fields = {"title": "Register", "publisher": "", "url": "", "basis": "registry", "note": ""}
    return Source(**{**fields, **changes})


def build(
    db: Session,
    *,
    name: str = "Orchid Compute Ltd",
    training: bool = False,
    kind: str = "identify_mea",
    last_attack: date = ON,
    recommended: bool = True,
) -> World:
    """Everything is on record but a proposal and a permission; the report is confidential."""
    lead = make_officer(db, Role.CASE_OFFICER, Role.ANALYST)
    reader = make_officer(db, Role.REVIEWER)
    preparer = make_officer(db, Role.RECORDS_OFFICER, agency="STATE")
    publisher = make_officer(db, Role.SIGNING_OFFICIAL, agency="STATE")
    entity = make_entity(db, lead, name, country="CN", training=training)
    incident = make_incident(db, lead, training=training)
    db.add(IncidentParty(incident_id=incident.id, entity_id=entity.id, role="querier", note=""))
    mark(db, incident, "volumes", secret=True)
    mark(db, incident, "claim", secret=False)
    case = make_case(
        db, lead, incidents=[incident], members=[reader, preparer, publisher], training=training
    )
    subject = CaseSubject(
        case_id=case.id, entity_id=entity.id, role="querier", examined=True, note=""
    )
    db.add(subject)
    exhibit = make_exhibit(db, case, lead, basis="public_reporting", received_from="A newspaper")
    ready.answer_all(db, case, entity, lead, reader)
    db.add(
        StageRecord(
            **ready.act(case, lead), kind="last_attack", outcome=str(entity.id),
            happened_on=last_attack, note="As exhibit 1 shows.", citation="",
        )
    )  # fmt: skip
    ready.determine(db, case, entity, lead, kind)
    if recommended:
        ready.recommend(db, case, "attackers_list", lead, reader)
    case.stage = LIST_STAGE
    db.flush()
    return World(db, case, entity, incident, exhibit, preparer, publisher)


def mark(db: Session, incident: Incident, item: str, *, secret: bool) -> Marking:
    row = Marking(
        incident_id=incident.id, item=item, owner_confidential=secret, trade_secret=False,
        tlp="TLP:AMBER", cui_category="",
    )  # fmt: skip
    db.add(row)
    db.flush()
    db.expire(incident, ["markings"])
    return row


def member(world: World, *roles: str, agency: str = "STATE") -> Officer:
    officer = make_officer(world.db, *roles, agency=agency)
    add_member(world.db, world.case, officer)
    return officer
