from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile

import pyarrow as pa
import pytest

from casework.evidence.usage.intake import take_in
from casework.evidence.usage.order import IntakeOrder, LogFile, LogRefused
from tests.usage.logs import as_csv, as_jsonl, as_parquet, row, rows, taken, written

CSV, JSONL, PARQUET = (made(rows(20)) for made in (as_csv, as_jsonl, as_parquet))


def zipped(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("log.csv", content)
    return out.getvalue()


def without(column: str) -> list[dict[str, object]]:
    return [{key: value for key, value in row().items() if key != column}]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "log-1 is empty"),
        (b"\xef\xbb\xbf \n\n", "log-1 is empty"),
        (gzip.compress(CSV), "packed with gzip. Unpack it"),
        (bz2.compress(CSV), "packed with bzip2"),
        (lzma.compress(CSV), "packed with xz"),
        (zipped(CSV), "a ZIP archive"),
        (CSV.decode().encode("utf-16"), "is UTF-16. Save it as UTF-8"),
        (b"[" + b",".join(JSONL.splitlines()) + b"]", "one JSON document, not JSON lines"),
        (b'{\n  "ts": "2026-04-15T10:00:00Z"\n}\n', "one JSON document, not JSON lines"),
        (b"\x7fELF\0\0\0\0\0", "neither Parquet, CSV nor JSON lines"),
        (CSV.splitlines(keepends=True)[0], "columns, but not one row"),
        (as_parquet(rows(1))[:-1], "cannot be read as Parquet; it is damaged or cut off"),
        (PARQUET[: len(PARQUET) // 2], "it is damaged or cut off"),
        (PARQUET[:4], "it is damaged or cut off"),
        (CSV.replace(b"org_id", b"ip", 1), "two columns called ip"),
        (b'"ts,account_id\n1,2\n', "row 1: the header cannot be read"),
        (b"ts,caf\xe9,account_id\n", "neither Parquet, CSV nor JSON lines"),
        (CSV.replace(b"\n", b"\r"), "its lines end with CR alone"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_by_what_it_is(tmp_path, content, words):
    with pytest.raises(LogRefused, match=words) as refused:
        taken(tmp_path, content)

    assert str(refused.value).startswith("log-1")
    assert list((tmp_path / "out").glob("*")) == []


@pytest.mark.parametrize("made", [as_csv, as_jsonl, as_parquet])
@pytest.mark.parametrize(
    ("column", "purpose"),
    [
        ("ts", "nothing can be put in the order of time"),
        ("account_id", "exchanges cannot be counted by account"),
        ("model", "uptake of a new model cannot be seen"),
        ("output_tokens", "volume cannot be measured"),
    ],
)
def test_a_required_column_that_is_missing_is_named_with_its_purpose(
    tmp_path, made, column, purpose
):
    with pytest.raises(LogRefused, match=f"has no column for {column}, without which {purpose}"):
        taken(tmp_path, made(without(column)))


def test_every_missing_column_is_named_at_once(tmp_path):
    with pytest.raises(LogRefused, match=r"for ts, .*; nor for model, .*columns: a, account_id"):
        taken(tmp_path, b"a,account_id\n1,2\n")


def test_damage_within_the_pages_of_a_parquet_is_found(tmp_path):
    held = as_parquet(rows(3000))
    middle = len(held) // 3

    with pytest.raises(LogRefused, match="damaged or cut off"):
        taken(tmp_path, held[:middle] + b"\xff" * 200 + held[middle + 200 :])


@pytest.mark.parametrize(
    ("kind", "value"),
    [(pa.list_(pa.string()), ["a"]), (pa.bool_(), True), (pa.binary(), b"a"), (pa.date32(), None)],
)
def test_a_parquet_column_without_single_values_is_refused(tmp_path, kind, value):
    content = as_parquet([row(1, account_id=value)], account_id=kind)

    with pytest.raises(LogRefused, match=r"column account_id: holds .*; text, numbers or times"):
        taken(tmp_path, content)


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        ({"colour": "ts"}, "names colour, which is no column of a log"),
        ({"ts": "when"}, r"no column for ts \(mapped to when\)"),
        ({"ip": "address"}, "takes ip from a column address, which no file has"),
    ],
)
def test_a_mapping_that_leads_nowhere_is_refused(tmp_path, mapping, words):
    named = {name: name for name in ("ts", "account_id", "model", "input_tokens", "output_tokens")}

    with pytest.raises(LogRefused, match=words):
        taken(tmp_path, CSV, mapping={**named, **mapping})


def test_the_same_file_twice_is_refused(tmp_path):
    with pytest.raises(LogRefused, match="log-2 and log-1 have the same content"):
        taken(tmp_path, CSV, CSV)


def test_a_line_longer_than_any_row_is_refused(tmp_path):
    with pytest.raises(LogRefused, match="log-1, line 22: longer than 2,000 bytes"):
        taken(tmp_path, CSV + b"x" * 5000, chunk=2000)


@pytest.mark.parametrize(
    ("name", "words"), [("nowhere", "cannot be read: No such file"), (".", "is a folder")]
)
def test_a_path_that_is_no_file_is_refused(tmp_path, name, words):
    with pytest.raises(LogRefused, match=words):
        take_in(
            [LogFile("log", tmp_path / name)],
            IntakeOrder(),
            out=tmp_path / "out",
            progress=lambda words: None,
        )


def test_one_empty_day_among_several_is_no_fault(tmp_path):
    assert taken(tmp_path, CSV, CSV.splitlines(keepends=True)[0]).accepted == 20


def test_names_of_the_reader_do_not_matter_only_content_does(tmp_path):
    file = written(tmp_path, JSONL, "log.csv")

    found = take_in([file], IntakeOrder(), out=tmp_path / "out", progress=lambda words: None)
    assert found.accepted == 20
