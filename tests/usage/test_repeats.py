from __future__ import annotations

import pyarrow as pa
import pytest

from tests.usage.logs import MADE, accepted, as_csv, as_parquet, rejected, row, rows, taken


@pytest.mark.parametrize("kind", MADE)
@pytest.mark.parametrize("rewrite", [True, False])
def test_the_first_good_row_of_a_request_number_is_kept(tmp_path, kind, rewrite):
    held = [row(1), row(2, request_id=1), row(3, ip="x"), row(4, request_id=3), row(5)]

    found = taken(tmp_path, MADE[kind](held), rewrite=rewrite)

    assert [one["row"] for one in accepted(found)] == [1, 4, 5]
    assert dict(found.reasons) == {"E08": 1, "E14": 1}
    assert (found.rows, found.rejected) == (5, 2)
    by_reason = {one["reasons"][:3]: one for one in rejected(found)}
    assert by_reason["E14"]["row"] == ("3" if kind == "csv" else "2")
    assert "acc_0000000000000002" in by_reason["E14"]["text"]


@pytest.mark.parametrize("rewrite", [True, False])
def test_a_request_number_counts_over_all_files(tmp_path, rewrite):
    found = taken(
        tmp_path,
        as_parquet(rows(5)),
        as_parquet([row(9), row(10, request_id=3)]),
        rewrite=rewrite,
    )

    assert found.accepted == 6
    assert [(one["file"], one["row"]) for one in rejected(found)] == [("log-2", "2")]


def test_request_numbers_may_be_texts(tmp_path):
    held = [row(n, request_id=name) for n, name in enumerate(("b", "a", "b", "a", "c"), start=1)]

    found = taken(tmp_path, as_parquet(held, request_id=pa.string()))
    assert [one["row"] for one in accepted(found)] == [1, 2, 5]


def test_rows_without_a_request_number_do_not_repeat_one_another(tmp_path):
    held = [row(1, request_id=None), row(2, request_id=None), row(3, request_id=7)]

    assert taken(tmp_path, as_csv(held)).accepted == 3


def test_repeats_far_apart_are_found_over_the_chunks_of_a_file(tmp_path):
    held = rows(200)
    held[150]["request_id"] = 3

    found = taken(tmp_path, as_csv(held), chunk=9000)

    assert (found.accepted, dict(found.reasons)) == (199, {"E14": 1})
    assert 151 not in {one["row"] for one in accepted(found)}


@pytest.mark.parametrize("rewrite", [True, False])
def test_of_a_log_with_one_request_number_throughout_the_first_row_is_left(tmp_path, rewrite):
    held = [row(n, request_id=7) for n in range(1, 301)]

    found = taken(tmp_path, as_parquet(held), rewrite=rewrite)

    assert [one["row"] for one in accepted(found)] == [1]
    assert [int(one["row"]) for one in rejected(found)] == list(range(2, 301))
