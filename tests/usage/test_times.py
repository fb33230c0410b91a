from __future__ import annotations

from datetime import UTC, datetime

import pyarrow as pa
import pytest

from casework.evidence.usage.order import LogRefused
from tests.usage.logs import MADE, accepted, as_csv, as_parquet, row, taken

TEN = datetime(2026, 4, 15, 10, tzinfo=UTC)


def times(found):
    return [one["ts"] for one in accepted(found)]


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_offsets_are_converted_to_utc_row_by_row(tmp_path, kind):
    written = ["2026-04-15T10:00:00Z", "2026-04-15T12:00:00+02:00", "2026-04-15 04:30:00-0530",
               "2026-04-15 10:00:00.000 UTC"]  # fmt: skip

    found = taken(tmp_path, MADE[kind]([row(n, ts=ts) for n, ts in enumerate(written)]))

    assert times(found) == [TEN] * 4


def test_times_without_a_zone_are_read_in_the_zone_that_was_told(tmp_path):
    text = as_csv([row(1, ts="2026-04-15 12:00:00"), row(2, ts="2026-04-15T10:00:00Z")])

    assert times(taken(tmp_path, text, out="a", zone="Europe/Berlin")) == [TEN, TEN]
    assert dict(taken(tmp_path, text, out="b").reasons) == {"E05": 1}


@pytest.mark.parametrize("rewrite", [True, False])
def test_times_without_a_zone_in_a_parquet_are_treated_alike(tmp_path, rewrite):
    content = as_parquet([row(1, ts=datetime(2026, 4, 15, 12))], ts=pa.timestamp("us"))  # noqa: DTZ001

    assert dict(taken(tmp_path, content, out="a", rewrite=rewrite).reasons) == {"E05": 1}
    told = taken(tmp_path, content, out="b", rewrite=rewrite, zone="Europe/Berlin")
    assert times(told) == [TEN]


@pytest.mark.parametrize(
    "local",
    ["2026-10-25 02:30:00", "2026-03-29 02:30:00"],
    ids=["an hour that comes twice", "an hour that is skipped"],
)
def test_hours_in_which_clocks_change_are_not_guessed(tmp_path, local):
    text = as_csv([row(1, ts=local), row(2, ts="2026-10-25 04:30:00")])

    assert dict(taken(tmp_path, text, zone="Europe/Berlin").reasons) == {"E05": 1}


@pytest.mark.parametrize(
    ("unit", "number"),
    [("s", "1776247200"), ("s", "1776247200.000"), ("ms", "1776247200000"),
     ("us", "1776247200000000")],
)  # fmt: skip
def test_numbers_are_times_in_the_unit_that_was_told(tmp_path, unit, number):
    assert times(taken(tmp_path, as_csv([row(1, ts=number)]), epoch_unit=unit)) == [TEN]


@pytest.mark.parametrize("unit", ["s", "ms", "us"])
def test_seconds_milliseconds_and_microseconds_mixed_are_never_misread(tmp_path, unit):
    held = [row(n, ts=f"1776247200{'000' * n}") for n in range(3)]

    assert dict(taken(tmp_path, as_csv(held), out="a").reasons) == {"E05": 3}
    told = taken(tmp_path, as_csv(held), out="b", epoch_unit=unit)
    assert times(told) == [TEN]
    assert dict(told.reasons) == {"E04": 2}


def test_whole_numbers_of_a_parquet_are_times_in_the_unit_told(tmp_path):
    content = as_parquet([row(1, ts=1776247200)], ts=pa.int64())

    assert times(taken(tmp_path, content, out="a", epoch_unit="s", rewrite=False)) == [TEN]
    assert dict(taken(tmp_path, content, out="b").reasons) == {"E05": 1}


def test_nanoseconds_are_cut_to_microseconds(tmp_path):
    content = as_parquet([row(1, ts=TEN)], ts=pa.timestamp("ns", tz="UTC"))

    assert times(taken(tmp_path, content, rewrite=False)) == [TEN]


@pytest.mark.parametrize("kind", MADE)
@pytest.mark.parametrize("rewrite", [True, False])
def test_the_window_holds_its_first_instant_and_not_its_last(tmp_path, kind, rewrite):
    hours = [TEN.replace(hour=hour) for hour in (9, 10, 11, 12)]
    content = MADE[kind]([row(n, ts=at) for n, at in enumerate(hours)])

    window = {"window_from": hours[1], "window_to": hours[3]}
    found = taken(tmp_path, content, rewrite=rewrite, **window)

    assert times(found) == hours[1:3]
    assert dict(found.reasons) == {"E04": 2}


@pytest.mark.parametrize(
    ("order", "words"),
    [
        ({"zone": "Mars/Olympus"}, "Mars/Olympus is no time zone"),
        ({"zone": "../etc/passwd"}, "is no time zone"),
        ({"window_from": datetime(2026, 4, 15)}, "The window needs a time zone"),  # noqa: DTZ001
    ],
)
def test_an_order_that_names_no_instant_is_refused(tmp_path, order, words):
    with pytest.raises(LogRefused, match=words):
        taken(tmp_path, as_csv([row()]), **order)
