from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine

from casework.people.throttle import FREE
from models import AuditEntry, SignInSession, SignInThrottle
from tests.conftest import open_app, sessions_on
from tests.factories import PASSWORD, make_officer
from views.sessions import token_sha256

NOON = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)
WRONG = "not the password at all"


@pytest.fixture
def officer(db):
    return make_officer(db, "case_officer", email="ada@example.gov", password=PASSWORD)


def submit(client, email="ada@example.gov", password=PASSWORD, **fields):
    data = {"email": email, "password": password, "notice": "y", **fields}
    return client.post_form("/sign-in", data)


def is_signed_in(client):
    return client.get("/account").status_code == 200


def test_the_right_password_opens_a_session(officer, client):
    answer = submit(client)

    assert answer.status_code == 303
    assert answer.location == "/"
    assert is_signed_in(client)


@pytest.mark.parametrize("email", ["ADA@Example.gov", "  ada@example.gov "])
def test_the_address_is_read_without_regard_to_case_and_outer_space(officer, client, email):
    assert submit(client, email=email).status_code == 303


@pytest.mark.parametrize("missing", ["email", "password", "notice"])
def test_a_form_without_one_of_its_fields_is_shown_again(officer, client, missing):
    answer = submit(client, **{missing: ""})

    assert answer.status_code == 422
    assert not is_signed_in(client)


def test_wrong_unknown_disabled_and_uninvited_are_told_alike(db, officer, client):
    make_officer(db, "analyst", email="off@example.gov", password=PASSWORD, active=False)
    make_officer(db, "analyst", email="new@example.gov")
    key = "k" * 20
    attempts = [
        ("ada@example.gov", WRONG),
        ("who@example.gov", WRONG),
        ("off@example.gov", PASSWORD),
        ("new@example.gov", WRONG),
    ]

    pages = {}
    for email, password in attempts:
        answer = submit(client, email=email, password=password, submission_key=key)
        told = answer.text.replace(email, "ADDRESS")
        pages[email] = (answer.status_code, _without_tokens(told))

    assert len(set(pages.values())) == 1
    assert next(iter(pages.values()))[0] == 422


def _without_tokens(page: str) -> str:
    return "\n".join(line for line in page.splitlines() if "csrf_token" not in line)


def test_the_password_is_never_sent_back(officer, client):
    assert WRONG not in submit(client, password=WRONG).text


def test_too_many_failures_hold_the_account_back_even_with_the_right_password(officer, client):
    with time_machine.travel(NOON, tick=False):
        for _ in range(FREE + 1):
            submit(client, password=WRONG)
        held = submit(client)
    with time_machine.travel(NOON + timedelta(seconds=3), tick=False):
        later = submit(client)

    assert held.status_code == 422
    assert later.status_code == 303


def test_being_held_back_looks_like_a_wrong_password(officer, client):
    with time_machine.travel(NOON, tick=False):
        wrong, *_ = [submit(client, password=WRONG) for _ in range(FREE + 1)]
        held = submit(client)

    assert held.status_code == wrong.status_code
    assert _without_tokens(held.text) == _without_tokens(wrong.text)


def test_failures_are_counted_in_the_database_and_outlive_a_restart(
    db, officer, client, settings, connection
):
    with time_machine.travel(NOON, tick=False):
        for _ in range(FREE + 1):
            submit(client, password=WRONG)
        restarted = open_app(settings, sessions_on(connection)).test_client()
        restarted.store = db

        assert submit(restarted).status_code == 422


def test_a_success_forgets_the_failures(db, officer, client):
    for _ in range(FREE):
        submit(client, password=WRONG)
    submit(client)

    assert db.scalars(sa.select(SignInThrottle)).all() == []


def test_one_address_that_tries_many_accounts_is_held_back_too(db, officer, client):
    with time_machine.travel(NOON, tick=False):
        for number in range(30):
            submit(client, email=f"guess{number}@example.gov", password=WRONG)

        assert submit(client).status_code == 422


def test_the_session_has_a_new_token_after_sign_in_and_the_old_one_is_refused(officer, client):
    client.csrf_token()
    before = client.token
    submit(client)
    after = client.token
    assert is_signed_in(client)

    client.use_token(before)

    assert before != after
    assert not is_signed_in(client)


def test_a_token_of_the_callers_own_choosing_opens_nothing(officer, client):
    client.use_token("chosen-by-somebody-else")

    assert not is_signed_in(client)
    submit(client)
    assert client.token != "chosen-by-somebody-else"


def test_the_database_holds_the_hash_of_a_token_only(db, officer, client):
    submit(client)

    rows = db.scalars(sa.select(SignInSession)).all()
    assert token_sha256(client.token) in {row.token_sha256 for row in rows}
    assert all(client.token not in f"{row.token_sha256}{row.data}" for row in rows)


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(officer, client):
    cookie = submit(client).headers["Set-Cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Domain" not in cookie


@pytest.mark.parametrize(
    ("target", "place"),
    [
        ("/cases?q=a", "/cases?q=a"),
        ("//evil.example", "/"),
        ("https://evil.example/", "/"),
        ("https:evil.example", "/"),
        ("/\\evil.example", "/"),
        ("\\\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
        ("/%0d%0aSet-Cookie:x=1", "/%0d%0aSet-Cookie:x=1"),
        ("/\t/evil.example", "/"),
        ("/\r\n/evil.example", "/"),
    ],
)
def test_sign_in_leads_to_pages_of_this_system_only(officer, client, target, place):
    assert submit(client, next=target).location == place


def test_every_attempt_is_in_the_log_without_the_password(db, officer, client):
    submit(client, password=WRONG)
    submit(client)

    found = db.execute(sa.select(AuditEntry.action, AuditEntry.leaf)).all()
    assert [action for action, _ in found] == ["sign_in.fail", "sign_in.ok"]
    assert all(WRONG not in leaf and PASSWORD not in leaf for _, leaf in found)


def test_whoever_is_signed_in_already_goes_on(officer, sign_in):
    answer = sign_in(officer).get("/sign-in?next=/statute")

    assert (answer.status_code, answer.location) == (302, "/statute")
