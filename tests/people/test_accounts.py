from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine

from casework.access import Permission, Role, permits
from casework.errors import Forbidden, InvalidValue
from casework.people.actions import accounts as actions
from models import AuditDetail, Invitation, Officer
from tests.factories import AT, OWNER, make_officer, make_organization

NINE = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
CHOSEN = "heron lantern gravel quartz"


def choose(client, link, password=CHOSEN, again=None):
    return client.post_form(link, {"password": password, "again": again or password})


@pytest.fixture
def invited(db):
    return make_officer(db, "analyst", email="ada@example.gov", name="Ada Quill")


def link_for(db, officer, at=NINE):
    token = actions.invite(db, officer, by=None, at=at)
    db.commit()
    return f"/invitation/{token}"


def test_an_invitation_sets_the_password_and_sign_in_works_with_it(db, invited, client):
    with time_machine.travel(NINE, tick=False):
        link = link_for(db, invited)
        assert "Ada Quill" in client.get(link).text
        answer = choose(client, link)
        signed_in = client.post_form(
            "/sign-in", {"email": "ada@example.gov", "password": CHOSEN, "notice": "y"}
        )

    assert answer.status_code == 303
    assert (signed_in.status_code, signed_in.location) == (303, "/")


def test_an_invitation_works_once(db, invited, client):
    with time_machine.travel(NINE, tick=False):
        link = link_for(db, invited)
        choose(client, link)
        again = choose(client, link, "another long password here")

    assert again.status_code == 404


@pytest.mark.parametrize(
    ("hours", "status"), [(0, 200), (23.99, 200), (24, 404), (48, 404)], ids=str
)
def test_an_invitation_is_valid_for_a_day(db, invited, client, hours, status):
    link = link_for(db, invited)

    with time_machine.travel(NINE + timedelta(hours=hours), tick=False):
        assert client.get(link).status_code == status


def test_a_newer_invitation_replaces_the_older(db, invited, client):
    first, second = link_for(db, invited), link_for(db, invited)

    with time_machine.travel(NINE, tick=False):
        assert client.get(first).status_code == 404
        assert client.get(second).status_code == 200


def test_an_unknown_invitation_is_not_found(client):
    assert client.get("/invitation/never-issued").status_code == 404


@pytest.mark.parametrize(
    ("password", "again", "words"),
    [
        ("x" * 14, None, "at least 15 characters"),
        ("x" * 129, None, "at most 128 characters"),
        (CHOSEN, CHOSEN + "!", "The two differ"),
        ("ada quill ada quill", None, "common or personal"),
    ],
)
def test_a_refused_password_keeps_the_link_open(db, invited, client, password, again, words):
    with time_machine.travel(NINE, tick=False):
        link = link_for(db, invited)
        refused = choose(client, link, password, again)

        assert refused.status_code == 422
        assert words in refused.text
        assert choose(client, link).status_code == 303


def test_the_token_of_an_invitation_is_stored_nowhere(db, invited):
    token = actions.invite(db, invited, by=None, at=NINE)

    row = db.scalars(sa.select(Invitation)).one()
    details = [str(detail) for detail in db.scalars(sa.select(AuditDetail.detail))]
    assert token != row.token_sha256
    assert all(token not in detail for detail in details)


@pytest.mark.parametrize(
    ("roles", "owner", "field"),
    [
        ([], False, "roles"),
        (["emperor"], False, "roles"),
        (["reporter", "analyst"], True, "roles"),
        (["reporter"], False, "roles"),
        (["analyst"], True, "organization"),
    ],
)
def test_roles_that_do_not_fit_the_organization_are_refused(db, roles, owner, field):
    place = make_organization(db, OWNER if owner else "Bureau", None if owner else "STATE")

    with pytest.raises(InvalidValue) as refused:
        actions.add_officer(
            db, name="N", email="n@example.gov", organization=place, roles=roles, by=None, at=AT
        )

    assert refused.value.field == field


def test_two_accounts_cannot_share_an_address(db, invited):
    with pytest.raises(InvalidValue, match="has an account already"):
        actions.add_officer(
            db,
            name="Other",
            email=" ADA@example.gov",
            organization=invited.organization,
            roles=["analyst"],
            by=None,
            at=AT,
        )


def test_no_officer_changes_the_own_account_under_any_of_the_persons_accounts(db):
    administrator = make_officer(db, "administrator")
    twin = make_officer(db, "administrator", person=administrator.person)

    for account in (administrator, twin):
        with pytest.raises(Forbidden):
            actions.set_active(db, account, active=False, by=administrator, at=AT)


def test_an_administrator_adds_an_account_and_gets_its_link_once(db, sign_in, client):
    administrator = make_officer(db, "administrator")
    place = administrator.organization

    answer = sign_in(administrator).post_form(
        "/people/new",
        {
            "name": "Bo Tern",
            "email": "bo@example.gov",
            "organization": str(place.id),
            "roles": ["analyst", "reviewer"],
            "affiliation": "federal_contractor",
            "nationality": "GB",
        },
    )

    assert answer.status_code == 200, answer.text
    added = db.scalars(sa.select(Officer).where(Officer.email == "bo@example.gov")).one()
    assert added.roles == {"analyst", "reviewer"}
    assert (added.affiliation, added.nationality) == ("federal_contractor", "GB")
    assert added.password_hash is None
    link = re.search(r"http://localhost(/invitation/[\w-]+)", answer.text).group(1)
    assert choose(client, link).status_code == 303


def test_roles_and_actors_in_a_form_that_does_not_ask_for_them_are_ignored(db, sign_in):
    analyst = make_officer(db, "analyst")

    sign_in(analyst).post_form("/session/extend", {"roles": "administrator", "officer_id": "1"})

    assert analyst.roles == {"analyst"}


@pytest.mark.parametrize("role", list(Role))
def test_who_manages_accounts_sees_no_case_and_who_reads_the_log_neither(db, role):
    officer = make_officer(db, role)
    case_rights = [p for p in Permission if p.startswith(("case:", "finding:", "evidence:"))]

    may = {p for p in case_rights if permits(officer, p)}

    if role in {Role.ADMINISTRATOR, Role.AUDITOR, Role.REPORTER}:
        assert may == set()
    else:
        assert Permission.CASE_READ in may


@pytest.mark.parametrize("permission", [Permission.PEOPLE_MANAGE, Permission.AUDIT_READ])
def test_accounts_and_the_log_belong_to_one_role_each(db, permission):
    holders = [role for role in Role if permits(make_officer(db, role), permission)]

    assert len(holders) == 1


def test_the_first_administrator_is_invited_from_the_command_line(db, app):
    answer = app.test_cli_runner().invoke(
        args=["users", "invite", "root@example.gov", "--name", "R", "--role", "administrator"]
    )

    assert answer.exit_code == 0, answer.output
    assert "/invitation/" in answer.output
    officer = db.scalars(sa.select(Officer).where(Officer.email == "root@example.gov")).one()
    assert officer.roles == {"administrator"}
