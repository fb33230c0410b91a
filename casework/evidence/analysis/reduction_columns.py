"""Columns of a log as numbers, a stretch of rows at a time.

Parquet keeps a column of text as numbers into a dictionary. Reading those, and never the text of
each row, is what makes the reduction of a large log cheap.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

Numbers = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]
Kept = npt.NDArray[np.bool_]

MOST_VALUES: Final = 8_000_000  # of a dictionary, which is held in memory
NOTHING: Final = -1
_HALF_BITS: Final = 32
_LOWER_HALF: Final = np.uint64((1 << _HALF_BITS) - 1)


class TooManyValues(Exception):
    """A column has more different values than a dictionary may hold."""


class Stretch(Protocol):
    """Some rows of a log that are counted together, in the same order for every column."""

    def column(self, name: str) -> pa.ChunkedArray | None:
        """The values, text as dictionaries where that is cheap; None where there is no column."""


@dataclass(frozen=True, slots=True)
class ColumnFile:
    """A Parquet file: our names of its columns to theirs, and places of rows to leave out.

    Places count from 0 and ascend. Texts are text, times have a zone, the rest whole numbers.
    """

    path: Path
    columns: Mapping[str, str]
    left_out: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class ParquetStretch:
    """Some row groups of a file; `kept` is None where every row counts."""

    file: ColumnFile
    groups: Sequence[int]
    kept: pa.Array | None

    def column(self, name: str) -> pa.ChunkedArray | None:
        theirs = self.file.columns.get(name)
        if theirs is None:
            return None
        with pq.ParquetFile(self.file.path, read_dictionary=[theirs]) as file:
            rows = file.read_row_groups(self.groups, columns=[theirs], use_threads=False)
        found = rows.column(0)
        return found if self.kept is None else found.filter(self.kept)


def stretches(files: Sequence[ColumnFile], most: int) -> list[ParquetStretch]:
    """Stretches of at most about `most` rows; a row group is never parted."""
    return [found for file in files for found in _stretches_of(file, most)]


def _stretches_of(file: ColumnFile, most: int) -> Iterator[ParquetStretch]:
    with pq.ParquetFile(file.path) as opened:
        sizes = [opened.metadata.row_group(i).num_rows for i in range(opened.num_row_groups)]
    groups: list[int] = []
    first = rows = 0
    for number, size in enumerate(sizes):
        if groups and rows + size > most:
            yield ParquetStretch(file, tuple(groups), _kept(file, first, rows))
            groups, first, rows = [], first + rows, 0
        groups.append(number)
        rows += size
    if groups:
        yield ParquetStretch(file, tuple(groups), _kept(file, first, rows))


def _kept(file: ColumnFile, first: int, rows: int) -> pa.Array | None:
    out = np.asarray(file.left_out, dtype=np.int64)
    out = out[(out >= first) & (out < first + rows)] - first
    if not len(out):
        return None
    kept = np.ones(rows, np.bool_)
    kept[out] = False
    return pa.array(kept)


class Dictionary:
    """Numbers for the different values of a column, the same in every stretch, from 0."""

    def __init__(self, kind: pa.DataType, most: int) -> None:
        self.kind, self.most = kind, most
        self.values: pa.Array = pa.array([], kind)

    def codes(self, column: pa.ChunkedArray) -> Codes:
        """The number of each row's value, NOTHING for NULL. Raises TooManyValues."""
        if not pa.types.is_dictionary(column.type):
            column = column.dictionary_encode()
        column = column.unify_dictionaries()
        if column.num_chunks == 0:
            return np.empty(0, np.int32)
        numbered = self._numbers_of(column.chunk(0).dictionary.cast(self.kind))
        local = [
            chunk.indices.fill_null(NOTHING)
            .to_numpy(zero_copy_only=False)
            .astype(np.int32, copy=False)
            for chunk in column.chunks
        ]
        codes = np.concatenate(local)
        return codes if numbered is None else numbered[codes]

    def _numbers_of(self, values: pa.Array) -> Codes | None:
        """Our number of each value, then NOTHING for index -1; None where they are the same."""
        if not len(self.values):
            self._extend(values)
            return None
        found = pc.index_in(values, value_set=self.values)
        new = values.filter(found.is_null())
        numbers = found.fill_null(NOTHING).to_numpy(zero_copy_only=False).astype(np.int32)
        numbers[numbers == NOTHING] = np.arange(len(new), dtype=np.int32) + len(self.values)
        self._extend(new)
        return np.append(numbers, np.int32(NOTHING))

    def _extend(self, values: pa.Array) -> None:
        if len(self.values) + len(values) > self.most:
            raise TooManyValues
        self.values = pa.concat_arrays([self.values, values])


def whole_numbers(column: pa.ChunkedArray) -> Numbers:
    """A column of counts, without NULL, as 64-bit numbers."""
    return np.asarray(column.cast(pa.int64()).to_numpy(), dtype=np.int64)


def microseconds(column: pa.ChunkedArray) -> Numbers:
    """A column of times as microseconds since 1970 UTC."""
    return np.asarray(column.cast(pa.timestamp("us", "UTC")).cast(pa.int64()).to_numpy())


def half(stretch: Stretch, name: str) -> tuple[Numbers, Kept] | None:
    """`sim_hi` or `sim_lo`, zero for NULL, and where there is one; None without any.

    A file as received may have the whole fingerprint instead, `prompt_simhash`.
    """
    found, whole = stretch.column(name), False
    if found is None:
        found, whole = stretch.column("prompt_simhash"), True
    if found is None or found.null_count == len(found):
        return None
    told = np.asarray(found.is_valid().to_numpy())
    values = found.fill_null(0).to_numpy()
    if whole:
        values = values >> np.uint64(_HALF_BITS) if name == "sim_hi" else values & _LOWER_HALF
    return values.astype(np.int64), told


def needed(stretch: Stretch, name: str) -> pa.ChunkedArray:
    """A column that every log has."""
    found = stretch.column(name)
    if found is None:
        raise RuntimeError(f"The accepted rows have no column {name}.")
    return found
