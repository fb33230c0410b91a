from __future__ import annotations

from collections import Counter

import pyarrow as pa
import pytest

from casework.evidence.usage.reasons import REASONS
from tests.usage.logs import (
    MADE,
    accepted,
    as_csv,
    as_jsonl,
    as_parquet,
    rejected,
    row,
    rows,
    taken,
)  # fmt: skip

BAD = [
    ("E02", "account_id", ""),
    ("E02", "model", "  "),
    ("E02", "input_tokens", ""),
    ("E03", "ts", "yesterday"),
    ("E03", "ts", "2026-02-30T00:00:00Z"),
    ("E03", "ts", "04/05/2026 10:00"),
    ("E04", "ts", "1999-01-01T00:00:00Z"),
    ("E05", "ts", "2026-04-15T10:00:00"),
    ("E05", "ts", "1776211200"),
    ("E05", "ts", "1776211200000"),
    ("E06", "input_tokens", "12.7"),
    ("E06", "input_tokens", "-5"),
    ("E06", "output_tokens", "1e3"),
    ("E06", "output_tokens", "many"),
    ("E07", "output_tokens", "10000001"),
    ("E08", "ip", "999.0.0.1"),
    ("E08", "ip", "240.0.0.01"),
    ("E08", "ip", "not:an:address"),
    ("E08", "ip", "ip_short"),
    ("E09", "country", "Namibia"),
    ("E10", "asn", "4294967296"),
    ("E10", "asn", "-1"),
    ("E11", "prompt_simhash", "18446744073709551616"),
    ("E11", "prompt_simhash", "-3"),
    ("E12", "account_id", "hong.li@example.org"),
    ("E12", "account_id", "+49 170 1234567"),
    ("E12", "endpoint", "/v1/of/a@example.org"),
    ("E13", "user_agent", "x" * 513),
    ("E15", "payment_fp", "4111 1111 1111 1111"),
    ("E15", "account_id", "4111111111111111"),
    ("E17", "user_agent", "a\tb"),
    ("E17", "model", "model\u202ea"),
    ("E18", "template_hash", "Write me a poem about"),
]
GOOD = [
    ("ts", "2026-04-15T10:00Z"),
    ("ts", "2026-04-15 10:00:00.123456789+0530"),
    ("input_tokens", "12.0"),
    ("ip", "ip_0123456789abcdef"),
    ("country", "na"),
    ("asn", "AS4200000001"),
    ("account_id", "12345"),
    ("model", "model@20240229"),
    ("payment_fp", "4111111111111112"),
    ("user_agent", "提灯/1.0"),
    ("org_id", ""),
]


@pytest.fixture(scope="module", params=["csv", "jsonl"])
def bad_log(request, tmp_path_factory):
    """Its kind, and a log with one row for each of BAD, in their order, and a good one after."""
    held = [row(n, **{column: value}) for n, (_, column, value) in enumerate(BAD, start=1)]
    content = MADE[request.param]([*held, row(len(BAD) + 1)])
    return request.param, taken(tmp_path_factory.mktemp("bad"), content)


@pytest.mark.parametrize("place", range(len(BAD)), ids=[f"{c} {n}: {v:.30}" for c, n, v in BAD])
def test_a_bad_value_sets_its_row_aside_with_the_reason(bad_log, place):
    kind, found = bad_log
    code, column, _ = BAD[place]

    bad = rejected(found)[place]

    assert bad["reasons"] == f"{code} {column}: {REASONS[code]}"
    assert bad["row"] == str(place + (2 if kind == "csv" else 1))


def test_of_a_log_with_every_fault_the_good_row_is_left(bad_log):
    _, found = bad_log

    assert [one["row"] for one in accepted(found)] == [len(BAD) + 1]
    assert dict(found.reasons) == Counter(code for code, _, _ in BAD)


def test_unusual_but_clear_values_are_taken(tmp_path):
    held = [row(n, **{column: value}) for n, (column, value) in enumerate(GOOD)]

    found = taken(tmp_path, as_csv(held))
    assert rejected(found) == []


def test_a_row_with_several_faults_has_every_reason_and_counts_once(tmp_path):
    found = taken(tmp_path, as_csv([row(1), row(2, ip="x", country="?", output_tokens="-1")]))

    assert (found.rows, found.accepted, found.rejected) == (2, 1, 1)
    assert dict(found.reasons) == {"E06": 1, "E08": 1, "E09": 1}
    assert [reason[:3] for reason in found.examples[0].reasons] == ["E06", "E08", "E09"]


def test_every_reason_that_a_row_can_have_stands_in_the_table():
    assert set(REASONS) >= {code for code, _, _ in BAD} | {"E01", "E14", "E16", "E19", "E20"}


def test_ten_examples_are_shown_of_each_reason_and_all_rows_are_in_the_file(tmp_path):
    bad = [row(n, country="?") for n in range(1, 31)] + [row(31, ip="x")]

    found = taken(tmp_path, as_csv(bad))

    assert [one.row for one in found.examples] == [*range(2, 12), 32]
    assert len(rejected(found)) == 31


def test_a_log_of_bad_rows_only_is_told_and_yields_no_row(tmp_path):
    found = taken(tmp_path, as_csv([row(1, ip="x"), row(2, ip="y")]))

    assert (found.accepted, found.rejected) == (0, 2)
    assert accepted(found) == []


def test_models_that_the_submission_does_not_name_are_set_aside(tmp_path):
    found = taken(
        tmp_path, as_csv([row(1), row(2, model="model-z")]), models=frozenset({"model-a-1"})
    )

    assert dict(found.reasons) == {"E16": 1}


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"not JSON", "E01"),
        (b"", "E01"),
        (b"[1, 2]", "E01"),
        (b'{"ts": 1', "E01"),
        (b'{"a": 1} {"a": 2}', "E01"),
        (b'{"a": "\xe9"}', "E19"),
        (b'{"a": "\0"}', "E17"),
    ],
)
def test_a_line_that_is_no_json_object_is_set_aside_as_it_stands(tmp_path, line, code):
    good = as_jsonl(rows(4)).splitlines()
    text = b"\n".join([*good[:2], line, *good[2:]]) + b"\n"

    found = taken(tmp_path, text)

    assert (found.accepted, dict(found.reasons)) == (4, {code: 1})
    shown = line.decode(errors="backslashreplace").replace("\0", "\\x00")
    assert [(one["row"], one["text"]) for one in rejected(found)] == [("3", shown)]


def test_a_list_or_object_in_place_of_a_value_is_set_aside(tmp_path):
    found = taken(tmp_path, as_jsonl([row(1), row(2, account_id={"id": 3}), row(3, ip=["x"])]))

    assert found.accepted == 1
    assert found.reasons["E20"] == 2


@pytest.mark.parametrize(
    "broken",
    [
        b'"',
        b'x"y,"z',
        b'1,"a" b,3',
        b"only,three,fields",
        b"",
        b'"an open quote' + b"," * 15,
        b"," * 16,
    ],
)
def test_a_broken_line_of_a_csv_takes_no_other_row_with_it(tmp_path, broken):
    lines = as_csv([row(n, user_agent='quoted, "as it should be"') for n in range(1, 9)])
    lines = lines.splitlines()
    text = b"\n".join([*lines[:4], broken, *lines[4:]]) + b"\n"

    found = taken(tmp_path, text, chunk=700)

    assert (found.accepted, dict(found.reasons)) == (8, {"E01": 1})
    assert [(one["row"], one["text"]) for one in rejected(found)] == [("5", broken.decode())]


@pytest.mark.parametrize(
    ("cell", "code", "shown"),
    [
        (b"caf\xe9", "E19", "caf\\xe9"),
        (b"a\0b", "E17", "a\\x00b"),
        (b"a\rb", "E17", "a\rb"),
    ],
    ids=["latin-1", "NUL", "lone CR"],
)
def test_bytes_that_are_no_text_are_set_aside_and_shown(tmp_path, cell, code, shown):
    text = as_csv([row(1), row(2, user_agent="HERE"), row(3, user_agent="提灯")])

    found = taken(tmp_path, text.replace(b"HERE", cell))

    assert (found.accepted, dict(found.reasons)) == (2, {code: 1})
    assert shown in rejected(found)[0]["text"]


def test_a_row_that_a_spreadsheet_would_take_for_a_formula_is_shielded(tmp_path):
    text = as_csv([row(1)]) + b'=HYPERLINK("http://example.org")\n'

    found = taken(tmp_path, text)

    assert rejected(found)[0]["text"] == '\'=HYPERLINK("http://example.org")'
    assert found.examples[0].text == '=HYPERLINK("http://example.org")'


@pytest.mark.parametrize("rewrite", [True, False])
def test_numbers_with_fractions_in_a_parquet_are_not_rounded(tmp_path, rewrite):
    held = [row(1, input_tokens=12.0), row(2, input_tokens=12.7), row(3, input_tokens=None)]

    found = taken(tmp_path, as_parquet(held, input_tokens=pa.float64()), rewrite=rewrite)

    assert [one["input_tokens"] for one in accepted(found)] == [12]
    assert dict(found.reasons) == {"E02": 1, "E06": 1}
