"""Small invented logs in the three kinds. Addresses are of the reserved block 240.0.0.0/4."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from casework.evidence.usage.intake import take_in
from casework.evidence.usage.order import IntakeOrder, LogFile, Taken

START = datetime(2026, 4, 15, tzinfo=UTC)
TYPES = {
    "request_id": pa.int64(), "ts": pa.timestamp("ms", tz="UTC"), "asn": pa.uint32(),
    "input_tokens": pa.int32(), "output_tokens": pa.int32(), "prompt_simhash": pa.uint64(),
}  # fmt: skip


def row(number: int = 1, **changed: object) -> dict[str, object]:
    return {
        "request_id": number,
        "ts": START + timedelta(minutes=number),
        "account_id": f"acc_{number % 7:016x}",
        "org_id": None,
        "ip": f"240.0.0.{number % 200}",
        "asn": 4200000000 + number % 3,
        "country": "NA",
        "model": "model-a-1",
        "endpoint": "/v1/messages",
        "input_tokens": 100 + number,
        "output_tokens": number,
        "capability": "coding",
        "template_hash": f"{number % 5:016x}",
        "prompt_simhash": 18446744073709551615 - number,
        "payment_fp": f"pay_{number % 4:016x}",
        "user_agent": "sdk-python/0.52.1",
        **changed,
    }


def rows(many: int) -> list[dict[str, object]]:
    return [row(number) for number in range(1, many + 1)]


def as_text(value: object) -> object:
    return value.isoformat().replace("+00:00", "Z") if isinstance(value, datetime) else value


def as_csv(held: list[dict[str, object]]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(held[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: as_text(value) for key, value in one.items()} for one in held)
    return out.getvalue().encode()


def as_jsonl(held: list[dict[str, object]]) -> bytes:
    return b"".join(
        json.dumps({key: as_text(value) for key, value in one.items()}).encode() + b"\n"
        for one in held
    )


def as_parquet(held: list[dict[str, object]], **types: pa.DataType) -> bytes:
    known = {**TYPES, **types}
    fields = [(key, known.get(key, pa.string())) for key in held[0]]
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(held, schema=pa.schema(fields)), out)
    return out.getvalue()


MADE = {"csv": as_csv, "jsonl": as_jsonl, "parquet": as_parquet}


def written(folder: Path, content: bytes, name: str = "log") -> LogFile:
    path = folder / name
    path.write_bytes(content)
    return LogFile(name, path)


def taken(
    folder: Path, *contents: bytes, out: str = "out", chunk: int = 1 << 20, **order: object
) -> Taken:
    """The contents taken in as files log-1, log-2, …"""
    files = [written(folder, content, f"log-{n}") for n, content in enumerate(contents, start=1)]
    return take_in(
        files, IntakeOrder(**order), out=folder / out, progress=lambda words: None, chunk=chunk
    )


def accepted(found: Taken) -> list[dict[str, object]]:
    return duckdb_rows(f"select * from ({found.source.sql}) order by row")


def duckdb_rows(sql: str) -> list[dict[str, object]]:
    with duckdb.connect() as con:
        con.execute("set timezone = 'UTC'")
        return con.sql(sql).to_arrow_table().to_pylist()


def rejected(found: Taken) -> list[dict[str, str]]:
    with found.rejected_csv.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
