"""What is typed and not yet submitted: kept, merged, resumed, submitted once."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import sqlalchemy as sa

from models import Draft, Incident, SignInSession
from tests.factories import make_officer
from tests.incidents.answers import count, fields, send, submit


def test_a_draft_is_kept_as_it_was_typed_valid_or_not(sign_in, reporter):
    client = sign_in(reporter)
    typed = fields(then="draft", title="", window_start="soon", narrative="So far.")

    kept = client.post_form("/incidents/new", typed)
    page = client.get(kept.location)

    assert kept.status_code == 303
    assert 'value="soon"' in page.text
    assert "So far." in page.text
    assert "Without a title" in client.get("/incidents").text


def test_several_drafts_stand_side_by_side(db, sign_in, reporter):
    client = sign_in(reporter)

    for title in ("One", "Two"):
        client.post_form("/incidents/new", fields(then="draft", title=title))

    assert count(db, Draft) == 2


def test_saving_a_draft_twice_makes_one_draft(db, sign_in, reporter):
    client, typed = sign_in(reporter), fields(then="draft")

    client.post_form("/incidents/new", typed)
    client.post_form("/incidents/new", typed)

    assert count(db, Draft) == 1


def test_a_draft_is_seen_by_its_officer_only(sign_in, reporter, db):
    typed = fields(then="draft")
    kept = sign_in(reporter).post_form("/incidents/new", typed)

    other = sign_in(make_officer(db, "reporter"))

    assert other.get(kept.location).status_code == 404
    assert send(other, typed["draft_key"]).status_code == 404
    assert other.post_form(f"{kept.location}/removal").status_code == 303
    assert count(db, Draft) == 1


def test_another_window_does_not_overwrite_a_draft(db, sign_in, reporter):
    client, typed = sign_in(reporter), fields(then="draft", title="First window")
    client.post_form("/incidents/new", typed)

    answer = client.post_form(
        "/incidents/new", typed | {"window": uuid4().hex, "title": "Second window"}
    )

    assert answer.status_code == 409
    assert "First window" in answer.text
    assert "Second window" in answer.text
    assert db.scalars(sa.select(Draft)).one().data["title"] == ["First window"]


def test_the_merged_text_can_be_saved_from_the_page_that_showed_both(db, sign_in, reporter):
    client, typed = sign_in(reporter), fields(then="draft", title="First window")
    client.post_form("/incidents/new", typed)
    shown = client.post_form("/incidents/new", typed | {"window": uuid4().hex, "title": "Second"})
    seen = re.search(r'name="seen" value="(\d+)"', shown.text)[1]

    answer = client.post_form(
        "/incidents/new", typed | {"window": uuid4().hex, "seen": seen, "title": "Both"}
    )

    assert answer.status_code == 303
    assert db.scalars(sa.select(Draft)).one().data["title"] == ["Both"]


def test_the_saving_of_its_own_window_is_no_conflict(sign_in, reporter):
    client, typed = sign_in(reporter), fields(then="draft")
    client.post_form(f"/drafts/incident/{typed['draft_key']}", typed)
    client.post_form(f"/drafts/incident/{typed['draft_key']}", typed | {"title": "On"})

    assert client.post_form("/incidents/new", typed).status_code == 303


def test_a_further_source_needs_no_script(sign_in, reporter):
    client = sign_in(reporter)

    added = client.post_form("/incidents/new", fields(then="source"))
    page = client.get(added.location.partition("#")[0])

    assert 'name="sources-1-title"' in page.text
    assert 'name="sources-2-title"' not in page.text


def test_a_second_submit_makes_no_second_report(db, sign_in, reporter):
    client, typed = sign_in(reporter), fields()

    first, second = submit(client, typed), send(client, typed["draft_key"])

    assert first.location == second.location
    assert count(db, Incident) == 1


def test_a_draft_changed_after_review_is_reviewed_again(db, sign_in, reporter):
    client, typed = sign_in(reporter), fields()
    client.post_form("/incidents/new", typed)
    client.post_form("/incidents/new", typed | {"title": "Another title"})

    answer = send(client, typed["draft_key"], version="1")

    assert answer.status_code == 409
    assert "Another title" in answer.text
    assert count(db, Incident) == 0


def test_going_back_after_submission_loses_no_typing(db, sign_in, reporter):
    client, typed = sign_in(reporter), fields()
    submit(client, typed)

    kept = client.post_form("/incidents/new", typed | {"then": "draft", "title": "Typed later"})
    page = client.get(kept.location)

    assert "INC-2026-00001 was already submitted" in page.text
    assert "Typed later" in page.text
    assert typed["draft_key"] not in kept.location


def test_the_address_of_a_submitted_draft_leads_to_the_report(sign_in, reporter):
    client, typed = sign_in(reporter), fields()
    submit(client, typed)

    answer = client.get(f"/incidents/drafts/{typed['draft_key']}")

    assert answer.location == "/incidents/INC-2026-00001"


def test_typing_survives_the_end_of_the_session(db, sign_in, reporter, client):
    typed = fields(then="draft", title="Typed before the end")
    place = f"/incidents/drafts/{typed['draft_key']}"
    sign_in(reporter)
    hidden = {"draft_place": f"incident/{typed['draft_key']}", "draft_back": place}
    token = client.csrf_token()
    for row in db.scalars(sa.select(SignInSession)):
        row.seen_at = row.created_at = row.seen_at - timedelta(days=2)

    client.post("/incidents/new", data={**typed, **hidden, "csrf_token": token})

    assert "Typed before the end" in sign_in(reporter).get(place).text


def test_a_spoilt_draft_is_not_submitted(db, sign_in, reporter):
    client, typed = sign_in(reporter), fields(then="draft", alleged_on="soon")
    client.post_form("/incidents/new", typed)

    review = client.get(f"/incidents/drafts/{typed['draft_key']}/review")
    answer = send(client, typed["draft_key"])

    assert "check=1" in review.location
    assert "Enter a day that exists" in client.get(review.location.partition("#")[0]).text
    assert answer.status_code == 422
    assert count(db, Incident) == 0


def test_a_form_without_its_draft_key_is_told_so(sign_in, reporter):
    answer = sign_in(reporter).post_form("/incidents/new", fields(draft_key="../etc"))

    assert answer.status_code == 400
