from __future__ import annotations

import pytest

from casework.incidents.triage import DECISIONS, STATES, blockers, open_decisions

OPEN = {
    "submitted": {"acknowledge", "accept", "return", "refer_out"},
    "acknowledged": {"accept", "return", "refer_out"},
    "accepted": {"refer_out"},
    "returned": set(),
    "referred_out": set(),
    "withdrawn": set(),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("decision", DECISIONS)
def test_a_decision_is_open_exactly_where_the_table_says(state, decision):
    found = blockers(state, decision, "A reason.")

    assert (found == []) == (decision in OPEN[state])
    assert (decision in open_decisions(state)) == (decision in OPEN[state])


@pytest.mark.parametrize(("decision", "stops"), [("accept", 0), ("return", 1), ("refer_out", 1)])
def test_a_report_is_sent_away_only_with_a_reason(decision, stops):
    assert len(blockers("submitted", decision, "")) == stops


def test_all_reasons_are_told_at_once():
    assert len(blockers("withdrawn", "return", "")) == 2
