"""Who sees a report, and who may do what to it."""

from __future__ import annotations

import pytest

from casework.incidents.actions import incidents as actions
from tests.factories import AT, make_officer, make_organization
from tests.incidents.answers import fields

PLACE = "/incidents/INC-2026-00001"
STAFF = ("case_officer", "analyst", "reviewer", "signing_official", "records_officer")


def edited(**changes):
    return fields(**{"version": "1", "reason": "A typing error.", "then": None, **changes})


def seen_by(client):
    return client.get(PLACE).status_code


@pytest.mark.parametrize("role", STAFF)
def test_staff_sees_every_submitted_report(db, sign_in, incident, role):
    assert seen_by(sign_in(make_officer(db, role))) == 200


def test_a_reporter_sees_the_reports_of_the_own_organization_only(db, sign_in, incident):
    colleague = make_officer(db, "reporter")
    stranger = make_officer(db, "reporter", organization=make_organization(db, "Beacon AI"))

    assert seen_by(sign_in(colleague)) == 200
    assert seen_by(sign_in(stranger)) == 404
    assert "INC-2026-00001" not in sign_in(stranger).get("/incidents").text


@pytest.mark.parametrize("role", ["auditor", "administrator", "agency_delegate"])
def test_others_see_no_report(db, sign_in, incident, role):
    client = sign_in(make_officer(db, role))

    assert seen_by(client) in {403, 404}
    assert client.get("/incidents").status_code == 403


@pytest.mark.parametrize(
    ("page", "roles"),
    [
        ("edit", {"case_officer", "reporter"}),
        ("triage", {"case_officer"}),
        ("withdrawal", {"case_officer", "reporter"}),
        ("answer", {"case_officer", "reporter"}),
        ("parties/new?q=orchid", {"case_officer", "analyst"}),
    ],
)
def test_each_page_is_open_to_the_roles_that_may_act(db, sign_in, incident, page, roles):
    for role in (*STAFF, "reporter"):
        officer = incident.submitted_by if role == "reporter" else make_officer(db, role)
        status = sign_in(officer).get(f"{PLACE}/{page}").status_code
        assert status == (200 if role in roles else 403), role


def test_a_reporter_mends_a_report_until_somebody_works_with_it(
    db, sign_in, incident, reporter, officer
):
    before = sign_in(reporter).get(f"{PLACE}/edit").status_code
    actions.triage(db, incident, "acknowledge", by=officer, at=AT)
    during = sign_in(reporter).post_form(f"{PLACE}/edit", edited()).status_code
    actions.triage(db, incident, "return", reason="Name the days.", by=officer, at=AT)
    after = sign_in(reporter).post_form(f"{PLACE}/edit", edited(version="3")).status_code

    assert (before, during, after) == (200, 403, 303)
    assert "Name the days." in sign_in(reporter).get(PLACE).text
