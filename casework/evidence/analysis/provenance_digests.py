"""Digests of tables that do not depend on the order of rows, and so not on threads or engine.

Each row is mixed into two 64-bit numbers, which are added over all rows; SHA-256 over the table's
name, its columns, its number of rows and the sums is the digest. It tells whether two runs gave
the same table; it is no defence against somebody who builds two tables on purpose.
"""

# ruff: noqa: S608 (names of our own tables and quoted paths)

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any, Final

import duckdb
import numpy as np
import numpy.typing as npt

from casework.evidence.analysis.reduction_tables import TABLES

Words = npt.NDArray[np.uint64]

_BATCH: Final = 1_000_000
# The steps of SplitMix64 (Steele, Lea and Flood, 2014).
_STEP: Final = np.uint64(0x9E3779B97F4A7C15)
_STARTS: Final = (np.uint64(0x243F6A8885A308D3), np.uint64(0x13198A2E03707344))  # digits of pi
_MIX: Final = (
    (np.uint64(30), np.uint64(0xBF58476D1CE4E5B9)),
    (np.uint64(27), np.uint64(0x94D049BB133111EB)),
)
_LAST: Final = np.uint64(31)


def reduced_digest(con: duckdb.DuckDBPyConnection) -> str:
    """One digest over all reduced tables."""
    return _joined(f"{name} {table_digest(con, name, tuple(TABLES[name]))}" for name in TABLES)


def table_digest(con: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str]) -> str:
    """The digest of the columns of a table: whole numbers and texts, no floats."""
    types = {row[0]: row[1] for row in con.sql(f"describe {table}").fetchall()}
    asked = ", ".join(_as_number(name, types[name]) for name in columns)
    rows, sums = 0, [0] * len(_STARTS)
    for batch in con.sql(f"select {asked} from {table}").to_arrow_reader(_BATCH):
        read = [column.to_numpy(zero_copy_only=False) for column in batch.columns]
        rows += batch.num_rows
        for lane, start in enumerate(_STARTS):
            mixed = _mixed([words.view(np.uint64) for words in read], start)
            sums[lane] = (sums[lane] + int(mixed.sum(dtype=np.uint64))) % (1 << 64)
    return _joined([table, *columns, str(rows), *map(str, sums)])


def document_digest(document: Any) -> str:
    """SHA-256 of a JSON document whose floats are rounded, keys in order."""
    text = json.dumps(document, sort_keys=True, ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _as_number(name: str, kind: str) -> str:
    """SQL for 64 bits; NULL is told from every number near it by its own constant."""
    value = f"{name}::bigint"
    if "INT" not in kind:
        # The same on every release, which DuckDB's own hash is not.
        value = f"(md5_number_lower({name}::varchar) >> 1)::bigint"
    return f"coalesce({value}, -4611686018427387905)"


def _mixed(columns: Sequence[Words], start: np.uint64) -> Words:
    state = np.full(len(columns[0]), start, np.uint64)
    for words in columns:
        state ^= words
        state += _STEP
        for shift, factor in _MIX:
            state ^= state >> shift
            state *= factor
        state ^= state >> _LAST
    return state


def _joined(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
