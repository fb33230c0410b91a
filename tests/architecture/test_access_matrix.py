"""Every route by every role, called for real (AZ-1, AZ-2)."""

from __future__ import annotations

import pytest

from casework.access import Role
from tests.architecture.caller import rules_of
from tests.architecture.matrix import (
    GUARDED,
    KEYS_IN_A_CASE,
    OF_A_CASE,
    OF_A_REPORT,
    PUBLIC,
    ROUTES,
    WRITES,
    allowed,
)


def test_every_route_is_in_the_matrix_and_the_matrix_names_no_other(fresh_app):
    assert set(rules_of(fresh_app)) == set(ROUTES)


def test_the_matrix_names_roles_that_exist():
    named = {role for route in GUARDED for role in allowed(route)}

    assert named <= set(Role)


def test_every_view_declares_its_permission(fresh_app):
    for endpoint, view in fresh_app.view_functions.items():
        assert endpoint == "static" or hasattr(view, "permission"), endpoint


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("route", GUARDED)
def test_a_role_reaches_what_the_matrix_grants_and_nothing_else(caller, route, role):
    status = caller.status(route, role)

    if role in allowed(route):
        assert status not in {401, 403, 404}, status
        assert status < 500
    else:
        assert status in {403, 404}, status


@pytest.mark.parametrize("route", GUARDED)
def test_without_sign_in_every_guarded_route_leads_to_sign_in(caller, route):
    assert caller.status(route, None) == 303


@pytest.mark.parametrize("route", PUBLIC)
def test_a_public_route_answers_without_sign_in(caller, route):
    assert caller.status(route, None) in {200, 422}


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("route", OF_A_CASE)
def test_a_case_that_the_officer_may_not_see_is_not_found_whatever_the_role(caller, route, role):
    assert caller.status(route, role, hidden="all") == 404


@pytest.mark.parametrize("key", KEYS_IN_A_CASE)
def test_a_row_of_a_hidden_case_is_not_found_through_the_own_case(caller, key):
    for route in (route for route in OF_A_CASE if f"<{key}>" in route):
        for role in allowed(route):
            assert caller.status(route, role, hidden=key) == 404, (route, role)


@pytest.mark.parametrize("route", OF_A_REPORT)
def test_a_report_of_another_owner_is_not_found_by_a_reporter(caller, route):
    assert caller.status(route, Role.REPORTER, hidden="all") == 404


@pytest.mark.parametrize("route", WRITES)
def test_what_changes_something_cannot_be_called_by_a_link(caller, route):
    same = route.replace("POST ", "GET ")
    if same in ROUTES:
        pytest.skip("the same address shows the form")
    rule = caller.rules[route]
    url = caller.world.url(rule.endpoint, caller.world.own, None)

    # 404: the address, read as a link, would be that of a report or case of that name.
    assert caller.client(Role.CASE_OFFICER).get(url).status_code in {405, 404}
