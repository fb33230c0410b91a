from __future__ import annotations

from decimal import Decimal

import pytest

from casework.decisions.queries.freezing import freeze, present_record
from casework.decisions.since import since
from models import Ballot, Motion, Relation, Source
from tests.decisions.casefile import ATTACK, LATER, ON, ready
from tests.decisions.measurefile import identify, recommend
from tests.factories import AGENCY, AT, make_entity, make_exhibit, make_officer


@pytest.fixture
def file(db):
    return ready(db)


@pytest.fixture
def before(file):
    return present(file)


def present(file):
    return present_record(file.db, file.case, file.entity, on=ON)


def told(file, before):
    file.db.flush()
    file.db.expire_all()
    return [(change.kind, change.words) for change in since(before, present(file))]


def test_nothing_came_in(file, before):
    assert told(file, before) == []


def test_a_new_exhibit_is_told(file, before):
    made = make_exhibit(file.db, file.case, file.author, content=b"more\n")

    assert told(file, before) == [("New exhibit", f"Exhibit {made.number}")]


def test_a_revised_answer_and_its_reader_are_told(file, before):
    file.write("DR1", ATTACK.get("DR1", "met"), expected=1)
    assert ("Answer revised", "DR1, revision 2 after 1") in told(file, before)

    middle = present(file)
    file.read("DR1", revision=2)
    assert told(file, middle) == [("Second reader heard", "DR1, revision 2")]


def test_a_withdrawn_fact_is_told(file, before):
    file.entity.countries[0].withdrawn_at = AT
    file.entity.countries[0].withdrawn_reason = "Misread"

    assert [kind for kind, _ in told(file, before)] == ["Country withdrawn"]


def test_a_new_answer_of_the_accused_is_told(file, before):
    incident = file.case.incident_links[0].incident
    incident.response, incident.response_text = "denied", "We deny it."

    assert told(file, before) == [("New answer of the accused", incident.reference)]


def test_a_new_affiliate_and_a_new_recommendation_are_told(file, before):
    other = make_entity(file.db, file.author, "橙色計算有限公司")
    relate(file, other, "51")
    recommend(file, "owner_aid")

    assert told(file, before) == [
        ("New affiliate", "caught"),
        ("New recommendation", "owner aid"),
    ]


def relate(file, other, percent):
    file.db.add(
        Relation(
            from_id=file.entity.id,
            to_id=other.id,
            kind="owns",
            percent_min=Decimal(percent),
            percent_max=Decimal(percent),
            note="",
            source=Source(title="Register", publisher="", url="", basis="owner_telemetry", note=""),
        )
    )
    file.db.flush()


def test_parts_that_an_older_record_lacks_are_not_compared(file, before):
    make_exhibit(file.db, file.case, file.author, content=b"more\n")

    assert since({}, present(file)) == []
    assert since({"findings": before["findings"]}, present(file)) == []


def test_affiliates_are_in_the_record_with_share_and_source(file):
    relate(file, make_entity(file.db, file.author, "Halfway Ltd"), "50")

    [row] = present(file)["affiliates"]

    assert (row["name"], row["answer"], row["aggregate_min"]) == ("Halfway Ltd", "caught", "50")
    assert row["relations"][0]["source"] == "Register"


def test_the_choices_of_an_open_vote_are_in_no_record(file):
    delegate = make_officer(file.db, "agency_delegate", agency=AGENCY)
    by = {"case_id": file.case.id, "by_id": delegate.id, "by_person_id": delegate.person_id}
    motion = Motion(
        **by,
        at=LATER,
        question="add",
        entity_id=file.entity.id,
        statement="That it be added.",
        circulated_on=ON,
        due_on=ON,
        content_sha256="0" * 64,
        seated=[],
        seating_reason="",
    )
    file.db.add(motion)
    file.db.flush()
    file.db.add(
        Ballot(
            **by,
            at=LATER,
            motion_id=motion.id,
            content_sha256="0" * 64,
            agency=AGENCY,
            choice="no",
            sequence=1,
            dissent="A dissent that stays sealed",
        )
    )
    file.db.flush()

    frozen = freeze(file.db, file.case, file.entity, {"kind": "block"}, by=delegate, on=ON)

    [row] = frozen.record["motions"]
    assert row["closing"] is None
    assert "sealed" not in str(frozen.record)
    assert "choice" not in str(row)


def test_a_record_of_the_whole_case_covers_every_subject(file):
    signer = file.signer()
    identify(file, signer)
    relate(file, make_entity(file.db, file.author, "Halfway Ltd"), "50")

    record = present_record(file.db, file.case, None, on=ON)

    assert record["subject"] is None
    assert [row["name"] for row in record["affiliates"]] == ["Halfway Ltd"]
    assert len(record["findings"]) == len(present(file)["findings"])


def test_the_page_of_a_determination_tells_what_came_in_and_how_to_reopen(file, sign_in):
    signer = file.signer()
    identify(file, signer)
    listing = f"/cases/{file.case.reference}/determinations"
    client = sign_in(signer)
    link = client.get(listing).text.split(f'href="{listing}/')[1].split('"')[0]
    quiet = client.get(f"{listing}/{link}").text

    make_exhibit(file.db, file.case, file.author, content=b"more\n")
    loud = client.get(f"{listing}/{link}").text

    assert "Nothing has come in since" in quiet
    assert "New exhibit" in loud
    assert "decide anew" in loud
