from __future__ import annotations

import pytest

from tests.factories import make_case


def page_of(client, case, element, entity):
    response = client.get(
        f"/cases/{case.reference}/findings/{element}", query_string={"subject": entity.id}
    )
    assert response.status_code == 200
    return " ".join(response.get_data(as_text=True).split())


@pytest.fixture
def world(db, analyst, party, owns):
    subject, middle = party("Subject", country="SG"), party("Middle", country="HK")
    top, chief = party("顶层集团", country="CN"), party("Chief", kind="person", country="")
    owns(middle, subject, 60)
    owns(top, middle, kind="parent_of")
    owns(chief, subject, kind="officer_of")
    return subject, make_case(db, analyst, subjects=[subject])


def test_the_seat_of_the_subject_and_of_its_ultimate_parent_are_offered(sign_in, analyst, world):
    subject, case = world

    page = page_of(sign_in(analyst), case, "EC1", subject)

    offered = page.split('id="offered"')[1].split("</section>")[0]
    assert "headquartered in Singapore" in offered
    assert "顶层集团" in offered
    assert "headquartered in China" in offered
    assert "Hong Kong" not in offered
    assert "Register of companies" in offered
    assert "checked" not in page.split('name="answer"')[1].split(">")[0]


def test_who_directs_or_controls_is_offered_and_weaker_ties_are_told_apart(sign_in, analyst, world):
    subject, case = world

    page = page_of(sign_in(analyst), case, "EC2", subject)

    offered = page.split('id="offered"')[1].split("</section>")[0]
    strong, weak = offered.split("Weaker ties")
    assert "Middle" in strong
    assert "is parent of" in strong
    assert "Chief" in weak
    assert "seat not recorded" in weak


def test_without_relations_the_page_says_so_and_other_elements_offer_nothing(
    sign_in, db, analyst, party
):
    subject = party("Alone")
    case = make_case(db, analyst, subjects=[subject])
    client = sign_in(analyst)

    assert "Nobody who directs or controls it is on record" in page_of(client, case, "EC2", subject)
    assert "No parent who holds more than half" in page_of(client, case, "EC1", subject)
    assert f"/entities/{subject.id}/ownership" in page_of(client, case, "AF1", subject)
    assert 'id="offered"' not in page_of(client, case, "FE1", subject)
