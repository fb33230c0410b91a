"""Nothing typed is lost: by a second window, an ended session, or a closed browser."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine

from models import Draft
from tests.factories import PASSWORD, make_case, make_officer

NINE = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)


@pytest.fixture
def officer(db):
    return make_officer(db, "analyst", email="ada@example.gov", password=PASSWORD)


@pytest.fixture
def page(db, officer):
    """The form for an exhibit of the officer's own case."""
    return f"/cases/{make_case(db, officer).reference}/evidence/new"


@pytest.fixture
def typed(page):
    reference = page.split("/")[2]
    return {
        "title": "Half a sentence about",
        "description": "what the log shows",
        "draft_place": f"exhibit/{reference}",
        "draft_back": page,
    }


def at(moment):
    return time_machine.travel(moment, tick=False)


def drafts(db):
    return list(db.scalars(sa.select(Draft)))


def test_a_form_sent_after_the_session_ended_is_there_again_after_sign_in(
    db, officer, sign_in, page, typed
):
    with at(NINE):
        client = sign_in(officer)
    with at(NINE + timedelta(minutes=31)):
        refused = client.post_form(page, typed)
        sign_in_page = client.get(refused.location)
        back = client.post_form(
            "/sign-in",
            {
                "email": "ada@example.gov",
                "password": PASSWORD,
                "notice": "y",
                "next": _field(sign_in_page.text, "next"),
            },
        )
        again = client.get(back.location)

    assert refused.status_code == 303
    assert "What you typed is kept" in sign_in_page.text
    assert back.location == page
    assert "Half a sentence about" in again.text
    assert "what the log shows" in again.text


def _field(page: str, name: str) -> str:
    element = page.split(f'name="{name}"')[1].split(">", maxsplit=1)[0]
    return element.split('value="')[1].split('"')[0]


def test_a_signed_out_session_keeps_nothing_that_is_sent_with_it(db, officer, sign_in, page, typed):
    client = sign_in(officer)
    token, csrf = client.token, client.csrf_token()
    client.post_form("/sign-out")
    client.use_token(token)

    answer = client.post(page, data={**typed, "csrf_token": csrf})

    assert answer.status_code in {303, 401}
    assert drafts(db) == []


@pytest.mark.parametrize("csrf", ["", "forged", None], ids=["none", "forged", "of another"])
def test_nobody_leaves_drafts_for_an_officer_without_the_token_of_the_ended_session(
    db, officer, sign_in, new_client, page, typed, csrf
):
    with at(NINE):
        client = sign_in(officer)
    stranger = new_client()
    with at(NINE + timedelta(minutes=31)):
        sent = stranger.csrf_token() if csrf is None else csrf
        client.post(page, data={**typed, "csrf_token": sent})

    assert drafts(db) == []


def test_a_form_without_any_session_shows_what_was_typed(client, page, typed):
    answer = client.post(page, data=typed)

    assert answer.status_code == 401
    assert "Half a sentence about" in answer.text
    assert "what the log shows" in answer.text


def test_the_page_for_those_without_a_session_shows_no_password(client):
    typed = {"password": "a secret of mine", "again": "a secret of mine"}

    for url in ("/sign-in", "/invitation/unknown"):
        assert "a secret of mine" not in client.post(url, data=typed).text


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_the_way_back_leads_to_no_other_site(db, officer, sign_in, page, typed, back):
    with at(NINE):
        client = sign_in(officer)
    with at(NINE + timedelta(minutes=31)):
        answer = client.post_form(page, {**typed, "draft_back": back})

    assert "evil" not in answer.location


def test_a_draft_saved_by_itself_is_in_the_form_the_next_time(officer, sign_in, page, typed):
    client = sign_in(officer)
    answer = client.post_form(f"/drafts/{typed['draft_place']}", typed)

    assert answer.json["version"] == 1
    assert "Half a sentence about" in client.get(page).text


def test_a_draft_grows_a_version_with_each_save(officer, sign_in, typed):
    client = sign_in(officer)
    url = f"/drafts/{typed['draft_place']}"

    first = client.post_form(url, typed).json["version"]
    second = client.post_form(url, {**typed, "draft_version": first}).json["version"]

    assert (first, second) == (1, 2)


def test_a_second_window_does_not_overwrite_what_the_first_saved(db, officer, sign_in, typed):
    client = sign_in(officer)
    url = f"/drafts/{typed['draft_place']}"
    version = client.post_form(url, typed).json["version"]
    client.post_form(url, {**typed, "title": "first window", "draft_version": version})

    late = client.post_form(url, {**typed, "title": "second window", "draft_version": version})

    assert late.status_code == 409
    assert "another window" in late.json["message"]
    assert drafts(db)[0].data["title"] == ["first window"]


def test_a_draft_holds_neither_tokens_nor_passwords(db, officer, sign_in, typed):
    sign_in(officer).post_form(
        f"/drafts/{typed['draft_place']}", {**typed, "password": "a secret of mine"}
    )

    kept = drafts(db)[0].data
    assert not set(kept) & {"csrf_token", "submission_key", "password", "draft_version"}


def test_a_draft_is_seen_by_its_officer_only(db, officer, sign_in, new_client, page, typed):
    sign_in(officer).post_form(f"/drafts/{typed['draft_place']}", typed)
    case_ref = page.split("/")[2]
    other = make_officer(db, "analyst")
    from models import Case
    from tests.factories import add_member

    add_member(db, db.scalars(sa.select(Case).where(Case.reference == case_ref)).one(), other)
    reader = new_client()
    reader.sign_in_as(other)

    assert "Half a sentence about" not in reader.get(page).text


@pytest.mark.parametrize(
    ("place", "status"),
    [
        ("exhibit/MEA-2026-00001", 200),
        ("Exhibit/x", 404),
        ("../x", 404),
        ("exhibit/a b", 404),
        ("exhibit/" + "x" * 121, 404),
    ],
)
def test_drafts_have_plain_places(officer, sign_in, place, status):
    assert sign_in(officer).post_form(f"/drafts/{place}", {"a": "b"}).status_code == status


def test_a_draft_too_long_to_keep_is_refused_with_what_to_do(db, officer, sign_in):
    answer = sign_in(officer).post_form("/drafts/exhibit/x", {"description": "x" * 400_001})

    assert answer.status_code == 413
    assert "Shorten" in answer.text
    assert drafts(db) == []


def test_a_draft_with_a_nul_is_kept_on_every_database(db, officer, sign_in):
    answer = sign_in(officer).post_form("/drafts/exhibit/x", {"title": "before\0after"})

    assert answer.status_code == 200
    assert drafts(db)[0].data["title"] == ["before\ufffdafter"]
