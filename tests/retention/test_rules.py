from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given as examples
from hypothesis import strategies as st

from casework.decisions.record import digest
from casework.retention.rules import Listed, Standing, disposal_blockers, list_content, listed_in
from casework.retention.schedule import Item, period_ends, schedule
from tests.retention.closedfile import ITEM

CLOSED = date(2016, 2, 29)
OPEN = Standing(closed_on=CLOSED, holds=0, petitions=0, files=2)


def test_the_schedule_says_what_it_rests_on_and_that_it_is_policy():
    assert all(row.authority == "policy" for row in schedule())
    assert all("to be set by the agency" in row.citation for row in schedule())
    assert all(row.years >= 1 for row in schedule())


def test_a_period_from_a_leap_day_ends_on_the_last_of_february():
    item = replace(ITEM, years=10)

    assert period_ends(item, CLOSED) in {date(2026, 2, 28), date(2026, 3, 1)}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "item"),
        ("[[item]]\nid = 'a'", "title is missing"),
        ("[[item]]\nid='a'\ntitle='A'\nyears=0\ncitation='c'\nauthority='policy'", "for a year"),
        ("item = []", "there is no item"),
    ],
)
def test_a_schedule_that_says_nothing_usable_is_refused(tmp_path, text, words):
    path = tmp_path / "schedule.toml"
    path.write_text(text)

    with pytest.raises((ValueError, KeyError), match=words):
        schedule(path)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, []),
        ({"closed_on": None}, ["not closed"]),
        ({"holds": 1}, ["legal hold"]),
        ({"petitions": 1}, ["petition"]),
        ({"files": 0}, ["No exhibit"]),
        ({"holds": 2, "petitions": 1, "files": 0}, ["legal hold", "petition", "No exhibit"]),
    ],
)
def test_everything_that_stands_against_it_is_told(changes, words):
    found = disposal_blockers(replace(OPEN, **changes), ITEM, period_ends(ITEM, CLOSED))

    assert len(found) == len(words)
    assert all(word in row.message for word, row in zip(words, found, strict=True))


@pytest.mark.parametrize(("offset", "open_"), [(-1, False), (0, True), (1, True)])
def test_the_files_may_go_from_the_day_on_which_the_period_ends(offset, open_):
    on = period_ends(ITEM, CLOSED) + timedelta(days=offset)

    assert (disposal_blockers(OPEN, ITEM, on) == []) == open_


@examples(
    st.dates(date(1990, 1, 1), date(2050, 1, 1)),
    st.integers(1, 40),
    st.integers(0, 20_000),
    st.integers(0, 3),
)
def test_waiting_never_closes_what_was_open_and_a_hold_always_does(closed, years, days, holds):
    item = Item(id="a", title="A", years=years, citation="c", authority="policy")
    standing = replace(OPEN, closed_on=closed, holds=holds)
    first = closed + timedelta(days=days)

    now, next_day = (
        disposal_blockers(standing, item, day) for day in (first, first + timedelta(days=1))
    )

    assert now or not next_day
    assert not holds or (now and next_day)


@examples(st.lists(st.tuples(st.integers(1, 99), st.text(max_size=9)), unique_by=lambda r: r[0]))
def test_a_list_has_one_hash_whatever_its_order_and_reads_back(rows):
    listed = [Listed(number, title, "0" * 64, 1) for number, title in rows]
    content = list_content("MEA-2026-00001", ITEM, listed)

    assert digest(content) == digest(list_content("MEA-2026-00001", ITEM, reversed(listed)))
    assert listed_in(content) == sorted(listed, key=lambda row: row.number)
