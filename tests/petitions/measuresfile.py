"""A case with measures in force against its subject, each decided by persons of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from casework.access import Role
from casework.decisions.record import digest
from casework.petitions import actions
from casework.petitions.rules import Request
from casework.statute.loader import load_pack
from models import (
    Case,
    Determination,
    Entity,
    EntityListEntry,
    ListProposal,
    ListPublication,
    Motion,
    MotionClosing,
    Officer,
    Petition,
    PetitionDecision,
)
from tests.factories import (
    AT,
    TEXT_VERSION,
    add_member,
    make_case,
    make_entity,
    make_incident,
    make_officer,
)

PACK = load_pack(TEXT_VERSION)
ON = date(2026, 11, 24)
SINCE = date(2026, 9, 1)
RECEIVED = date(2026, 11, 20)
LATER = AT + timedelta(hours=2)
PUBLIC, ENTITY_LIST, BLOCKING = "attackers_list", "entity_list", "blocking"
WORDS = "Our registration number is another one. The conduct ended in May."


@dataclass
class MeasuresFile:
    db: Session
    case: Case
    entity: Entity
    lead: Officer
    clerk: Officer
    decider: Officer
    took_part: dict[str, Officer] = field(default_factory=dict)

    def member(self, *roles: str) -> Officer:
        officer = make_officer(self.db, *(roles or (Role.REVIEWER, Role.SIGNING_OFFICIAL)))
        add_member(self.db, self.case, officer)
        return officer

    def part(self, act: str) -> Officer:
        """A person who did this towards the first decision."""
        return self.took_part.setdefault(act, self.member())

    def act(self, by: Officer) -> dict[str, Any]:
        return {"case_id": self.case.id, "by_id": by.id, "by_person_id": by.person_id, "at": AT}

    def frozen(self) -> dict[str, Any]:
        return {"record": {}, "record_sha256": digest({})}

    def add(self, row: Any) -> Any:
        self.db.add(row)
        self.db.flush()
        return row

    def determine(self, kind: str = "identify_mea", *, act: str = "determination") -> Determination:
        return self.add(
            Determination(
                entity_id=self.entity.id,
                stage="S7a",
                kind=kind,
                reasons="Weighed",
                decided_on=SINCE,
                **self.act(self.part(act)),
                **self.frozen(),
            )
        )

    def publish(self, *, published_on: date = SINCE) -> ListPublication:
        determination = self.determine()
        preparer, content = self.part("proposal"), {"name": self.entity.name}
        sha256 = digest(content)
        proposal = self.add(
            ListProposal(
                entity_id=self.entity.id,
                determination_id=determination.id,
                content=content,
                content_sha256=sha256,
                **self.act(preparer),
            )
        )
        return self.add(
            ListPublication(
                proposal_id=proposal.id,
                preparer_person_id=preparer.person_id,
                content_sha256=sha256,
                published_on=published_on,
                **self.act(self.part("publication")),
                **self.frozen(),
            )
        )

    def block(self) -> Determination:
        return self.determine("block", act="block")

    def move(self, question: str, petition: Petition | None = None) -> Motion:
        return self.add(
            Motion(
                question=question,
                entity_id=self.entity.id,
                petition_id=petition.id if petition else None,
                statement="As put",
                circulated_on=SINCE,
                due_on=SINCE,
                seated=[],
                seating_reason="",
                content_sha256="0" * 64,
                **self.act(self.member() if petition else self.part("motion")),
            )
        )

    def close(self, motion: Motion, outcome: str, decision: str) -> MotionClosing:
        by = self.member() if motion.petition_id else self.part("closing")
        return self.add(
            MotionClosing(
                motion_id=motion.id,
                outcome=outcome,
                decision=decision,
                tally={},
                closed_on=ON,
                **self.act(by),
                **self.frozen(),
            )
        )

    def enter(self, *, change: str = "added", version: int = 1, country: str = "SG") -> None:
        if version == 1:
            self.closing = self.close(self.move("add"), "carried", "el_add")
        self.add(
            EntityListEntry(
                entity_id=self.entity.id,
                motion_closing_id=self.closing.id,
                country=country,
                version=version,
                change=change,
                fields={},
                federal_register="91 FR 1",
                effective_on=SINCE,
                **self.act(self.clerk),
            )
        )

    def petition(self, measure: str, **changes: Any) -> Petition:
        given = {
            "measure": measure,
            "asks": "lift",
            "petitioner": "Orchid Compute Ltd, by counsel",
            "text": WORDS,
            "received_on": RECEIVED,
            **changes,
        }
        made = actions.record_petition(
            self.db, self.case, Request(**given), entity=self.entity, by=self.clerk, at=AT, on=ON
        )
        self.db.flush()
        return made

    def answer(
        self,
        petition: Petition,
        outcome: str = "deny",
        *,
        by: Officer | None = None,
        reasons: str = "Each point was weighed.",
    ) -> PetitionDecision:
        return actions.answer_petition(
            self.db,
            self.case,
            petition,
            outcome=outcome,
            reasons=reasons,
            by=by or self.decider,
            at=LATER,
            on=ON,
        )


def start(db: Session, *, stage: str = "S15", name: str = "Orchid Compute Ltd") -> MeasuresFile:
    lead = make_officer(db, Role.CASE_OFFICER, Role.ANALYST)
    clerk, decider = make_officer(db, Role.RECORDS_OFFICER), make_officer(db, Role.REVIEWER)
    entity = make_entity(db, lead, name)
    case = make_case(
        db,
        lead,
        incidents=[make_incident(db, lead, parties=[(entity, "operator")])],
        subjects=[entity],
        members=[clerk, decider],
        stage=stage,
    )
    return MeasuresFile(db, case, entity, lead, clerk, decider)


def in_force(file: MeasuresFile, measure: str) -> None:
    {PUBLIC: file.publish, ENTITY_LIST: file.enter, BLOCKING: file.block}[measure]()
