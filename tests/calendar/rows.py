"""A case with something of each kind that has a last day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy.orm import Session

from casework.access import Role
from models import (
    Case,
    Entity,
    Escalation,
    Incident,
    MeasureHold,
    Motion,
    Officer,
    OwnerPermission,
    Petition,
    PositionRequest,
    Postponement,
    PostponementAnswer,
    ResponseWindow,
    SubmitterNotice,
    Task,
)
from tests.factories import AT, make_case, make_entity, make_incident, make_officer

ON = date(2026, 11, 24)
DUE = date(2026, 12, 12)


@dataclass
class Busy:
    """Rows of one case, all due on `DUE` unless told otherwise."""

    db: Session
    lead: Officer
    case: Case
    entity: Entity
    incident: Incident
    delegates: dict[str, Officer] = field(default_factory=dict)

    def act(self, by: Officer | None = None) -> dict[str, object]:
        officer = by or self.lead
        return {
            "case_id": self.case.id,
            "by_id": officer.id,
            "by_person_id": officer.person_id,
            "at": AT,
        }

    def add(self, *rows: object) -> None:
        self.db.add_all(rows)
        self.db.flush()

    def task(self, due: date | None = DUE, *, title: str = "Ask the owner") -> Task:
        task = Task(
            case_id=self.case.id,
            title=title,
            due_on=due,
            assignee_id=self.lead.id,
            created_by_id=self.lead.id,
            created_at=AT,
        )
        self.add(task)
        return task

    def motion(self) -> Motion:
        motion = Motion(
            **self.act(self.delegate("COMMERCE_BIS")),
            question="add",
            entity_id=self.entity.id,
            statement="Add it.",
            circulated_on=DUE - timedelta(days=30),
            due_on=DUE,
            seated=[],
            seating_reason="",
            content_sha256="0" * 64,
        )
        self.add(motion)
        return motion

    def delegate(self, agency: str) -> Officer:
        if agency not in self.delegates:
            self.delegates[agency] = make_officer(self.db, Role.AGENCY_DELEGATE, agency=agency)
        return self.delegates[agency]

    def postpone(self, motion: Motion, until: date, agencies: list[str]) -> None:
        asked = Postponement(
            **self.act(self.delegate(agencies[0])),
            motion_id=motion.id,
            until=until,
            reason="More time.",
        )
        self.add(asked)
        self.add(
            *(
                PostponementAnswer(
                    **self.act(self.delegate(agency)),
                    postponement_id=asked.id,
                    agency=agency,
                    agrees=True,
                )
                for agency in agencies
            )
        )


def busy_case(db: Session, **changes: object) -> Busy:
    lead = make_officer(db, Role.CASE_OFFICER)
    entity = make_entity(db, lead, "Орхидея 兰花 Compute")
    incident = make_incident(db, lead)
    case = make_case(
        db, lead, incidents=[incident], subjects=[entity], next_review_on=DUE, **changes
    )
    return Busy(db, lead, case, entity, incident)


def fill(busy: Busy) -> None:
    """One row of every kind that is recorded with its day."""
    busy.task()
    busy.motion()
    about = {"entity_id": busy.entity.id}
    state = busy.act(busy.delegate("STATE"))
    busy.add(
        PositionRequest(**busy.act(), agency="STATE", due_on=DUE),
        Escalation(
            **state,
            agency="STATE",
            level="ACEP",
            reason="x",
            raised_on=ON,
            due_on=DUE,
        ),
        ResponseWindow(**busy.act(), **about, step="opened", text="x", closes_on=DUE),
        SubmitterNotice(
            **busy.act(),
            incident_id=busy.incident.id,
            requested_by="A reporter",
            described="x",
            sent_on=ON,
            due_on=DUE,
            items=[],
        ),
        Petition(
            **busy.act(),
            **about,
            measure="entity_list",
            asks="remove",
            petitioner="Counsel",
            text="x",
            received_on=ON,
            due_on=DUE,
        ),
        OwnerPermission(
            **busy.act(),
            owner="Alder Models",
            product="attackers_list",
            ref="exhibit:1",
            wording="x",
            given_by="Counsel",
            given_on=ON,
            expires_on=DUE,
        ),
        MeasureHold(**busy.act(), measure="entity_list", authority="x", reason="x", review_on=DUE),
    )
