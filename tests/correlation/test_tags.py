"""What is tagged, and what equal tags say; without database or web."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.evidence.correlation.meetings import MOST_CASES, Held, meetings
from casework.evidence.correlation.tags import MOST_ACCOUNTS, shared, tag

KEY, OTHER_KEY = bytes(32), bytes([1] * 32)
CLUSTERS = [
    {"cluster_id": "C1", "attention": True, "first": "2026-05-01T03:00:00Z",
     "last": "2026-05-09T00:00:00Z"},
    {"cluster_id": "C2", "attention": True, "first": "2026-04-20", "last": "2026-05-02"},
    {"cluster_id": "C3", "attention": False, "first": "2026-05-01", "last": "2026-05-02"},
]  # fmt: skip
VALUES = st.text(min_size=1, max_size=20)


def ties(kind, value, accounts, cluster="C1"):
    return [
        {"account_id": f"acc{n}", "cluster_id": cluster, "kind": kind, "v": value, "n": "4"}
        for n in range(accounts)
    ]


def tagged(rows, public=()):
    return shared(rows, CLUSTERS, public=public, epoch="2026H2", key=KEY)


@given(VALUES, VALUES)
def test_equal_values_have_equal_tags_and_others_have_others(one, other):
    assert (tag(KEY, "2026H2", "address", one) == tag(KEY, "2026H2", "address", other)) == (
        one == other
    )


@given(VALUES)
def test_key_epoch_and_kind_each_change_the_tag(value):
    made = {
        tag(KEY, "2026H2", "address", value),
        tag(OTHER_KEY, "2026H2", "address", value),
        tag(KEY, "2027H1", "address", value),
        tag(KEY, "2026H2", "payment", value),
    }
    assert len(made) == 4
    assert all(len(one) == 32 and value.encode().hex() != one for one in made)


def test_an_indicator_of_a_cluster_is_tagged_with_its_accounts_and_days():
    rows = ties("address", "ip_1", 3) + ties("address", "ip_1", 2, "C2")

    (one,) = tagged(rows)

    assert (one.kind, one.accounts, one.exchanges) == ("address", 3, 20)
    assert (one.first_on, one.last_on) == (date(2026, 4, 20), date(2026, 5, 9))


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (ties("address", "ip_1", 2), "too few accounts"),
        (ties("address", "ip_1", MOST_ACCOUNTS + 1), "too many accounts"),
        (ties("address", "ip_1", 5, "C3"), "a cluster without attention"),
        (ties("template", "public", 5), "a public template"),
        (ties("near_template", "x", 5), "no exact value"),
        ([], "nothing"),
    ],
)
def test_what_says_little_is_not_tagged(rows, why):
    assert tagged(rows, public={"public"}) == [], why


CASES = [UUID(int=number) for number in range(10)]
DAY = date(2026, 5, 1)


def held(case, owner, name, *, kind="address", accounts=4, first=DAY, last=DAY):
    return Held(CASES[case], owner, kind, name, accounts, first, last)


def test_two_owners_meet_where_they_hold_the_same_tag():
    own = [held(0, "a", "x"), held(0, "a", "y", kind="payment"), held(0, "a", "alone")]
    others = [held(1, "b", "x", accounts=9), held(1, "b", "y", kind="payment"), held(2, "c", "z")]

    (met,) = meetings(own, others)

    assert (met.case_id, met.owner) == (CASES[1], "b")
    assert met.counts == {"address": 1, "payment": 1, "template": 0}
    assert (met.own_accounts, met.other_accounts) == (8, 13)


def test_cases_of_one_owner_do_not_meet():
    assert meetings([held(0, "a", "x")], [held(1, "a", "x")]) == []


def test_what_everybody_holds_does_not_count():
    others = [held(number, f"o{number}", "x") for number in range(1, MOST_CASES + 1)]

    assert meetings([held(0, "a", "x")], others) == []
    assert len(meetings([held(0, "a", "x")], others[:-1])) == MOST_CASES - 1


def test_the_rarer_the_weightier():
    own = [held(0, "a", name) for name in "xyz"]
    others = [held(1, "b", "x"), held(2, "c", "y"), held(3, "d", "y"), held(4, "e", "y")]

    met = meetings(own, others)

    assert met[0].owner == "b"
    assert met[0].weight > met[1].weight == met[2].weight


@pytest.mark.parametrize(
    ("first", "last", "overlap"),
    [
        (date(2026, 4, 1), date(2026, 5, 3), (DAY, DAY)),
        (date(2026, 5, 2), date(2026, 5, 3), None),
        (date(2026, 4, 1), date(2026, 4, 30), None),
    ],
)
def test_days_on_which_both_were_active(first, last, overlap):
    (met,) = meetings([held(0, "a", "x")], [held(1, "b", "x", first=first, last=last)])

    assert met.overlap == overlap


TAGS = st.sampled_from("uvwxyz")
LOGS = st.lists(
    st.builds(held, st.integers(1, 6), st.sampled_from("abc"), TAGS), max_size=25, unique_by=str
)


@given(st.sets(TAGS), LOGS)
def test_nothing_is_met_that_both_do_not_hold(names, others):
    own = [held(0, "a", name) for name in names]

    for met in meetings(own, others):
        theirs = {
            one.tag for one in others if one.case_id == met.case_id and one.owner == met.owner
        }
        assert met.owner != "a"
        assert 0 < sum(met.counts.values()) <= len(names & theirs)
