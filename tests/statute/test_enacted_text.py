"""A case under an Act in force walks its whole way: the law is a folder, and no code names it."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from casework.access import Role
from casework.decisions import actions as decisions
from casework.decisions.actions import measures
from casework.decisions.measures import Considered, items_of
from casework.decisions.queries.decisions import find_recommendation
from casework.errors import TransitionBlocked
from casework.findings import actions as findings
from casework.findings.rules import Answer, CitedPlace
from casework.legislation.queries import clocks_of, dates_of
from casework.statute.loader import load_pack
from casework.workflow.actions import cases, coordination, hearing
from casework.workflow.actions.scope import NewSubject
from casework.workflow.queries import cases as queries
from casework.workflow.queries import standing, waiting
from models import AgencyPosition, Case, CaseMember, Marking, Officer, PositionRequest
from tests.conftest import SignIn
from tests.factories import AT, make_entity, make_exhibit, make_incident, make_officer

TEXT = "paipa_pl117_336"
PACK = load_pack(TEXT)
ON = date(2026, 11, 24)
NO = {"SU1", "CO1", "CO2", "LE1"}


class Walk:
    """A case, and officers who act one after another."""

    def __init__(self, db: Session) -> None:
        self.db, self.at = db, AT
        self.officer = make_officer(db, Role.CASE_OFFICER, Role.RECORDS_OFFICER)
        self.analyst = make_officer(db, Role.ANALYST)
        self.reviewer = make_officer(db, Role.REVIEWER)
        self.signer = make_officer(db, Role.SIGNING_OFFICIAL, agency="STATE")
        self.entity = make_entity(db, self.officer)
        report = make_incident(db, self.officer)
        db.add(
            Marking(
                incident_id=report.id,
                item="volumes",
                owner_confidential=False,
                trade_secret=False,
                tlp="TLP:AMBER",
                cui_category="",
            )
        )
        self.case = cases.open_case(
            db,
            [report],
            title="Invented theft",
            summary="An invented theft is alleged.",
            text_version=TEXT,
            subjects=[NewSubject(self.entity, "querier")],
            **self.by(self.officer),
        )
        for member in (self.analyst, self.reviewer, self.signer):
            fields = {"case_id": self.case.id, "officer_id": member.id}
            db.add(CaseMember(**fields, added_by_id=self.officer.id, added_at=AT))
        self.exhibit = make_exhibit(db, self.case, self.officer)
        db.flush()

    def by(self, officer: Officer) -> dict[str, Officer | datetime]:
        self.at += timedelta(seconds=1)
        return {"by": officer, "at": self.at}

    def go(self, stage: str, officer: Officer) -> None:
        self.db.flush()
        cases.advance_case(
            self.db,
            self.case,
            stage,
            reason="As filed.",
            version=self.case.version,
            **self.by(officer),
        )

    def note(self, kind: str, outcome: str, officer: Officer) -> None:
        coordination.put_on_record(
            self.db,
            self.case,
            kind=kind,
            outcome=outcome,
            happened_on=ON,
            note="As filed.",
            on=ON,
            **self.by(officer),
        )

    def answer_all(self) -> None:
        cited = (CitedPlace(self.exhibit.number, "row 1", "supports"),)
        for element in PACK.elements.values():
            about = self.entity if element.scope == "subject" else None
            answer = "not_met" if element.id in NO else "met"
            given = Answer(
                answer=answer,
                reasons="As it shows.",
                innocent_explanation="Weighed.",
                confidence="high",
                citations=cited,
            )
            place = {"entity": about, "element": element.id}
            findings.write_finding(
                self.db,
                self.case,
                given=given,
                expected_revision=0,
                **place,
                **self.by(self.analyst),
            )
            findings.review_finding(
                self.db,
                self.case,
                revision=1,
                agrees=True,
                dissent="",
                **place,
                **self.by(self.reviewer),
            )

    def hear(self) -> None:
        subject = queries.subjects_of(self.db, self.case)[0]
        for step, closes in (("summary_cleared", None), ("opened", ON + timedelta(days=20))):
            taken = hearing.WindowStep(step=step, text="Cleared words.", closes_on=closes)
            hearing.take_window_step(
                self.db, self.case, subject, taken, on=ON, **self.by(self.signer)
            )

    def lapse(self) -> None:
        subject = queries.subjects_of(self.db, self.case)[0]
        taken = hearing.WindowStep(step="lapsed", text="No answer came.")
        later = ON + timedelta(days=21)
        hearing.take_window_step(
            self.db, self.case, subject, taken, on=later, **self.by(self.signer)
        )

    def coordinate(self) -> None:
        for agency in PACK.members("oc"):
            fields = {"case_id": self.case.id, "by_id": self.officer.id, "at": self.at}
            fields["by_person_id"] = self.officer.person_id
            self.db.add(PositionRequest(**fields, agency=agency, due_on=ON))
            self.db.add(AgencyPosition(**fields, agency=agency, position="concur", comment=""))
        self.db.flush()

    def sanction(self, measure: str) -> None:
        considered = [Considered(i.id, "yes", "Looked at.") for i in items_of(PACK, measure)]
        chosen = "Blocking\nEntity List\nLoans\nProcurement\nInvestment"
        made = decisions.recommend(
            self.db,
            self.case,
            measure=measure,
            entity=self.entity,
            taken=True,
            reasons="Needed.",
            considered=considered,
            particulars={field.id: chosen for field in PACK.measures[measure].fields},
            supersedes=None,
            **self.by(self.analyst),
        )
        shown = {"reasons": "Agreed.", "content_sha256": made.content_sha256}
        decisions.decide_recommendation(
            self.db, self.case, made, approved=True, **shown, **self.by(self.reviewer)
        )
        self.approved, self.shown = made, shown


@pytest.fixture
def walk(db: Session) -> Walk:
    return Walk(db)


def test_a_case_walks_from_intake_to_the_archive(db: Session, walk: Walk) -> None:
    case: Case = walk.case
    assert (case.text_version, case.stage) == (TEXT, "T1")
    walk.go("T2", walk.officer)
    with pytest.raises(TransitionBlocked, match="Some elements have no answer"):
        walk.go("T3", walk.officer)

    walk.answer_all()
    walk.hear()
    walk.go("T3", walk.officer)
    walk.lapse()
    walk.go("T4", walk.officer)
    walk.coordinate()
    walk.go("T5", walk.officer)
    assert [found.id for found in waiting.to_sign(db, walk.signer)] == [case.id]
    sign(walk, "identify_thief")
    walk.go("T6", walk.officer)
    walk.note("congress_receipt", "SFRC", walk.officer)
    walk.sanction("entity_menu")
    walk.go("T7", walk.signer)
    with pytest.raises(TransitionBlocked, match="No decision on sanctions on the entity"):
        walk.go("T10", walk.officer)
    measures.sign_measure(
        db,
        case,
        find_recommendation(db, case, walk.approved.id),
        kind="sanction",
        on=ON,
        **walk.shown,
        **walk.by(walk.signer),
    )
    walk.go("T10", walk.officer)

    assert case.stage in PACK.closing
    assert waiting.led_by(db, walk.officer) == []


def sign(walk: Walk, kind: str) -> None:
    decisions.sign_determination(
        walk.db,
        walk.case,
        entity=walk.entity,
        kind=kind,
        reasons="For the reasons in the record.",
        on=ON,
        **walk.by(walk.signer),
    )


def test_only_what_the_answers_conclude_may_be_signed(db: Session, walk: Walk) -> None:
    walk.answer_all()
    walk.hear()
    walk.lapse()
    walk.coordinate()
    walk.case.stage = "T5"
    db.flush()

    for kind in ("identify_supporter", "identify_leader", "not_identified", "identify_mea"):
        with pytest.raises(TransitionBlocked):
            sign(walk, kind)


def test_a_waiver_on_record_ends_what_is_due(db: Session, walk: Walk) -> None:
    walk.answer_all()
    walk.case.stage = "T6"
    db.flush()
    assert standing.facts_of(db, walk.case).conclusions["entity_sanctions"] == "met"

    walk.note("waiver", "yes", walk.signer)

    facts = standing.facts_of(db, walk.case)
    assert facts.conclusions["entity_sanctions"] == "not_met"
    assert facts.conclusions["identified"] == "met"


def test_an_act_in_force_is_never_called_planning(db: Session, sign_in: SignIn, walk: Walk) -> None:
    assert dates_of(db, TEXT, None).enacted == date(2023, 1, 5)
    assert not any(due.planning for due in clocks_of(db, TEXT, None))

    page = sign_in(walk.officer).get(f"/cases/{walk.case.reference}").text

    assert "Planning mode" not in page
    assert "Intake" in page


PAGES = ["", "/findings", "/measures", "/determinations", "/positions", "/history", "/subjects"]


@pytest.mark.parametrize("page", [*PAGES, "/clocks", "/votes", "/listing", "/petitions", "/text"])
def test_every_page_of_the_case_is_drawn(sign_in: SignIn, walk: Walk, page: str) -> None:
    assert sign_in(walk.officer).get(f"/cases/{walk.case.reference}{page}").status_code == 200


def test_the_words_of_a_case_are_those_of_its_text(sign_in: SignIn, walk: Walk) -> None:
    client = sign_in(walk.officer)

    assert "Trade secret" in client.get(f"/cases/{walk.case.reference}/findings").text
    assert "Closed-source" not in client.get(f"/cases/{walk.case.reference}/findings").text
    assert "Intake" in client.get("/cases?stage=S1").text


def test_a_case_is_opened_under_the_text_that_is_chosen(sign_in: SignIn, walk: Walk) -> None:
    client = sign_in(walk.officer)
    report = make_incident(walk.db, walk.officer)
    sent = {"title": "Theft", "summary": "It is alleged.", "incidents": report.reference}

    assert PACK.act.title in client.get("/cases/new").text
    refused = client.post_form("/cases/new", sent | {"text_version": "nothing"})
    assert (refused.status_code, "It is alleged." in refused.text) == (422, True)
    done = client.post_form("/cases/new", sent | {"text_version": TEXT})

    opened = queries.visible_case(walk.db, walk.officer, done.location.rpartition("/")[2])
    assert opened is not None
    assert (opened.text_version, opened.stage) == (TEXT, "T1")


def test_no_code_names_the_text() -> None:
    root = Path(__file__).parents[2]
    named = [
        path
        for folder in ("casework", "views", "models")
        for path in (root / folder).rglob("*.py")
        if re.search("paipa|117_336", path.read_text("utf-8"), re.IGNORECASE)
    ]

    assert named == []
