from __future__ import annotations

import pytest
import sqlalchemy as sa

from models import ActEvent, AuditDetail, AuditEntry
from tests.factories import TEXT_VERSION, make_officer

CLOCKS = f"/statute/{TEXT_VERSION}/clocks"
ENACTED = {"kind": "enactment", "happened_on": "2027-01-04", "note": "as published"}


@pytest.fixture
def signer(db, sign_in):
    return sign_in(make_officer(db, "signing_official"))


def events(db):
    return db.scalar(sa.select(sa.func.count()).select_from(ActEvent))


def refusals(db):
    wanted = sa.select(AuditDetail.detail).join(AuditEntry, AuditEntry.seq == AuditDetail.seq)
    rows = db.scalars(wanted.where(AuditEntry.action == "access.refused"))
    return [row["reason"] for row in rows]


def test_a_form_from_our_own_page_is_accepted(db, signer):
    assert signer.post_form(CLOCKS, ENACTED).status_code == 303
    assert events(db) == 1


def test_a_form_without_its_token_changes_nothing_and_is_logged(db, signer):
    answer = signer.post(CLOCKS, data={**ENACTED, "submission_key": "k" * 20})

    assert answer.status_code == 400
    assert events(db) == 0
    assert refusals(db) == ["csrf"]


def test_a_token_of_another_session_changes_nothing(db, signer, new_client):
    other = new_client()
    other.sign_in_as(make_officer(db, "signing_official"))
    borrowed = other.csrf_token()

    answer = signer.post(
        CLOCKS, data={**ENACTED, "submission_key": "k" * 20, "csrf_token": borrowed}
    )

    assert answer.status_code == 400
    assert events(db) == 0


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost.evil.example"},
    ],
    ids=str,
)
def test_a_form_sent_from_another_site_changes_nothing_even_with_its_token(db, signer, headers):
    answer = signer.post_form(CLOCKS, ENACTED, headers=headers)

    assert answer.status_code == 403
    assert events(db) == 0
    assert refusals(db) == ["cross_site"]


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}, {"Origin": "http://localhost"}],
    ids=str,
)
def test_a_form_that_says_it_is_ours_is_accepted(signer, headers):
    assert signer.post_form(CLOCKS, ENACTED, headers=headers).status_code == 303


def test_an_https_form_is_accepted_from_its_own_page_only(client_with, db):
    site = "https://localhost"
    client = client_with(base_url=site)
    client.sign_in_as(make_officer(db, "signing_official"))
    own, evil = {"Referer": f"{site}{CLOCKS}"}, {"Referer": "https://evil.example/"}

    refused = client.post_form(CLOCKS, ENACTED, base_url=site, headers=evil)
    accepted = client.post_form(CLOCKS, ENACTED, base_url=site, headers=own)

    assert (refused.status_code, accepted.status_code) == (400, 303)
    assert events(db) == 1


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH", "PROPFIND"])
def test_methods_that_no_page_uses_are_refused(db, signer, method):
    token = {"X-CSRFToken": signer.csrf_token()}

    assert signer.open("/statute", method=method, headers=token).status_code == 405
    assert events(db) == 0


def test_a_head_request_answers_like_get_without_a_body(signer):
    answer = signer.head("/statute")

    assert answer.status_code == 200
    assert answer.data == b""


def test_the_same_form_sent_twice_makes_one_row_and_leads_to_the_same_place(db, signer):
    twice = {**ENACTED, "submission_key": "k" * 24}

    first, second = signer.post_form(CLOCKS, twice), signer.post_form(CLOCKS, twice)

    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location
    assert events(db) == 1


def test_a_refused_form_may_be_sent_again_under_the_same_key(db, signer):
    key = {"submission_key": "k" * 24}

    refused = signer.post_form(CLOCKS, {**ENACTED, **key, "note": ""})
    accepted = signer.post_form(CLOCKS, {**ENACTED, **key})

    assert (refused.status_code, accepted.status_code) == (422, 303)
    assert 'value="' + key["submission_key"] in refused.text
    assert events(db) == 1


def test_the_key_of_one_officer_does_not_stand_for_another(db, signer, new_client):
    other = new_client()
    other.sign_in_as(make_officer(db, "signing_official"))
    key = {**ENACTED, "submission_key": "k" * 24}

    signer.post_form(CLOCKS, key)
    other.post_form(CLOCKS, key)

    assert events(db) == 2


@pytest.mark.parametrize("key", ["", "short", "x" * 65, "not a key at all ☃"])
def test_a_form_without_a_usable_key_changes_nothing(db, signer, key):
    answer = signer.post_form(CLOCKS, {**ENACTED, "submission_key": key})

    assert answer.status_code == 400
    assert events(db) == 0


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("docket.example.gov", 303),
        ("docket.example.gov:8000", 303),
        ("evil.example", 400),
        ("docket.example.gov.evil.example", 400),
        ("evil.example#docket.example.gov", 400),
    ],
)
def test_only_hosts_of_the_settings_are_served(client_with, host, status):
    client = client_with(trusted_hosts=("docket.example.gov",))

    answer = client.get("/statute", headers={"Host": host})

    assert answer.status_code == status
    assert "evil" not in answer.headers.get("Location", "")


@pytest.mark.parametrize("proxies", [0, 1])
def test_the_address_of_a_request_is_the_one_that_counted_proxies_vouch_for(
    client_with, db, proxies
):
    client = client_with(proxies=proxies)
    forwarded = {"X-Forwarded-For": "203.0.113.9, 198.51.100.4"}

    client.post_form(
        "/sign-in", {"email": "a@b.gov", "password": "x", "notice": "y"}, headers=forwarded
    )

    leaf = db.scalar(sa.select(AuditEntry.leaf).where(AuditEntry.action == "sign_in.fail"))
    assert ('"198.51.100.4"' if proxies else '"127.0.0.1"') in leaf
    assert "203.0.113.9" not in leaf


@pytest.mark.parametrize(
    "path",
    [
        "/.git/config",
        "/config.py",
        "/static/../app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e/config.py",
        "/static/fonts/../../app.py",
        "/static/fonts/..%2f..%2fapp.py",
        "/console",
        "/debug",
        "/var/docket.db",
        "/statute/%00",
        "/cases/%F0%9F%A6%A9",
        "/" + "a" * 5000,
    ],
)
def test_paths_that_are_none_of_ours_are_not_found(signer, path):
    assert signer.get(path).status_code in {404, 403}


@pytest.mark.parametrize(
    "query", ["before=x", "before=-1", f"before={10**40}", "actor=1", "action=%00"]
)
def test_odd_queries_of_the_log_are_answered_without_a_fault(db, sign_in, query):
    answer = sign_in(make_officer(db, "auditor")).get(f"/audit?{query}")

    assert answer.status_code in {200, 400}


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "no-such-event"},
        {"happened_on": "04/01/2027"},
        {"happened_on": "2027-02-30"},
        {"note": "hidden\u202eturn"},
        {"note": "nul\0byte"},
        {"note": "x" * 20_001},
        {"note": ""},
    ],
    ids=["kind", "date style", "no such day", "bidi", "nul", "too long", "empty"],
)
def test_a_value_that_cannot_be_used_is_refused_at_its_field_and_kept(db, signer, fields):
    answer = signer.post_form(CLOCKS, {**ENACTED, **fields})

    assert answer.status_code == 422
    assert events(db) == 0
    assert 'aria-invalid="true"' in answer.text
