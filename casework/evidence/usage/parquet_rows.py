"""Rows of Parquet: the shape of each column, batches, and the text of single rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Final

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from casework.evidence.usage.batch import Batch, Bound, Shape
from casework.evidence.usage.order import LogFile, LogRefused
from casework.evidence.usage.sql import literal

BATCH_ROWS: Final = 250_000
_MANY: Final = 1_000_000
_TEXTS_AT_ONCE: Final = 5_000
_MICROSECONDS: Final = {
    "moment": pa.timestamp("us", tz="UTC"),
    "local": pa.timestamp("us"),
}


@contextmanager
def refused_when_damaged(file: LogFile) -> Iterator[None]:
    try:
        yield
    except (pa.ArrowException, OSError) as failure:
        words = str(failure).split("\n")[0]
        raise LogRefused(
            f"{file.name} cannot be read as Parquet; it is damaged or cut off ({words}). "
            "Send it again."
        ) from None


def opened(file: LogFile) -> pq.ParquetFile:
    with refused_when_damaged(file):
        return pq.ParquetFile(file.path)


def shape_of(file: LogFile, field: pa.Field) -> Shape:
    """How the values of a column came, or LogRefused for a kind that has no single values."""
    kind = field.type.value_type if pa.types.is_dictionary(field.type) else field.type
    if pa.types.is_timestamp(kind):
        return "moment" if kind.tz else "local"
    tests: tuple[tuple[Shape, Sequence[object]], ...] = (
        ("text", (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view,
                  pa.types.is_decimal, pa.types.is_null)),
        ("whole", (pa.types.is_integer,)),
        ("real", (pa.types.is_floating,)),
    )  # fmt: skip
    for shape, fits in tests:
        if any(test(kind) for test in fits):  # type: ignore[operator]
            return shape
    raise LogRefused(
        f"{file.name}, column {field.name}: holds {kind}; text, numbers or times are wanted."
    )


def batches(bound: Bound) -> Iterator[Batch]:
    parquet = opened(bound.file)
    done = 0
    with refused_when_damaged(bound.file):
        wanted = list(dict.fromkeys(bound.mapping.values()))
        for read in parquet.iter_batches(BATCH_ROWS, columns=wanted):
            first = done + 1
            table = pa.table({
                ours: _plain(read.column(theirs), bound.shapes[ours])
                for ours, theirs in bound.mapping.items()
            })  # fmt: skip
            size = read.num_rows
            table = table.add_column(0, "place", pa.array(range(size), pa.int64()))
            yield Batch(table, size, first, {}, _texts_from(bound, first))
            done += size


def _plain(column: pa.Array, shape: Shape) -> pa.Array:
    """The column in one of few types, so that the rules meet no others."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if shape in _MICROSECONDS:
        return column.cast(_MICROSECONDS[shape], safe=False)
    return column.cast(pa.string()) if shape == "text" else column


def distinct(bound: Bound, theirs: str) -> pa.Array:
    """Every value of a column of text, once; null among them where one is missing.

    The dictionaries of the file are read, and the file's codes only as far as its reader must.
    """
    found: list[pa.Array] = [pa.array([], pa.string())]
    missing = False
    with refused_when_damaged(bound.file):
        parquet = pq.ParquetFile(bound.file.path, read_dictionary=[theirs], pre_buffer=False)
        for group in range(parquet.num_row_groups):
            column = parquet.read_row_group(group, columns=[theirs], use_threads=False).column(0)
            missing = missing or column.null_count > 0
            found += [_values(chunk) for chunk in column.chunks]
            if sum(map(len, found)) > _MANY:
                found = [pa.concat_arrays(found).unique()]
    values = pa.concat_arrays(found).unique()
    return pa.concat_arrays([values, pa.nulls(1, pa.string())]) if missing else values


def _values(chunk: pa.Array) -> pa.Array:
    coded = chunk if pa.types.is_dictionary(chunk.type) else chunk.dictionary_encode()
    return coded.dictionary.cast(pa.string())


def texts_of(bound: Bound, numbers: Sequence[int]) -> list[str]:
    """The rows with these numbers (from 1, ascending) as JSON, with every column of theirs."""
    if not numbers:
        return []
    file = literal(str(bound.file.path))
    with duckdb.connect(config={"threads": 1}) as con:
        con.execute("set timezone = 'UTC'")
        con.register("wanted", pa.table({"n": pa.array(numbers, pa.int64())}))
        rows = con.sql(
            "select to_json(r)::varchar from (select * exclude (file_row_number) from ("  # noqa: S608
            f"select * from read_parquet({file}, file_row_number = true) where "
            f"file_row_number between {numbers[0] - 1} and {numbers[-1] - 1} and "
            "file_row_number in (select n - 1 from wanted) order by file_row_number)) r"
        )
        return [text for (text,) in rows.fetchall()]


def texts_in_turn(bound: Bound, numbers: Iterable[int]) -> Iterator[str]:
    """The same for any number of rows, some at a time."""
    rest = iter(numbers)
    while some := list(islice(rest, _TEXTS_AT_ONCE)):
        yield from texts_of(bound, some)


def _texts_from(bound: Bound, first: int) -> Callable[[Sequence[int]], list[str]]:
    return lambda places: texts_of(bound, [first + at for at in places])
