"""The pages of hits and entries, as officers use them."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from casework.access import Role
from models import Entity, ScreeningHit, ScreeningJudgement
from tests.entities.records import text
from tests.factories import make_entity, make_officer
from tests.judgements.lists import CONTENT, SDN, hits, make_edition, make_entry

WORD = {"verdict": "match", "reason": "Same number and address", "expected": "0"}


def judged(db):
    return db.scalar(sa.select(sa.func.count(ScreeningJudgement.id)))


def test_a_match_is_shown_as_claimed_until_a_second_person_confirms_it(
    sign_in, db, analyst, second, hit
):
    desk = sign_in(analyst)
    assert desk.post_form(f"/screening/hits/{hit.id}/judge", WORD).status_code == 303
    page = text(desk.get(f"/screening/hits/{hit.id}"))
    assert "Match claimed, not confirmed" in page
    assert "Confirm the match" not in page

    desk = sign_in(second)
    assert "Confirm the match" in text(desk.get(f"/screening/hits/{hit.id}"))
    word = {"agrees": "yes", "expected": "1"}
    assert desk.post_form(f"/screening/hits/{hit.id}/confirm", word).status_code == 303
    page = text(desk.get(f"/screening/entities/{hit.entity_id}"))
    assert "Match, confirmed" in page
    assert f"{second.name} confirms" in page


def test_whoever_claimed_it_cannot_confirm_it_by_sending_the_form(desk, db, hit):
    desk.post_form(f"/screening/hits/{hit.id}/judge", WORD)

    answer = desk.post_form(f"/screening/hits/{hit.id}/confirm", {"agrees": "yes", "expected": "1"})

    assert answer.status_code == 409
    assert "cannot confirm it" in text(answer)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"verdict": ""}, "Choose one."),
        ({"verdict": "perhaps"}, "Not a valid choice"),
        ({"reason": ""}, "Say what you compared"),
        ({"reason": "x" * 5001}, "at most 5,000 characters"),
        ({"reason": "a\u202eb"}, "RIGHT-TO-LEFT OVERRIDE"),
        ({"expected": ""}, "its count is lost"),
        ({"expected": "-1"}, "its count is lost"),
        ({"expected": "9" * 30}, "its count is lost"),
    ],
)
def test_a_word_that_cannot_be_kept_is_told_and_nothing_is_lost(desk, db, hit, change, told):
    answer = desk.post_form(f"/screening/hits/{hit.id}/judge", {**WORD, **change})

    assert answer.status_code == 422
    assert told in text(answer)
    if "reason" not in change:
        assert WORD["reason"] in text(answer)
    assert judged(db) == 0


def test_a_dispute_without_a_reason_is_told_beside_its_field(sign_in, desk, second, hit):
    desk.post_form(f"/screening/hits/{hit.id}/judge", WORD)

    answer = sign_in(second).post_form(
        f"/screening/hits/{hit.id}/confirm", {"agrees": "no", "dissent": "", "expected": "1"}
    )

    assert answer.status_code == 422
    assert "Say why you do not agree." in text(answer)


def test_a_stale_word_shows_both_texts_and_can_be_sent_again(sign_in, db, analyst, second, hit):
    sign_in(second).post_form(f"/screening/hits/{hit.id}/judge", {**WORD, "reason": "Theirs"})

    desk = sign_in(analyst)
    answer = desk.post_form(f"/screening/hits/{hit.id}/judge", {**WORD, "reason": "Mine"})

    assert answer.status_code == 409
    assert "Theirs" in text(answer)
    assert "Mine" in text(answer)
    assert 'value="1"' in text(answer)
    again = desk.post_form(
        f"/screening/hits/{hit.id}/judge", {**WORD, "reason": "Mine", "expected": "1"}
    )
    assert again.status_code == 303
    assert judged(db) == 2


def test_a_form_sent_twice_judges_once(desk, db, hit):
    form = {**WORD, "submission_key": "k" * 24}

    assert [desk.post_form(f"/screening/hits/{hit.id}/judge", form).status_code for _ in "ab"] == [
        303,
        303,
    ]
    assert judged(db) == 1


def test_a_draft_of_the_reason_comes_back_and_goes(desk, hit):
    desk.post_form(f"/drafts/screening-judgement/{hit.id}", {"reason": "Half a rea"})
    assert "Half a rea" in text(desk.get(f"/screening/hits/{hit.id}"))

    desk.post_form(f"/screening/hits/{hit.id}/judge", WORD)

    assert "Half a rea" not in text(desk.get(f"/screening/hits/{hit.id}"))


def test_a_judgement_on_an_older_wording_is_shown_as_such(desk, db, entity, hit):
    desk.post_form(f"/screening/hits/{hit.id}/judge", {**WORD, "verdict": "no_match"})
    make_edition(db, number=2)
    make_entry(db, first=2, content={**CONTENT, "remarks": "Moved."})
    desk.post_form(f"/screening/entities/{entity.id}")

    page = text(desk.get("/screening/hits"))
    assert "was made on other facts or another wording" in page
    (newer,) = [row for row in hits(db) if row.id != hit.id]
    assert "Judged before, on something else" in text(desk.get(f"/screening/hits/{newer.id}"))


def test_readers_see_hits_and_offer_no_word(sign_in, db, hit):
    desk = sign_in(make_officer(db, Role.REVIEWER))

    page = text(desk.get(f"/screening/hits/{hit.id}"))

    assert "ORCHID COMPUTE LIMITED" in page
    assert "Record your judgement" not in page
    assert desk.post_form(f"/screening/hits/{hit.id}/judge", WORD).status_code == 403


def test_a_delegate_does_not_find_a_hit_outside_the_own_cases(sign_in, db, hit):
    desk = sign_in(make_officer(db, Role.AGENCY_DELEGATE, agency="STATE"))

    assert desk.get(f"/screening/hits/{hit.id}").status_code == 404
    assert "ORCHID" not in text(desk.get("/screening/hits?state=all"))


def test_an_entry_shows_everything_the_list_says(desk, entry):
    page = text(desk.get(f"/screening/entries/{entry.id}"))

    for told in (
        *("兰花计算有限公司", "Weak alias", "1 Harbour Road", "Region: Somewhere", "R-77", "DPRK2"),
        *("2020-03-02", "Linked To: SOMEBODY.", "ELSEWHERE LTD", "Denial", "one; two"),
    ):
        assert told in page


def test_an_earlier_wording_says_that_it_is_not_in_force(desk, db, entry):
    make_edition(db, number=2)
    newer = make_entry(db, first=2, content={**CONTENT, "remarks": "Moved."})

    page = text(desk.get(f"/screening/entries/{entry.id}"))

    assert "This wording is not in force" in page
    assert f"/screening/entries/{newer.id}" in page
    assert "Moved." in text(desk.get(f"/screening/entries/{newer.id}"))


def test_an_entity_recorded_from_an_entry_cites_it_and_is_raised(desk, db, finds, entry):
    finds({f"{SDN}/7": 0.99})

    answer = desk.post_form(f"/screening/entries/{entry.id}/entity", {"kind": "organization"})

    entity = db.scalars(sa.select(Entity)).one()
    assert answer.location == f"/screening/entities/{entity.id}"
    assert [name.text for name in entity.names] == [
        "ORCHID COMPUTE LIMITED",
        "兰花计算有限公司",
        "OCL",
    ]
    sources = {
        row.source_id
        for rows in (entity.names, entity.identifiers, entity.addresses, entity.countries)
        for row in rows
    }
    assert len(sources) == 1
    assert entity.names[0].source.note == "Entry 7"
    assert "edition of 2026-10-01" in entity.names[0].source.title
    assert [(row.entry_id, row.settled_at) for row in hits(db)] == [("7", None)]


def test_an_entity_of_the_same_name_is_shown_first(desk, db, analyst, entry):
    alike = make_entity(db, analyst, "Orchid Compute  LIMITED")
    form = {"kind": "organization"}

    answer = desk.post_form(f"/screening/entries/{entry.id}/entity", form)
    assert (answer.status_code, str(alike.id) in text(answer)) == (409, True)

    again = desk.post_form(f"/screening/entries/{entry.id}/entity", {**form, "distinct": "y"})
    assert again.status_code == 303


def test_what_kind_of_party_it_is_must_be_said(desk, db, entry):
    answer = desk.post_form(f"/screening/entries/{entry.id}/entity", {"kind": "vessel"})

    assert answer.status_code == 422
    assert db.scalar(sa.select(sa.func.count(Entity.id))) == 0


def test_a_ship_is_no_party_of_a_case(desk, db, entry):
    make_entry(db, "9", kind="vessel")
    ship = make_entry(db, "9", kind="vessel", first=2)

    assert desk.get(f"/screening/entries/{ship.id}/entity").status_code == 404


def test_an_entity_is_screened_from_its_page(desk, db, finds, entity, hit):
    assert f"/screening/entities/{entity.id}" in text(desk.get(f"/entities/{entity.id}"))
    finds({})

    answer = desk.post_form(f"/screening/entities/{entity.id}")

    assert answer.status_code == 303
    assert "0 raised anew, 1 no longer raised" in text(desk.get(answer.location))
    assert db.get(ScreeningHit, hit.id).settled_at is not None


def test_everything_is_screened_by_a_job_and_the_page_says_so(desk):
    assert desk.post_form("/screening/everything").status_code == 303

    page = text(desk.get("/screening/hits"))
    assert "Waiting" in page
    assert "Look again" in page


@pytest.mark.parametrize("query", ["state=none&source=none&q=%00", "state=all&q=%25&after=x"])
def test_odd_filters_are_no_filters(desk, hit, query):
    assert desk.get(f"/screening/hits?{query}").status_code == 200


def test_a_hostile_name_stays_text(desk, db, analyst, entry, finds):
    finds({f"{SDN}/7": 0.9})
    make_entity(db, analyst, "<img src=x onerror=alert(1)>")

    assert "<img src=x" not in desk.get("/screening/hits").get_data(as_text=True)
