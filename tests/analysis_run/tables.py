"""The reduced tables of an engine, as sorted rows that can be compared."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from casework.evidence.analysis import reduction_run
from casework.evidence.analysis.memory import Memory
from casework.evidence.analysis.reduction_tables import TABLES
from casework.evidence.usage.order import Source
from tests.analysis_run.logs import NEW_MODEL

Tables = dict[str, list[tuple[Any, ...]]]


def reduced(
    source: Source | Sequence[Path],
    workspace: Path,
    engine: str = "duckdb",
    new_model: str | None = NEW_MODEL,
) -> tuple[Tables, frozenset[str]]:
    with duckdb.connect(config={"threads": 2}) as con:
        con.execute("set timezone = 'UTC'")
        present, _ = reduction_run.reduce(
            con,
            source,
            new_model,
            engine=engine,
            memory=Memory.of("1GB"),
            workspace=workspace,
            progress=lambda words: None,
        )
        return {table: rows_of(con, table) for table in TABLES}, present


def rows_of(con: duckdb.DuckDBPyConnection, table: str) -> list[tuple[Any, ...]]:
    found = con.execute(f"select {', '.join(TABLES[table])} from {table}").fetchall()
    return sorted(found, key=lambda row: [(value is None, value) for value in row])
