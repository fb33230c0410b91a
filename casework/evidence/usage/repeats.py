"""Rows whose request number an earlier accepted row has; found on disk, whatever their number."""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from casework.evidence.usage.sql import literal

_FIELDS = [("id", pa.string()), ("row", pa.int64()), ("file", pa.int32()), ("number", pa.int64())]
_SCHEMA = pa.schema(_FIELDS)


def repeated(con: duckdb.DuckDBPyConnection, ids: str) -> pa.Table:
    """`row`, `file` and `number` of every row whose `id` an earlier row has, in order of `row`.

    `ids` is SQL that gives these four columns.
    """
    con.execute(
        f"create or replace temp table twice as select id from ({ids}) "  # noqa: S608 (own SQL)
        "where id is not null group by id having count(*) > 1"
    )
    return con.sql(
        "select row, file, number from (select *, row_number() over (partition by id order by "  # noqa: S608
        f"row) as nth from ({ids}) where id in (select id from twice)) where nth > 1 order by row"
    ).to_arrow_table()


class Rising:
    """Whether request numbers, shown in order, are whole and each above the one before.

    Then none is there twice, and no search is needed.
    """

    def __init__(self) -> None:
        self.holds = True
        self._last = -1

    def look(self, ids: pa.ChunkedArray) -> bool:
        self.holds = self.holds and self._goes_on(ids)
        return self.holds

    def _goes_on(self, ids: pa.ChunkedArray) -> bool:
        if len(ids) == 0:
            return True
        try:
            numbers = pc.cast(ids, pa.int64())
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
            return False
        if numbers.null_count:
            return False
        values = numbers.to_numpy()
        if values[0] <= self._last or not (np.diff(values) > 0).all():
            return False
        self._last = int(values[-1])
        return True


class Requests:
    """The request numbers of accepted rows: `file` by its place in the order, `number` in it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._writer: pq.ParquetWriter | None = None
        self._rising = Rising()

    def add(self, ids: pa.ChunkedArray, rows: pa.Array, file: int, numbers: pa.Array) -> None:
        if self._writer is None:
            self._writer = pq.ParquetWriter(self.path, _SCHEMA, compression="zstd")
        files = pa.repeat(pa.scalar(file, pa.int32()), len(rows))
        table = pa.table([ids, rows, files, numbers], schema=_SCHEMA)
        self._writer.write_table(table)
        self._rising.look(table["id"])

    def repeated(self, con: duckdb.DuckDBPyConnection) -> pa.Table:
        """`row`, `file` and `number` of every row whose number came before, in order of `row`."""
        self.close()
        if self._writer is None or self._rising.holds:
            return _SCHEMA.empty_table()
        file = literal(str(self.path))
        return repeated(con, f"select * from read_parquet({file})")  # noqa: S608 (quoted)

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()
