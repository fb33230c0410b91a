"""The public list as it follows from publications and take-downs, and its two feeds."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4

import pytest

from casework.listing import feed
from casework.listing.entry import basis_line
from casework.listing.register import Published, Register, register
from tests.listing.content import ENTITY, content

FIRST = date(2027, 8, 2)
TEXT_VERSION = "hr8283_ih_2026_04_15"


def published(on, *, entity=ENTITY, down=None, ground="", **changes):
    at = datetime.combine(on, time(15), UTC)
    return Published(
        id=uuid4(), entity_id=entity, text_version=TEXT_VERSION, training=False,
        content=content(**changes), published_on=on, at=at, taken_down_on=down,
        taken_down_at=datetime.combine(down, time(16), UTC) if down else None, ground=ground,
    )  # fmt: skip


def kinds(entry):
    return [(event.kind, event.on, event.ground) for event in entry.history]


@pytest.mark.parametrize(
    ("shown_on", "ends"),
    [(FIRST, date(2032, 8, 2)), (date(2029, 1, 10), date(2032, 8, 2))],
)
def test_every_entry_ends_with_the_list(shown_on, ends):
    other = published(FIRST, entity=UUID(int=8))
    row = published(shown_on)

    before = register([other, row], on=ends - timedelta(days=1))
    after = register([other, row], on=ends)

    assert row.id in {entry.id for entry in before.entries}
    assert before.comes_down_on == ends
    assert after.entries == ()
    assert {kinds(entry)[-1] for entry in after.removed} == {("removed", ends, "ceiling")}


def test_on_the_strict_reading_an_entry_ends_a_year_after_the_attack():
    row = published(FIRST, reading="publication")

    assert register([row], on=date(2028, 7, 1)).entries
    [gone] = register([row], on=date(2028, 7, 2)).removed
    assert kinds(gone)[-1] == ("removed", date(2028, 7, 2), "ceiling")


def test_nothing_is_on_the_list_before_its_day():
    assert register([published(FIRST)], on=FIRST - timedelta(days=1)) == Register()


def test_a_corrected_entry_keeps_its_address_and_says_so():
    first = published(FIRST, down=FIRST + timedelta(days=3), ground="correction")
    second = published(FIRST + timedelta(days=3), name="Orchid Compute")

    [entry] = register([second, first], on=FIRST + timedelta(days=4)).entries

    assert entry.id == first.id
    assert entry.facts["name"] == "Orchid Compute"
    assert [event.kind for event in entry.history] == ["added", "corrected"]
    assert (entry.added_on, entry.changed_on) == (FIRST, FIRST + timedelta(days=3))


def test_a_removed_entry_names_nobody():
    day = FIRST + timedelta(days=9)
    found = register([published(FIRST, down=day, ground="petition")], on=day)

    [entry] = found.removed
    assert entry.content is None
    assert kinds(entry)[-1] == ("removed", day, "petition")
    assert found.first_publication == FIRST


def test_an_entry_may_come_back():
    day = FIRST + timedelta(days=9)
    rows = [published(FIRST, down=day, ground="error"), published(day + timedelta(days=1))]

    [entry] = register(rows, on=day + timedelta(days=1)).entries

    assert [event.kind for event in entry.history] == ["added", "removed", "added"]


def as_json(*rows, on=FIRST):
    found = register(rows, on=on)
    return feed.as_json(found, Register(), planning=False, notice="", authority="4(g)")


def test_the_feed_has_the_promised_names_and_nothing_else():
    told = as_json(published(FIRST))

    assert set(told) == {
        "list", "authority", "planning", "notice", "first_publication", "comes_down_on",
        "entries", "removed", "training_entries",
    }  # fmt: skip
    assert set(told["entries"][0]) == {
        "id", "name", "other_names", "kind", "countries", "part", "conduct", "responses", "basis",
        "determined_on", "authority", "added_on", "changed_on", "comes_down_on", "correction",
    }  # fmt: skip


@pytest.mark.parametrize("secret", ["exhibit:1", "MEA-2027", "A secret note", "2027-07-01"])
def test_sources_cases_and_notes_are_not_public(secret):
    assert secret not in str(as_json(published(FIRST)))


def test_the_basis_is_one_sentence_without_a_stronger_word():
    assert basis_line(content()["facts"]) == (
        "Identified by the determination of 2 August 2027 under 4(a) of H.R. 8283."
    )


def read(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_table_has_a_line_for_each_entry_in_every_script():
    found = register([published(FIRST)], on=FIRST)

    [row] = read(feed.as_csv(found, found, generated_at="now"))[:1]

    assert tuple(row) == feed.COLUMNS
    assert (row["name"], row["other_names"]) == ("兰花计算有限公司", "Orchid Compute Ltd")
    assert (row["weak_names"], row["training"]) == ("Орхидея", "no")
    assert read(feed.as_csv(found, found, generated_at="now"))[1]["training"] == "yes"


def test_an_empty_table_still_names_its_columns():
    text = feed.as_csv(Register(), Register(), generated_at="now")

    assert text == ",".join(feed.COLUMNS) + "\r\n"


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_no_cell_is_a_formula(first):
    found = register([published(FIRST, name=f"{first}SUM(A1)")], on=FIRST)

    [row] = read(feed.as_csv(found, Register(), generated_at="now"))

    assert row["name"] == f"'{first}SUM(A1)"


def test_plain_cells_stay_as_they_are():
    assert feed.safe("Orchid = Lantern") == "Orchid = Lantern"
