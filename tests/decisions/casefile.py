"""A case with every answer written and read, ready for the stage in which State signs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from casework.access import Role
from casework.decisions.measures import Considered, items_of
from casework.findings import actions, rules
from casework.findings.rules import Answer, CitedPlace
from casework.statute.loader import load_pack
from models import AgencyPosition, Case, Entity, Finding, Officer, PositionRequest
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

PACK = load_pack(TEXT_VERSION)
LATER = AT + timedelta(hours=1)
ON = date(2026, 11, 24)
SIGNING_STAGE = "S7a"
# The answers of an attack by a firm in a country of concern; the rest does not arise.
ATTACK = {
    **dict.fromkeys(
        ["OW1", "OW2", "CS1", "CS2", "CS3", "EX1", "EX2", "PU1", "PR1", "FE1", "EC1", "CC1"], "met"
    ),
    "XC1": "not_met",
    "FX1": "not_met",
    "PR2": "insufficient",
    "PR3": "not_met",
}
PROVIDER = {
    **ATTACK,
    "EX1": "not_met",
    **dict.fromkeys(["FP1", "FP2", "FP3", "FP4", "FP5"], "met"),
}


@dataclass
class CaseFile:
    db: Session
    case: Case
    entity: Entity
    author: Officer
    reader: Officer

    def write(
        self, element: str, answer: str = "met", *, by: Officer | None = None, expected: int = 0
    ) -> Finding:
        return actions.write_finding(
            self.db,
            self.case,
            entity=self.about(element),
            element=element,
            given=given(answer),
            expected_revision=expected,
            by=by or self.author,
            at=AT,
        )

    def read(
        self, element: str, *, revision: int = 1, dissent: str = "", by: Officer | None = None
    ) -> None:
        actions.review_finding(
            self.db,
            self.case,
            entity=self.about(element),
            element=element,
            revision=revision,
            agrees=not dissent,
            dissent=dissent,
            by=by or self.reader,
            at=AT,
        )

    def about(self, element: str) -> Entity | None:
        return self.entity if PACK.elements[element].scope == "subject" else None

    def member(self, *roles: str, agency: str = "COMMERCE_BIS") -> Officer:
        officer = make_officer(self.db, *roles, agency=agency)
        add_member(self.db, self.case, officer)
        return officer

    def signer(self) -> Officer:
        return self.member(Role.SIGNING_OFFICIAL, agency="STATE")

    def state_purpose(self) -> None:
        actions.state_purpose(
            self.db,
            self.case,
            entity=self.entity,
            text="Taken together the facts point to training.",
            factors=factor_texts(),
            innocent_explanation="A nightly batch job; the shared cards speak against it.",
            expected=0,
            by=self.author,
            at=AT,
        )


def given(answer: str = "met", **changes: object) -> Answer:
    fields: dict[str, object] = {
        "answer": answer,
        "reasons": "The log shows it.",
        "innocent_explanation": "A batch job was weighed; the timing speaks against it.",
        "confidence": "moderate",
        "citations": (CitedPlace(1, "row 17", "supports"),),
        **changes,
    }
    return Answer(**fields)  # type: ignore[arg-type]


def factor_texts() -> dict[str, str]:
    return {
        row.id: f"What {row.title} shows."
        for top in rules.weighed(PACK)
        for row in rules.factors(PACK, top.id)
    }


def considered(measure: str) -> list[Considered]:
    return [Considered(item.id, "yes", "Looked at.") for item in items_of(PACK, measure)]


_TYPED = {"text": "Written out.", "lines": "One\nTwo", "day": "2027-05-04", "countries": "CN"}


def particulars(measure: str) -> dict[str, str]:
    """Every field of the measure as an officer might type it."""
    return {
        row.id: row.options[0].code if row.options else _TYPED[row.kind]
        for row in PACK.measures[measure].fields
    }


def start(db: Session) -> CaseFile:
    """A case with one exhibit, one examined subject, an author and a second reader."""
    author = make_officer(db, Role.ANALYST, Role.CASE_OFFICER)
    reader = make_officer(db, Role.REVIEWER)
    entity = make_entity(db, author, country="CN")
    incident = make_incident(db, author, parties=[(entity, "querier")])
    case = make_case(
        db, author, incidents=[incident], subjects=[entity], members=[reader], stage="S4"
    )
    make_exhibit(db, case, author)
    return CaseFile(db, case, entity, author, reader)


def ready(db: Session, answers: Mapping[str, str] = ATTACK) -> CaseFile:
    """The case in the signing stage: every element answered and read, every agency heard."""
    file = start(db)
    for row in (*rules.asked(PACK, "case"), *rules.asked(PACK, "subject")):
        file.write(row.id, answers.get(row.id, rules.answers_for(PACK, row)[-1]))
        file.read(row.id)
    file.state_purpose()
    for agency in sorted(PACK.members("oc")):
        _heard(file, agency)
    file.case.stage = SIGNING_STAGE
    db.flush()
    return file


def _heard(file: CaseFile, agency: str) -> None:
    delegate = make_officer(file.db, Role.AGENCY_DELEGATE, agency=agency)
    act = {"case_id": file.case.id, "agency": agency, "at": AT}
    asker = file.author
    file.db.add(PositionRequest(by_id=asker.id, by_person_id=asker.person_id, due_on=ON, **act))
    file.db.add(
        AgencyPosition(
            by_id=delegate.id,
            by_person_id=delegate.person_id,
            position="concur",
            comment="",
            **act,
        )
    )
