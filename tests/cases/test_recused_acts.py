"""A recusal that arrives between the page and the act stops the act."""

from __future__ import annotations

from datetime import date

import pytest

from casework.access import Role
from casework.errors import Forbidden
from casework.workflow.actions import cases, coordination, scope, team
from casework.workflow.actions.scope import NewSubject
from tests.factories import AT, make_case, make_entity, make_incident, make_officer

ON = date(2026, 11, 24)


def edit(db, case, by):
    cases.edit_case(
        db, case, title="T", summary="", next_review_on=None, by=by, at=AT, version=case.version
    )


def link(db, case, by):
    scope.link_incident(db, case, make_incident(db, by), by=by, at=AT)


def name_subject(db, case, by):
    new = NewSubject(make_entity(db, by), role="querier", examined=True, note="")
    scope.add_subject(db, case, new, by=by, at=AT)


def say(db, case, by):
    team.comment(db, case, "Seen.", by=by, at=AT)


def give_a_task(db, case, by):
    team.add_task(db, case, title="Ask", assignee=by, due_on=None, by=by, at=AT)


def ask(db, case, by):
    coordination.ask_agency(db, case, "STATE", due_on=ON, by=by, at=AT, on=ON)


@pytest.mark.parametrize("act", [edit, link, name_subject, say, give_a_task, ask])
def test_a_recused_person_does_nothing_although_the_page_was_open(db, act):
    officer = make_officer(db, Role.CASE_OFFICER)
    case = make_case(db, officer)
    team.recuse(db, case, officer, reason="Held shares.", by=officer, at=AT)

    with pytest.raises(Forbidden, match="recused"):
        act(db, case, officer)
