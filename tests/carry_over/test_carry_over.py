"""A running case goes over to another text; every difference is decided, nothing is rewritten."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.access import Role
from casework.errors import Forbidden, InvalidValue, StaleVersion
from casework.findings import actions as findings
from casework.findings import queries
from casework.findings.rules import Answer
from casework.statute.crossing import Choice
from casework.statute.pack import StatutePack
from casework.workflow.actions import carry_over as actions
from casework.workflow.actions import team
from casework.workflow.queries import standing, waiting
from models import AuditEntry, CarryOver, Case, Entity, Finding, Officer
from tests.cases import ready
from tests.factories import AT, make_officer
from tests.statute.amended import AMENDED, BILL

CHOICES = {
    "OW1": Choice("keep", "Only the number changed."),
    "CS2": Choice("ask", "It now rests on another place."),
    "CC1": Choice("lapse", "The text asks it no more."),
    "+CS8": Choice("ask", "New."),
    "+EX8": Choice("ask", "New."),
}
GIVEN = Answer(
    answer="insufficient",
    reasons="Not shown yet.",
    innocent_explanation="",
    confidence="low",
    citations=(),
)


@pytest.fixture
def signer(db: Session) -> Officer:
    return make_officer(db, Role.SIGNING_OFFICIAL)


@pytest.fixture
def analyst(db: Session) -> Officer:
    return make_officer(db, Role.ANALYST)


@pytest.fixture
def case(db: Session, signer: Officer, analyst: Officer) -> Case:
    """At element development, every element answered and read."""
    found, entity = ready.make_marked_case(db, analyst, members=[signer], stage="S4")
    ready.answer_all(db, found, entity, analyst, make_officer(db, Role.REVIEWER))
    return found


@pytest.fixture
def subject(db: Session, case: Case) -> Entity:
    return queries.examined(db, case)[0].entity


def carry(
    db: Session, case: Case, by: Officer, to: str = AMENDED, *, at: datetime = AT, **changes
) -> CarryOver:
    decided = {"reason": "The committee reported it.", "choices": CHOICES, **changes}
    return actions.carry_over(
        db, case, to, actions.Decided(**decided), by=by, at=at, version=case.version
    )


def answers(db: Session, case: Case) -> dict[str, str]:
    return {row.element: row.answer for row in standing.answers_of(db, case)}


def test_the_case_runs_under_the_other_text_and_one_entry_tells_it(
    db: Session, amended: StatutePack, case: Case, signer: Officer
) -> None:
    version = case.version

    row = carry(db, case, signer)

    assert (case.text_version, case.stage) == (AMENDED, "S4")
    assert case.version > version
    assert (row.from_version, row.to_version, row.from_stage) == (BILL, AMENDED, "S4")
    [entry] = db.scalars(sa.select(AuditEntry).where(AuditEntry.action == "case.carry"))
    assert entry.case_id == case.id


def test_kept_answers_count_under_the_new_name_and_the_others_are_open(
    db: Session, amended: StatutePack, case: Case, signer: Officer
) -> None:
    before = {row.id: row.element for row in db.scalars(sa.select(Finding))}

    carry(db, case, signer)

    held = answers(db, case)
    assert held["OW7"] == "met"
    assert not held.keys() & {"OW1", "CS2", "CC1", "CS8", "EX8"}
    assert standing.facts_of(db, case).unanswered == {"CS2", "CS8", "EX8"}
    assert standing.counts_of(db, case).answers == len(held)
    db.expire_all()
    assert {row.id: row.element for row in db.scalars(sa.select(Finding))} == before


def test_findings_are_shown_under_the_elements_of_the_text(
    db: Session, amended: StatutePack, case: Case, subject: Entity, signer: Officer
) -> None:
    carry(db, case, signer)

    sheet = queries.sheet_of(case, subject, queries.current_findings(db, case))
    assert [row.id for row in sheet.unanswered] == ["CS2", "CS8", "EX8"]
    assert sheet.findings["OW7"].answer == "met"
    assert queries.revisions_of(db, case, "CS2", None) == []
    assert [row.element for row in queries.revisions_of(db, case, "OW7", None)] == ["OW7"]


@pytest.mark.parametrize(("element", "expected", "number"), [("CS2", 0, 2), ("OW7", 1, 1)])
def test_a_new_answer_takes_the_place_of_what_was_carried(
    db: Session,
    amended: StatutePack,
    case: Case,
    signer: Officer,
    analyst: Officer,
    element: str,
    expected: int,
    number: int,
) -> None:
    carry(db, case, signer)

    with pytest.raises(StaleVersion):
        write(db, case, analyst, element, expected + 1)
    row = write(db, case, analyst, element, expected)

    assert row.revision == number
    assert answers(db, case)[element] == "insufficient"
    assert len(queries.revisions_of(db, case, element, None)) == expected + 1


def write(db: Session, case: Case, by: Officer, element: str, expected: int) -> Finding:
    return findings.write_finding(
        db,
        case,
        entity=None,
        element=element,
        given=GIVEN,
        expected_revision=expected,
        by=by,
        at=AT,
    )


def test_a_case_may_go_back_and_what_was_let_go_stays_so(
    db: Session, amended: StatutePack, case: Case, signer: Officer, analyst: Officer
) -> None:
    carry(db, case, signer)
    write(db, case, analyst, "CS2", 0)
    write(db, case, analyst, "OW7", 1)

    # Backwards no row says what it was, so that the renamed element is one gone and one new.
    met = actions.crossing_of(db, case, BILL)
    assert {q.key for q in met.questions} == {"OW7", "CS2", "+OW1", "+CC1"}
    back = {q.key: Choice(q.choices[0][0], "Back again.") for q in met.questions}
    carry(db, case, signer, BILL, choices=back, at=AT + timedelta(days=1))

    held = answers(db, case)
    assert held["CS2"] == "insufficient"
    assert not held.keys() & {"OW1", "OW7", "CC1"}


@pytest.mark.parametrize("key", CHOICES)
@pytest.mark.parametrize("choice", [None, Choice("", "x"), Choice("burn", "x"), Choice("ask", " ")])
def test_a_difference_left_open_refuses_the_whole(
    db: Session,
    amended: StatutePack,
    case: Case,
    signer: Officer,
    key: str,
    choice: Choice | None,
) -> None:
    chosen = {name: given for name, given in CHOICES.items() if name != key}
    chosen |= {key: choice} if choice else {}

    with pytest.raises(InvalidValue) as refusal:
        carry(db, case, signer, choices=chosen)

    assert refusal.value.field == key
    assert case.text_version == BILL
    assert db.scalars(sa.select(CarryOver)).all() == []


@pytest.mark.parametrize(
    ("to", "changes", "field"),
    [
        (AMENDED, {"reason": "  "}, "reason"),
        (BILL, {}, "to_version"),
        ("nothing", {}, "to_version"),
        ("../packs", {}, "to_version"),
    ],
)
def test_bad_input_is_refused(
    db: Session, amended: StatutePack, case: Case, signer: Officer, to, changes, field
) -> None:
    with pytest.raises(InvalidValue) as refusal:
        carry(db, case, signer, to, **changes)

    assert refusal.value.field == field


def test_a_stage_that_is_gone_is_chosen_and_never_guessed(
    db: Session, amended: StatutePack, case: Case, signer: Officer
) -> None:
    case.stage = "S3"
    db.flush()
    for stage in ("", "S3", "S16"):
        with pytest.raises(InvalidValue) as refusal:
            carry(db, case, signer, stage=stage)
        assert refusal.value.field == "stage"

    row = carry(db, case, signer, stage="S3x")

    assert (row.from_stage, row.to_stage, case.stage) == ("S3", "S3x", "S3x")


def test_a_closed_case_and_one_with_strange_decisions_stay(
    db: Session, amended: StatutePack, case: Case, subject: Entity, signer: Officer
) -> None:
    ready.determine(db, case, subject, signer)
    with pytest.raises(InvalidValue, match="Identified as attacker"):
        carry(db, case, signer, "paipa_pl117_336")

    case.stage = "S16"
    db.flush()
    with pytest.raises(InvalidValue, match="closed"):
        carry(db, case, signer)


def test_a_recused_person_and_an_old_page_are_refused(
    db: Session, amended: StatutePack, case: Case, signer: Officer
) -> None:
    decided = actions.Decided(reason="x", choices=CHOICES)
    with pytest.raises(StaleVersion):
        actions.carry_over(db, case, AMENDED, decided, by=signer, at=AT, version=case.version + 1)
    team.recuse(db, case, signer, reason="Kin.", by=signer, at=AT)
    with pytest.raises(Forbidden):
        carry(db, case, signer)


def test_answers_that_no_longer_count_wait_for_nobody(
    db: Session, amended: StatutePack, signer: Officer, analyst: Officer
) -> None:
    reader = make_officer(db, Role.REVIEWER)
    case, _ = ready.make_marked_case(db, analyst, members=[signer, reader], stage="S4")
    for element in ("OW1", "CS2"):
        write(db, case, analyst, element, 0)
    assert waiting.to_read(db, reader) == [(case, 2)]

    carry(db, case, signer, choices={k: c for k, c in CHOICES.items() if k != "CC1"})

    assert waiting.to_read(db, reader) == [(case, 1)]
