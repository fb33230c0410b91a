from __future__ import annotations

import io
import re

import pytest
import sqlalchemy as sa

from models import Draft, Exhibit, Petition, PetitionDecision
from tests.petitions.measuresfile import BLOCKING, ENTITY_LIST, PUBLIC, WORDS, start


@pytest.fixture
def file(db):
    return start(db, name="Орхидея Вычисления 兰花计算有限公司")


def place(file, *parts):
    return "/".join([f"/cases/{file.case.reference}/petitions", *map(str, parts)])


def fields(file, measure=PUBLIC, **changes):
    return {
        "target": f"{measure}:{file.entity.id}",
        "asks": "lift",
        "petitioner": "Counsel of 兰花计算",
        "received_on": "2026-11-01",
        "text": WORDS,
        **changes,
    }


def count(file, table):
    return file.db.scalar(sa.select(sa.func.count()).select_from(table))


def test_the_page_says_for_each_measure_who_hears_and_what_binds(file, sign_in):
    page = sign_in(file.clerk).get(place(file))

    assert page.status_code == 200
    assert "No further administrative appeal" in page.text
    assert "31 CFR 501.807" in page.text
    assert "authority--policy" in page.text
    assert "Record a petition" not in page.text


def test_a_petition_is_recorded_and_shown(file, sign_in):
    file.publish()
    client = sign_in(file.clerk)
    assert "Record a petition" in client.get(place(file)).text

    answer = client.post_form(place(file, "new"), fields(file))

    assert answer.status_code == 303, answer.text
    page = client.get(answer.location)
    assert WORDS in page.text
    assert file.entity.name in page.text
    assert 'value="grant"' not in page.text  # a records officer does not answer


def test_the_paper_is_kept_as_an_exhibit(file, sign_in):
    file.publish()
    paper = (io.BytesIO(b"account,prompts\n17,4100\n"), "petition.csv")

    answer = sign_in(file.clerk).post_form(place(file, "new"), fields(file) | {"file": paper})

    assert answer.status_code == 303, answer.text
    petition = file.db.scalars(sa.select(Petition)).one()
    assert petition.exhibit.file_name == "petition.csv"
    assert petition.exhibit.bearing == "contrary"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"target": ""}, "Choose what the petition is against"),
        ({"target": "attackers_list:nobody"}, "Not a valid choice"),
        ({"asks": "applaud"}, "Not a valid choice"),
        ({"petitioner": " "}, "Say who petitions"),
        ({"received_on": "31.12.2026"}, "Enter a day that exists"),
        ({"received_on": "2999-01-01"}, "cannot have come in after today"),
        ({"text": "\u202e"}, "U+202E"),
        ({"exhibit": "99"}, "Not a valid choice"),
    ],
)
def test_bad_input_is_told_beside_the_field_and_nothing_typed_is_lost(
    file, sign_in, changes, words
):
    file.publish()

    page = sign_in(file.clerk).post_form(place(file, "new"), fields(file, **changes))

    assert page.status_code == 422
    assert words in page.text
    assert ("Our registration number" in page.text) == ("text" not in changes)
    assert count(file, Petition) == 0


def test_an_empty_paper_is_refused(file, sign_in):
    file.publish()
    sent = fields(file) | {"file": (io.BytesIO(b""), "petition.pdf")}

    page = sign_in(file.clerk).post_form(place(file, "new"), sent)

    assert page.status_code == 422
    assert "The file is empty" in page.text
    assert (count(file, Petition), count(file, Exhibit)) == (0, 0)


def test_the_answer_is_given_once_and_the_letter_holds_its_words(file, sign_in):
    file.publish()
    petition = file.petition(PUBLIC)
    client, words = sign_in(file.decider), "The number is that of a namesake.\nThe entry goes."

    answer = client.post_form(
        place(file, petition.id, "answer"), {"outcome": "grant", "reasons": words}
    )

    assert answer.status_code == 303, answer.text
    letter = client.get(place(file, petition.id, "letter"))
    assert "The number is that of a namesake.<br>The entry goes." in letter.text
    assert "The petition is granted." in letter.text
    again = client.post_form(
        place(file, petition.id, "answer"), {"outcome": "deny", "reasons": "My own words"}
    )
    assert again.status_code == 409
    assert "My own words" in again.text
    assert "The number is that of a namesake." in again.text
    assert count(file, PetitionDecision) == 1


def test_there_is_no_letter_before_the_answer(file, sign_in):
    file.publish()
    petition = file.petition(PUBLIC)

    assert sign_in(file.decider).get(place(file, petition.id, "letter")).status_code == 404


@pytest.mark.parametrize(
    "sent", [{"outcome": "", "reasons": "x"}, {"outcome": "deny", "reasons": " "}]
)
def test_an_answer_without_its_parts_is_told(file, sign_in, sent):
    file.publish()
    petition = file.petition(PUBLIC)

    page = sign_in(file.decider).post_form(place(file, petition.id, "answer"), sent)

    assert page.status_code == 422
    assert count(file, PetitionDecision) == 0


def test_whoever_took_part_sees_why_and_no_form(file, sign_in):
    file.publish()
    petition = file.petition(PUBLIC)
    signer = file.took_part["determination"]

    page = sign_in(signer).get(place(file, petition.id))

    assert "signed the determination" in page.text
    assert "Record the answer" not in page.text


def test_the_missing_vote_is_told_with_its_authority(file, sign_in):
    file.enter()
    petition = file.petition(ENTITY_LIST)
    client = sign_in(file.decider)

    assert "has not agreed by unanimous vote" in client.get(place(file, petition.id)).text
    refused = client.post_form(
        place(file, petition.id, "answer"), {"outcome": "grant", "reasons": "It should go."}
    )
    assert refused.status_code == 409
    assert "15 CFR 744.16" in refused.text


def test_a_measure_without_a_time_says_so(file, sign_in):
    file.block()
    petition = file.petition(BLOCKING)

    page = sign_in(file.decider).get(place(file, petition.id)).text

    assert "No time is set for this measure" in page


def test_a_draft_of_a_petition_comes_back(file, sign_in):
    file.publish()
    client = sign_in(file.clerk)
    client.post_form(
        f"/drafts/petition/{file.case.reference}", fields(file, text="Begun and not finished")
    )
    assert count(file, Draft) == 1

    assert "Begun and not finished" in client.get(place(file, "new")).text


def test_a_draft_of_an_answer_comes_back_and_my_work_leads_to_both(file, sign_in):
    file.publish()
    petition = file.petition(PUBLIC)
    client = sign_in(file.decider)
    subject = f"{file.case.reference}:{petition.id}"
    client.post_form(f"/drafts/petition-answer/{subject}", {"reasons": "Begun"})

    assert "Begun" in client.get(place(file, petition.id)).text
    home = client.get("/").text
    assert "Petitions that wait for an answer" in home
    assert "Answer to a petition" in home
    assert "Petitions that wait" not in sign_in(file.clerk).get("/").text


def test_a_petition_of_another_case_is_not_found(file, db, sign_in):
    other = start(db)
    other.publish()
    petition = other.petition(PUBLIC)

    client = sign_in(file.decider)
    assert client.get(place(file, petition.id)).status_code == 404
    assert client.get(place(other, petition.id)).status_code == 404


def test_the_page_has_one_heading_and_no_bare_markup(file, sign_in):
    file.publish()
    petition = file.petition(PUBLIC, petitioner="<b>Counsel</b>", text="<script>alert(1)</script>")

    page = sign_in(file.decider).get(place(file, petition.id)).text

    assert len(re.findall(r"<h1[ >]", page)) == 1
    assert "<script>alert" not in page
    assert "<b>Counsel</b>" not in page
