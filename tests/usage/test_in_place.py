"""A typed Parquet that is fine is read where it lies; what is wrong in it is left out."""

from __future__ import annotations

import json

import pyarrow as pa
import pytest

from tests.usage.logs import accepted, as_csv, as_parquet, rejected, row, rows, taken

BAD = [
    ("E04", "ts", row(0)["ts"].replace(year=1999)),
    ("E02", "account_id", None),
    ("E06", "input_tokens", -4),
    ("E07", "output_tokens", 10_000_001),
    ("E08", "ip", "240.0.0.999"),
    ("E09", "country", "NAM"),
    ("E12", "account_id", "a@example.org"),
    ("E13", "model", "x" * 600),
    ("E15", "payment_fp", "4111111111111111"),
    ("E17", "user_agent", "a\nb"),
    ("E18", "template_hash", "Write me a poem"),
]


def test_nothing_is_written_but_an_empty_list_of_rows_set_aside(tmp_path):
    found = taken(tmp_path, as_parquet(rows(50)), rewrite=False)

    assert [path.name for path in (tmp_path / "out").iterdir()] == ["rejected.csv"]
    assert (found.rows, found.accepted, found.rejected, found.parts) == (50, 50, 0, [])
    assert str(tmp_path / "log-1") in found.source.sql


@pytest.mark.parametrize(("code", "column", "value"), BAD)
def test_a_bad_row_is_left_out_as_it_is_when_all_rows_are_written_anew(
    tmp_path, code, column, value
):
    content = as_parquet([row(1), row(2, **{column: value}), row(3)])

    here = taken(tmp_path, content, out="a", rewrite=False)
    anew = taken(tmp_path, content, out="b")

    assert here.parts == []
    assert dict(here.reasons) == {code: 1} == dict(anew.reasons)
    assert accepted(here) == accepted(anew)
    assert [one["row"] for one in accepted(here)] == [1, 3]
    assert rejected(here) == rejected(anew)
    assert rejected(here)[0]["row"] == "2"
    assert json.loads(rejected(here)[0]["text"])["endpoint"] == "/v1/messages"


@pytest.mark.parametrize(
    "changed",
    [
        {"ip": "2001:db8::1"},
        {"country": "na"},
        {"account_id": " acc_1"},
        {"org_id": ""},
        {"user_agent": "bot (a@example.org)"},
    ],
)
def test_a_value_that_is_kept_in_another_form_is_written_anew(tmp_path, changed):
    found = taken(tmp_path, as_parquet([row(1), row(2, **changed)]), rewrite=False)

    assert [part.rows for part in found.parts] == [2]
    assert found.accepted == 2


@pytest.mark.parametrize(
    ("column", "kind", "value"),
    [
        ("prompt_simhash", pa.string(), "18446744073709551614"),
        ("prompt_simhash", pa.decimal128(20, 0), 18446744073709551614),
        ("input_tokens", pa.decimal128(10, 2), 101),
        ("asn", pa.float64(), 4200000001.0),
        ("user_agent", pa.dictionary(pa.int8(), pa.string()), "sdk-python/0.52.1"),
        ("user_agent", pa.large_string(), "sdk-python/0.52.1"),
    ],
)
def test_other_types_of_the_same_value_give_the_same_row(tmp_path, column, kind, value):
    content = as_parquet([row(1, **{column: value})], **{column: kind})

    found = taken(tmp_path, content, out="a", rewrite=False)
    assert accepted(found) == accepted(taken(tmp_path, as_csv([row(1)]), out="b"))


def test_several_parquet_files_are_numbered_through_where_they_lie(tmp_path):
    held = rows(20)
    held[11]["ip"] = "x"

    found = taken(tmp_path, as_parquet(held[:10]), as_parquet(held[10:]), rewrite=False)

    assert found.parts == []
    assert [one["row"] for one in accepted(found)] == [*range(1, 12), *range(13, 21)]
    assert [(one["file"], one["row"]) for one in rejected(found)] == [("log-2", "2")]


def test_a_text_among_the_files_has_all_of_them_written(tmp_path):
    held = rows(20)

    found = taken(tmp_path, as_parquet(held[:10]), as_csv(held[10:]), rewrite=False)
    assert [part.rows for part in found.parts] == [20]


def test_columns_under_other_names_are_read_in_place_too(tmp_path):
    held = [{{"ts": "Time Stamp", "ip": 'their "ip"'}.get(k, k): v for k, v in row(1).items()}]
    content = as_parquet(held, **{"Time Stamp": pa.timestamp("ms", tz="UTC")})
    mapping = {name: name for name in row() if name not in {"ts", "ip"}}
    mapping |= {"ts": "Time Stamp", "ip": 'their "ip"'}

    here = taken(tmp_path, content, out="a", rewrite=False, mapping=mapping)
    anew = taken(tmp_path, content, out="b", mapping=mapping)

    assert here.parts == []
    assert accepted(here) == accepted(anew) != []
    assert accepted(here)[0]["ip"] == "240.0.0.1"
