"""Accepted rows in their one form, and the Parquet parts that hold them.

Portable types only (no unsigned 64 bits), so that every engine reads the same values.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from casework.evidence.usage.order import Part

PART_ROWS: Final = 4_000_000
_SQL_TYPES: Final = {
    "row": "bigint", "ts": "timestamptz", "account_id": "varchar", "model": "varchar",
    "input_tokens": "bigint", "output_tokens": "bigint", "org_id": "varchar", "ip": "varchar",
    "asn": "bigint", "country": "varchar", "endpoint": "varchar", "user_agent": "varchar",
    "capability": "varchar", "template_hash": "varchar", "sim_hi": "bigint", "sim_lo": "bigint",
    "payment_fp": "varchar", "prompt_hash": "varchar",
}  # fmt: skip
_ARROW_TYPES: Final = {
    "bigint": pa.int64(), "varchar": pa.string(), "timestamptz": pa.timestamp("us", tz="UTC"),
}  # fmt: skip
SCHEMA: Final = pa.schema([(name, _ARROW_TYPES[kind]) for name, kind in _SQL_TYPES.items()])
_TEXTS: Final = [name for name, kind in _SQL_TYPES.items() if kind == "varchar"]
_RISING: Final = {"row": "DELTA_BINARY_PACKED", "ts": "DELTA_BINARY_PACKED"}


def selection(present: Collection[str]) -> str:
    """SQL for every canonical column but `row`, from the values `v_…` of the columns present."""
    halves = {
        "sim_hi": ("prompt_simhash", "(v_prompt_simhash >> 32)::bigint"),
        "sim_lo": ("prompt_simhash", "(v_prompt_simhash & 4294967295)::bigint"),
    }
    chosen = []
    for name, kind in _SQL_TYPES.items():
        source, value = halves.get(name, (name, f"v_{name}"))
        if name != "row":
            chosen.append(f"{value if source in present else 'null'}::{kind} as {name}")
    return ", ".join(chosen)


NO_ROWS: Final = f"select null::bigint as row, {selection(())} where false"


class Parts:
    """Writes accepted rows into parts of a folder; `close` gives what was written."""

    def __init__(self, folder: Path, rows: int = PART_ROWS) -> None:
        self.folder, self.most = folder, rows
        self.paths: list[Path] = []
        self._writer: pq.ParquetWriter | None = None
        self._rows = 0

    def write(self, table: pa.Table) -> None:
        """A table of the canonical columns, in any order."""
        if self._writer is None or self._rows + table.num_rows > self.most:
            self.abandon()
            self.paths.append(self.folder / f"part-{len(self.paths) + 1:05}.parquet")
            self._writer = _writer(self.paths[-1])
            self._rows = 0
        self._writer.write_table(table.select(SCHEMA.names).cast(SCHEMA))
        self._rows += table.num_rows

    def without(self, rows: pa.Array) -> None:
        """Write the parts that hold any of these rows anew, without them."""
        for path in self.paths:
            held = pq.read_table(path, columns=["row"])["row"]
            if pc.any(pc.is_in(held, value_set=rows)).as_py():
                _write_without(path, rows)

    def close(self) -> list[Part]:
        self.abandon()
        found = (Part(path, _sha256(path), pq.read_metadata(path).num_rows) for path in self.paths)
        return list(found)

    def abandon(self) -> None:
        """End the part that is open."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None


def _writer(path: Path) -> pq.ParquetWriter:
    return pq.ParquetWriter(
        path,
        SCHEMA,
        compression="zstd",
        use_dictionary=_TEXTS,
        column_encoding=_RISING,
        dictionary_pagesize_limit=8 << 20,
    )


def _write_without(path: Path, rows: pa.Array) -> None:
    """Row group after row group, so that memory holds one."""
    fresh = path.with_suffix(".fresh")
    with pq.ParquetFile(path) as parquet, _writer(fresh) as writer:
        for group in range(parquet.num_row_groups):
            table = parquet.read_row_group(group)
            out = pc.is_in(table["row"], value_set=rows)
            writer.write_table(table.filter(pc.invert(out)).cast(SCHEMA))
    fresh.replace(path)


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
