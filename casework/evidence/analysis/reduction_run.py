"""From accepted rows to the reduced tables, on the engine that was asked for."""

# ruff: noqa: S608 (names of our own tables and quoted paths)

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import duckdb

from casework.evidence.analysis import engines
from casework.evidence.analysis.memory import Memory
from casework.evidence.analysis.reduction import OPTIONAL, REQUIRED, expressions
from casework.evidence.analysis.reduction_columns import ColumnFile, stretches
from casework.evidence.analysis.reduction_elsewhere import load, reduce_elsewhere
from casework.evidence.analysis.reduction_local import Counter
from casework.evidence.analysis.reduction_tables import create
from casework.evidence.usage.order import Source

_GROUP_ROWS: Final = 250_000


def reduce(
    con: duckdb.DuckDBPyConnection,
    source: Source | Sequence[Path],
    new_model: str | None,
    *,
    engine: str,
    memory: Memory,
    workspace: Path,
    progress: Callable[[str], None],
) -> tuple[frozenset[str], str]:
    """Fill the reduced tables; the optional columns that hold values, and what engine it was.

    `source` is a selection of canonical rows or canonical Parquet files. progress may raise to
    stop the work. Raises engines.EngineUnavailable.
    """
    create(con)
    if engine == engines.LOCAL:
        files, sql = _standing(con, source, workspace)
        present = _reduce_here(con, files, sql, new_model, memory, workspace, progress)
        return present, f"duckdb {duckdb.__version__}"
    paths = _canonical(con, source, workspace) if isinstance(source, Source) else source
    with engines.connected(engine, workspace) as backend:
        present = reduce_elsewhere(con, backend, paths, new_model, progress)
        return present, engines.described(backend, engine)


def _reduce_here(
    con: duckdb.DuckDBPyConnection,
    files: Sequence[ColumnFile],
    sql: str,
    new_model: str | None,
    memory: Memory,
    workspace: Path,
    progress: Callable[[str], None],
) -> frozenset[str]:
    most = memory.rows_at_once
    found = stretches(files, most)
    counter = Counter(workspace, most, several=len(found) > 1, new_model=new_model)
    for number, stretch in enumerate(found, 1):
        progress(f"counting part {number} of {len(found)}")
        counter.read(stretch, progress)
    progress("filling the reduced tables")
    counter.fill(con)
    present = frozenset(counter.present & set(OPTIONAL)) | _with_prompts(con, sql)
    left = counter.given_up | ({"r_prompt"} if "prompt_hash" in present else set())
    if left:
        con.execute(f"create or replace view accepted as {sql}")
        with engines.around(con) as backend:
            asked = expressions(backend.table("accepted"), present, new_model)
            load(con, backend, {table: asked[table] for table in left}, progress)
    return present


def _with_prompts(con: duckdb.DuckDBPyConnection, sql: str) -> frozenset[str]:
    held = con.execute(f"select count(prompt_hash) from ({sql})").fetchall()[0][0]
    return frozenset({"prompt_hash"} if held else ())


def _standing(
    con: duckdb.DuckDBPyConnection, source: Source | Sequence[Path], workspace: Path
) -> tuple[list[ColumnFile], str]:
    """Files whose columns can be read as they lie, and SQL of the same rows."""
    if isinstance(source, Source) and source.standing:
        files = [ColumnFile(file.path, file.columns, file.left_out) for file in source.standing]
        return files, source.sql
    paths = _canonical(con, source, workspace) if isinstance(source, Source) else source
    names = {name: name for name in (*REQUIRED, *OPTIONAL)}
    listed = ", ".join(_literal(path) for path in paths)
    return [ColumnFile(path, names) for path in paths], f"select * from read_parquet([{listed}])"


def _canonical(con: duckdb.DuckDBPyConnection, source: Source, workspace: Path) -> list[Path]:
    """The rows of a selection, written as canonical Parquet."""
    path = workspace / "canonical.parquet"
    con.execute(
        f"copy ({source.sql}) to {_literal(path)} "
        f"(format parquet, compression zstd, row_group_size {_GROUP_ROWS})"
    )
    return [path]


def _literal(path: Path) -> str:
    escaped = str(path).replace("'", "''")
    return f"'{escaped}'"
