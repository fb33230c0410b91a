from __future__ import annotations

from datetime import date

from casework.access import Role
from casework.screening.actions import entities as actions
from casework.screening.facts import NameFact, RelationFact
from models import Determination, FindingReview
from tests.entities.records import finding, record, text
from tests.factories import AT, make_case, make_entity, make_incident, make_officer


def test_an_accused_entity_is_shown_neutrally_with_its_answer(sign_in, db, analyst):
    entity = make_entity(db, analyst)
    make_incident(db, analyst, parties=[(entity, "querier")])
    make_incident(
        db,
        analyst,
        parties=[(entity, "student_developer")],
        response="denies",
        response_text="We trained on our own data.",
        response_on=date(2026, 6, 20),
        response_source="Press statement",
    )

    page = text(sign_in(analyst).get(f"/entities/{entity.id}"))

    assert "Named in 2 reports; nothing determined." in page
    assert "We trained on our own data." in page
    assert "No response found as of" in page


def test_the_newest_answer_is_shown_and_said_not_to_be_read_by_a_second_person(
    sign_in, db, analyst
):
    entity = make_entity(db, analyst)
    case = make_case(db, analyst, subjects=[entity])
    finding(db, case, entity, analyst, 1, "met")
    finding(db, case, entity, analyst, 2, "insufficient")

    page = text(sign_in(analyst).get(f"/entities/{entity.id}"))

    assert "Not yet read by a second person" in page
    assert page.count("Insufficient") == 1
    assert "<span>Met</span>" not in page


def test_a_second_reader_who_disagrees_is_named(sign_in, db, analyst):
    reader = make_officer(db, Role.REVIEWER, name="Ana Reader")
    entity = make_entity(db, analyst)
    case = make_case(db, analyst, subjects=[entity])
    row = finding(db, case, entity, analyst, 1, "met")
    db.add(
        FindingReview(
            case_id=case.id,
            finding_id=row.id,
            author_person_id=analyst.person_id,
            agrees=False,
            dissent="The extract is old.",
            by_id=reader.id,
            by_person_id=reader.person_id,
            at=AT,
        )
    )

    page = text(sign_in(analyst).get(f"/entities/{entity.id}"))

    assert "Ana Reader does not agree" in page


def test_names_that_carry_markup_are_shown_as_text(sign_in, db, analyst):
    entity = make_entity(db, analyst, "<script>alert(1)</script> & Co")
    other = make_entity(db, analyst, "Other <b>")
    actions.add_relation(db, entity, other, RelationFact("controls"), **record(analyst))

    page = sign_in(analyst).get(f"/entities/{entity.id}").get_data(as_text=True)

    assert "<script>alert" not in page
    assert "<b>" not in page


def test_the_page_costs_as_many_queries_for_two_of_everything_as_for_eight(
    sign_in, db, analyst, statements
):
    entity, costs = make_entity(db, analyst), []
    client = sign_in(analyst)
    client.get("/entities")

    for number in range(8):
        other = make_entity(db, analyst, f"Owner {number}")
        actions.add_relation(db, other, entity, RelationFact("owns"), **record(analyst))
        actions.add_name(db, entity, NameFact(f"Name {number}"), **record(analyst))
        incident = make_incident(db, analyst, parties=[(entity, "querier"), (other, "affiliate")])
        case = make_case(db, analyst, incidents=[incident], subjects=[entity])
        finding(db, case, entity, analyst, 1, "met")
        if number in {1, 7}:
            db.commit()
            statements.clear()
            assert client.get(f"/entities/{entity.id}").status_code == 200
            costs.append(len(statements))

    assert costs[0] == costs[1] <= 32


def test_a_determination_is_named_with_its_day_and_its_signer(sign_in, db, analyst):
    signer = make_officer(db, Role.SIGNING_OFFICIAL, name="Ana Signer")
    entity = make_entity(db, analyst)
    case = make_case(db, analyst, subjects=[entity])
    db.add(
        Determination(
            case_id=case.id,
            entity_id=entity.id,
            stage=case.stage,
            kind="not_identified",
            reasons="The record does not show it.",
            decided_on=date(2026, 11, 20),
            record={},
            record_sha256="0" * 64,
            by_id=signer.id,
            by_person_id=signer.person_id,
            at=AT,
        )
    )

    page = text(sign_in(analyst).get(f"/entities/{entity.id}"))

    assert "1 determination stands below" in page
    assert "Not identified" in page
    assert "by Ana Signer" in page
