"""What the calendar finds in the tables, and for whom."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from casework.access import Role
from casework.calendar.facts import KINDS, State
from casework.calendar.queries.entries import case_entries, entries_for
from casework.calendar.queries.progress import progress_of, stays
from casework.calendar.queries.wanted import Wanted
from casework.legislation.queries import ActDates
from casework.statute.loader import load_pack
from models import MeasureHold, MeasureHoldLift, Recusal, StageChange
from tests.calendar.rows import DUE, ON, busy_case, fill
from tests.factories import AT, TEXT_VERSION, make_officer

PACK = load_pack(TEXT_VERSION)
PLANNING = ActDates(None, {})


@pytest.fixture
def busy(db):
    return busy_case(db)


def found(busy, officer=None, *, on=ON, enacted=None, **wanted):
    asked = Wanted(**wanted)
    who = officer or busy.lead
    return entries_for(busy.db, who, asked, on=on, default_enacted=enacted)


def test_something_of_every_kind_is_found_on_its_day(busy):
    fill(busy)

    entries = found(busy, first=DUE, last=DUE)

    assert {entry.kind for entry in entries} == set(KINDS) - {"statute", "listing"}
    assert {entry.due for entry in entries} == {DUE}
    assert {entry.case for entry in entries} == {busy.case.reference}


def test_days_outside_the_time_asked_for_are_left_out(busy):
    fill(busy)

    assert found(busy, first=DUE + timedelta(days=1)) == []
    assert found(busy, last=DUE - timedelta(days=1)) == []


@pytest.mark.parametrize("kind", ["task", "vote", "hold"])
def test_one_kind_can_be_asked_for(busy, kind):
    fill(busy)

    assert {entry.kind for entry in found(busy, kind=kind)} == {kind}


def test_nobody_sees_the_days_of_a_case_that_is_not_theirs(busy):
    fill(busy)
    stranger = make_officer(busy.db, Role.CASE_OFFICER)
    busy.add(
        Recusal(
            case_id=busy.case.id,
            person_id=busy.lead.person_id,
            reason="Family.",
            declared_by_id=busy.lead.id,
            declared_at=AT,
        )
    )

    assert found(busy, stranger) == []
    assert found(busy) == []


def test_mine_is_what_is_mine_to_do_and_the_cases_that_i_lead(busy):
    fill(busy)
    state = busy.delegate("STATE")

    assert len(found(busy, mine=True)) == len(found(busy))
    kinds = {entry.kind for entry in found(busy, state, mine=True)}
    assert kinds == {"position", "dispute", "vote"}
    assert {entry.kind for entry in found(busy, state) if entry.own} == kinds


def test_a_lifted_hold_and_a_finished_task_are_done(busy):
    fill(busy)
    hold = busy.db.scalars(sa.select(MeasureHold)).one()
    busy.add(MeasureHoldLift(**busy.act(), hold_id=hold.id, reason="Over."))
    busy.task().done_at = AT
    busy.db.flush()

    states = {(entry.kind, entry.state) for entry in found(busy)}

    assert ("hold", State.MET) in states
    assert ("task", State.MET) in states


def test_a_hold_stops_no_clock(busy):
    before = case_entries(busy.db, busy.lead, busy.case, ActDates(ON, {}), ON)
    fill(busy)
    after = case_entries(busy.db, busy.lead, busy.case, ActDates(ON, {}), ON)

    of_text = [entry for entry in after if entry.kind == "statute"]
    assert of_text == [entry for entry in before if entry.kind == "statute"]
    assert {entry.state for entry in of_text if entry.due} == {State.RUNNING}


def test_only_a_postponement_of_all_members_moves_a_vote(busy):
    motion = busy.motion()
    members = sorted(PACK.members("erc"))
    later = DUE + timedelta(days=20)
    busy.postpone(motion, later, members[:-1])
    busy.db.expire_all()
    partly = found(busy, kind="vote", on=DUE + timedelta(days=1))[0]

    busy.postpone(motion, later, members)
    busy.db.expire_all()
    wholly = found(busy, kind="vote", on=DUE + timedelta(days=1))[0]

    assert (partly.due, partly.state) == (DUE, State.BREACHED)
    assert (wholly.due, wholly.state) == (later, State.PAUSED)
    assert [row.key for row in found(busy, kind="vote", first=later, last=later)] == [wholly.key]


def test_the_clocks_of_the_text_are_those_of_the_cases_that_one_sees(busy):
    enacted = date(2027, 1, 4)
    stranger = make_officer(busy.db, Role.ANALYST)

    entries = found(busy, enacted=enacted, first=enacted, last=date(2027, 12, 31))

    assert {entry.kind for entry in entries} == {"statute"}
    assert found(busy, stranger, enacted=enacted) == []
    assert all(entry.kind != "statute" for entry in found(busy))


def test_a_case_shows_the_deadlines_of_the_text_without_a_date_in_planning(busy):
    entries = case_entries(busy.db, busy.lead, busy.case, PLANNING, ON)

    undated = [entry for entry in entries if entry.state is State.UNDATED]
    assert undated
    assert all(entry.hypothetical for entry in undated if entry.authority == "statute")
    assert all(entry.case == busy.case.reference for entry in entries)


def test_stays_are_counted_between_two_changes_of_a_visible_case(busy):
    for place, (origin, target) in enumerate([("S1", "S2"), ("S2", "S3"), ("S3", "S4")]):
        change = {"from_stage": origin, "to_stage": target, "decision": "x", "reason": ""}
        busy.add(StageChange(**{**busy.act(), "at": AT + timedelta(days=7 * place)}, **change))

    known = stays(busy.db, busy.lead, TEXT_VERSION)

    assert known == {"S2": [7], "S3": [7]}
    assert stays(busy.db, make_officer(busy.db, Role.ANALYST), TEXT_VERSION) == {}


def test_progress_counts_the_agencies_that_say_nothing(busy):
    fill(busy)

    assert progress_of(busy.db, busy.case).silent == 1
