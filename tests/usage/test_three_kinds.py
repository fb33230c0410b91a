from __future__ import annotations

from datetime import UTC, datetime

import pytest

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
)

CANONICAL = (
    "row", "ts", "account_id", "model", "input_tokens", "output_tokens", "org_id", "ip", "asn",
    "country", "endpoint", "user_agent", "capability", "template_hash", "sim_hi", "sim_lo",
    "payment_fp", "prompt_hash",
)  # fmt: skip


@pytest.mark.parametrize("kind", MADE)
def test_a_row_has_the_canonical_columns_whatever_kind_it_came_in(tmp_path, kind):
    found = accepted(taken(tmp_path, MADE[kind]([row()])))

    assert found == [
        dict(
            zip(
                CANONICAL,
                (
                    1, datetime(2026, 4, 15, 0, 1, tzinfo=UTC), "acc_0000000000000001",
                    "model-a-1", 101, 1, None, "240.0.0.1", 4200000001, "NA", "/v1/messages",
                    "sdk-python/0.52.1", "coding", "0000000000000001", 4294967295, 4294967294,
                    "pay_0000000000000001", None,
                ),
                strict=True,
            )
        )
    ]  # fmt: skip


def test_csv_json_lines_parquet_and_parquet_in_place_give_the_same_rows(tmp_path):
    held = rows(90)
    first = accepted(taken(tmp_path, as_csv(held), out="a"))

    assert len(first) == 90
    assert accepted(taken(tmp_path, as_jsonl(held), out="b", chunk=10_000)) == first
    assert accepted(taken(tmp_path, as_parquet(held), out="c")) == first
    assert accepted(taken(tmp_path, as_parquet(held), out="d", rewrite=False)) == first


def test_files_of_different_kinds_are_one_log_numbered_through(tmp_path):
    held = rows(30)
    found = taken(
        tmp_path,
        as_csv(held[:10]),
        as_jsonl([*held[10:19], row(20, output_tokens="many")]),
        as_parquet(held[20:]),
    )

    assert (found.rows, found.accepted, found.rejected) == (30, 29, 1)
    assert [one["row"] for one in accepted(found)] == [*range(1, 20), *range(21, 31)]
    assert [(one["file"], one["row"]) for one in rejected(found)] == [("log-2", "10")]


@pytest.mark.parametrize(
    "changed",
    [
        lambda text: b"\xef\xbb\xbf" + text,
        lambda text: text.replace(b"\n", b"\r\n"),
        lambda text: text.removesuffix(b"\n"),
    ],
    ids=["byte order mark", "CR LF", "no last line end"],
)
@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_marks_and_line_ends_of_other_systems_change_nothing(tmp_path, kind, changed):
    text = MADE[kind](rows(5))

    plain = accepted(taken(tmp_path, text, out="a"))
    assert len(plain) == 5
    assert accepted(taken(tmp_path, changed(text), out="b")) == plain


@pytest.mark.parametrize("delimiter", [b";", b"\t", b"|"])
def test_a_csv_may_have_another_delimiter(tmp_path, delimiter):
    text = as_csv(rows(3)).replace(b",", delimiter)

    assert taken(tmp_path, text).accepted == 3


def test_quoted_delimiters_and_pairs_of_quotes_belong_to_the_value(tmp_path):
    text = as_csv([row(1, user_agent='a "b", c'), row(2, user_agent='""'), row(3)])

    found = [one["user_agent"] for one in accepted(taken(tmp_path, text))]
    assert found == ['a "b", c', '""', "sdk-python/0.52.1"]
