from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from casework.people.actions import accounts as actions
from models import SignInSession
from tests.factories import make_officer
from views.sessions import token_sha256

NINE = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)


@pytest.fixture
def officer(db):
    return make_officer(db, "case_officer")


def works(client):
    return client.get("/account").status_code == 200


def at(moment):
    return time_machine.travel(moment, tick=False)


def test_a_page_without_a_session_leads_to_sign_in_and_back(client):
    answer = client.get("/statute?from=mail")

    assert answer.status_code == 303
    assert answer.location == "/sign-in?next=/statute?from%3Dmail"


def test_a_copied_cookie_is_worthless_after_sign_out(officer, sign_in, new_client):
    client, thief = sign_in(officer), new_client()
    thief.use_token(client.token)
    assert works(thief)

    answer = client.post_form("/sign-out")

    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not works(client)
    assert not works(thief)


def test_an_idle_session_ends_after_thirty_minutes(officer, sign_in):
    with at(NINE):
        client = sign_in(officer)
    with at(NINE + timedelta(minutes=29, seconds=59)):
        assert works(client)
    with at(NINE + timedelta(minutes=60)):
        assert not works(client)


def test_a_session_in_use_ends_after_twelve_hours_all_the_same(officer, sign_in):
    with at(NINE):
        client = sign_in(officer)
    for minutes in range(20, 12 * 60, 20):
        with at(NINE + timedelta(minutes=minutes)):
            assert works(client)
    with at(NINE + timedelta(hours=12)):
        assert not works(client)


def test_extending_keeps_an_idle_session_alive(officer, sign_in):
    with at(NINE):
        client = sign_in(officer)
    with at(NINE + timedelta(minutes=28)):
        assert client.post_form("/session/extend").status_code == 204
    with at(NINE + timedelta(minutes=57)):
        assert works(client)


def test_a_disabled_officer_is_out_at_the_next_request(db, officer, sign_in):
    client = sign_in(officer)
    assert works(client)

    actions.set_active(db, officer, active=False, by=make_officer(db, "administrator"), at=NINE)

    assert not works(client)


def test_an_account_that_was_disabled_and_enabled_again_needs_a_new_sign_in(db, officer, sign_in):
    client, administrator = sign_in(officer), make_officer(db, "administrator")

    for active in (False, True):
        actions.set_active(db, officer, active=active, by=administrator, at=NINE)

    assert not works(client)


def test_a_new_password_ends_every_session(db, officer, sign_in, new_client):
    client, other = sign_in(officer), new_client()
    other.sign_in_as(officer)

    actions.set_password(db, officer, "heron lantern gravel quartz", at=NINE)

    assert not works(client)
    assert not works(other)


def test_an_officer_sees_and_ends_own_sessions(officer, sign_in, new_client):
    client, lost = sign_in(officer), new_client()
    lost.sign_in_as(officer)
    digest = token_sha256(lost.token)
    assert digest in client.get("/account").text

    answer = client.post_form(f"/account/sessions/{digest}/end")

    assert answer.status_code == 303
    assert not works(lost)
    assert works(client)


def test_nobody_ends_the_session_of_somebody_else(db, officer, sign_in, new_client):
    other = new_client()
    other.sign_in_as(make_officer(db, "analyst"))

    answer = sign_in(officer).post_form(f"/account/sessions/{token_sha256(other.token)}/end")

    assert answer.status_code == 404
    assert works(other)


def test_what_an_ended_session_held_is_not_carried_into_the_next(db, officer, sign_in):
    client = sign_in(officer)
    before = client.csrf_token()
    client.post_form("/sign-out")
    client.sign_in_as(officer)

    assert client.post("/session/extend", data={"csrf_token": before}).status_code == 400


def test_reading_pages_moves_the_time_last_seen_at_most_once_a_minute(db, officer, sign_in):
    with at(NINE):
        client = sign_in(officer)
    seen = []
    for seconds in (30, 59, 61, 90):
        with at(NINE + timedelta(seconds=seconds)):
            assert works(client)
        seen.append(db.get(SignInSession, token_sha256(client.token)).seen_at)

    assert seen == [NINE, NINE, NINE + timedelta(seconds=61), NINE + timedelta(seconds=61)]


def test_a_session_row_names_its_officer_and_where_it_is_used(db, officer, sign_in):
    client = sign_in(officer)

    row = db.get(SignInSession, token_sha256(client.token))

    assert row.officer_id == officer.id
    assert json.loads(row.data)["officer_id"] == str(officer.id)


@pytest.mark.parametrize("token", ["", "x" * 129, "☃", "../../etc"])
def test_a_cookie_that_names_no_session_is_taken_as_none(client, token):
    answer = client.get("/account", headers={"Cookie": f"docket={token}"})

    assert answer.status_code == 303
