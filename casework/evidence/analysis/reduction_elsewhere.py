"""The reductions as Ibis expressions on an engine; what comes back fills the local tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import ibis
import pyarrow as pa

from casework.evidence.analysis.engines import EngineUnavailable, first_line
from casework.evidence.analysis.reduction import OPTIONAL, expressions, held
from casework.evidence.analysis.reduction_tables import add_by_account_id, number_accounts


def reduce_elsewhere(
    con: duckdb.DuckDBPyConnection,
    backend: Any,
    files: Sequence[Path],
    new_model: str | None,
    progress: Callable[[str], None],
) -> frozenset[str]:
    """Fill the reduced tables from canonical Parquet files; the optional columns that hold values.

    progress may raise to stop the work.
    """
    # Not every engine reads a list of files.
    log = ibis.union(*(backend.read_parquet(str(path.resolve())) for path in files))
    progress("looking for columns that hold values")
    found = _asked(backend, held(log), "the columns").to_pylist()[0]
    present = frozenset(name for name in OPTIONAL if found[name])
    load(con, backend, expressions(log, present, new_model), progress)
    return present


def load(
    con: duckdb.DuckDBPyConnection,
    backend: Any,
    found: dict[str, ibis.Table],
    progress: Callable[[str], None],
) -> None:
    """Run each expression and append its rows; `account`, when among them, is numbered first."""
    for table in sorted(found, key=lambda name: name != "account"):
        progress(f"reducing to {table}")
        rows = _asked(backend, found[table], table)
        if table == "account":
            number_accounts(con, [rows])
        else:
            add_by_account_id(con, table, [rows])


def _asked(backend: Any, expression: ibis.Table, what: str) -> pa.Table:
    try:
        return backend.to_pyarrow(expression)
    except Exception as failure:  # every driver has its own errors
        raise EngineUnavailable(
            f"The engine {backend.name} failed while it reduced {what}: {first_line(failure)}"
        ) from failure
