"""Small usage logs: a campaign of twenty accounts among people who have nothing to do with it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

START = datetime(2026, 4, 15, tzinfo=UTC)
RELEASE = START + timedelta(days=5)
NEW_MODEL = "model-2"
MARKERS = {"releases": [{"model": NEW_MODEL, "ts": RELEASE.isoformat()}], "rival_releases": []}
Row = dict[str, Any]

CANONICAL = pa.schema([
    ("row", pa.int64()), ("ts", pa.timestamp("us", "UTC")), ("account_id", pa.string()),
    ("model", pa.string()), ("input_tokens", pa.int64()), ("output_tokens", pa.int64()),
    ("org_id", pa.string()), ("ip", pa.string()), ("asn", pa.int64()), ("country", pa.string()),
    ("endpoint", pa.string()), ("user_agent", pa.string()), ("capability", pa.string()),
    ("template_hash", pa.string()), ("sim_hi", pa.int64()), ("sim_lo", pa.int64()),
    ("payment_fp", pa.string()), ("prompt_hash", pa.string()),
])  # fmt: skip


def rows_of_log(accounts: int = 60, campaign: int = 20, seed: int = 7) -> list[Row]:
    """Rows in order of time, under the canonical names but for `row`."""
    chance = random.Random(seed)
    rows = [row for n in range(campaign) for row in _campaign(chance, n)]
    rows += [row for n in range(accounts - campaign) for row in _private(chance, n)]
    return sorted(rows, key=lambda row: (row["ts"], row["account_id"]))


def _campaign(chance: random.Random, number: int) -> list[Row]:
    return [
        _row(
            chance,
            f"acc_c{number:03}",
            START + timedelta(minutes=chance.randrange(10 * 24 * 60)),
            ip=f"240.0.0.{chance.randrange(6)}",
            payment_fp=f"pay_{number % 3}",
            template_hash=f"{chance.randrange(8):016x}",
            capability="agentic_tool_use",
            quick=True,
        )
        for _ in range(60)
    ]


def _private(chance: random.Random, number: int) -> list[Row]:
    declared = f"org_{number}" if number % 4 == 0 else None
    return [
        _row(
            chance,
            f"acc_p{number:03}",
            START + timedelta(days=chance.randrange(10), hours=9, minutes=chance.randrange(480)),
            ip=f"240.1.{number}.1",
            payment_fp=f"card_{number}" if number % 2 else None,
            template_hash=None if chance.random() < 0.6 else f"{1000 + number:016x}",
            capability=chance.choice(["chat", "coding", "translation", None]),
            org_id=declared,
            quick=False,
        )
        for _ in range(chance.randrange(5, 40))
    ]


def _row(chance: random.Random, account: str, at: datetime, *, quick: bool, **known: Any) -> Row:
    moved = at >= RELEASE and chance.random() < (0.6 if quick else 0.1)
    place = chance.choice([(64512, "US"), (64513, "DE"), (None, "FR"), (64514, None), (None, None)])
    return {
        "ts": at,
        "account_id": account,
        "model": NEW_MODEL if moved else "model-1",
        "input_tokens": chance.randrange(5000),
        "output_tokens": chance.randrange(2000),
        "org_id": None,
        "asn": place[0],
        "country": place[1],
        "endpoint": chance.choice(["/v1/messages", "/web", None]),
        "user_agent": f"sdk/{chance.randrange(4)}",
        "sim_hi": chance.randrange(2**32 - 5, 2**32),
        "sim_lo": chance.choice([None, chance.randrange(40)]),
        "prompt_hash": f"{chance.randrange(4000):032x}",
        **known,
    }


def write_canonical(
    rows: Sequence[Row], folder: Path, parts: int = 2, group: int = 500
) -> list[Path]:
    """The rows as the intake would write them, in several parts of several row groups."""
    numbered = [{"row": n, **row} for n, row in enumerate(rows, 1)]
    size = max(1, -(-len(numbered) // parts))
    paths = []
    for number in range(parts):
        path = folder / f"part-{number + 1:05}.parquet"
        chosen = numbered[number * size : (number + 1) * size]
        pq.write_table(pa.Table.from_pylist(chosen, CANONICAL), path, row_group_size=group)
        paths.append(path)
    return paths


def write_as_received(rows: Sequence[Row], path: Path) -> Path:
    """A typed Parquet as an owner sends it: one whole fingerprint, columns called otherwise."""
    received = [
        {
            **{name: row[name] for name in row if name not in {"sim_hi", "sim_lo", "account_id"}},
            "customer_id": row["account_id"],
            "prompt_simhash": None
            if row["sim_lo"] is None
            else (row["sim_hi"] << 32) | row["sim_lo"],
        }
        for row in rows
    ]
    schema = [
        field for field in CANONICAL if field.name not in {"row", "sim_hi", "sim_lo", "account_id"}
    ]
    schema += [pa.field("customer_id", pa.string()), pa.field("prompt_simhash", pa.uint64())]
    pq.write_table(pa.Table.from_pylist(received, pa.schema(schema)), path, row_group_size=700)
    return path
