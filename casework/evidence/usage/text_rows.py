"""Rows of CSV and of JSON lines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import BinaryIO, Final

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.csv

from casework.evidence.usage.batch import Batch, Bound
from casework.evidence.usage.kinds import BOM
from casework.evidence.usage.lines import CHUNK, Lines, Mask, chunks, faults_of_bytes, split
from casework.evidence.usage.order import LogFile
from casework.evidence.usage.quoting import records
from casework.evidence.usage.sql import literal, name

_BLANKS: Final = "' \t'"


def batches(bound: Bound, con: duckdb.DuckDBPyConnection, size: int = CHUNK) -> Iterator[Batch]:
    with opened(bound.file) as stream:
        if bound.kind == "csv":
            stream.readline()
        first = 2 if bound.kind == "csv" else 1
        for lines in chunks(stream, bound.file, first=first, size=size):
            read = _csv if bound.kind == "csv" else _json
            yield read(lines, bound, con)


def opened(file: LogFile) -> BinaryIO:
    """The stream after a byte order mark, if there is one."""
    stream = file.path.open("rb")
    if stream.read(len(BOM)) != BOM:
        stream.seek(0)
    return stream


def texts_in_turn(bound: Bound, numbers: Iterable[int]) -> Iterator[str]:
    """The original text of the rows with these numbers, in ascending order."""
    with opened(bound.file) as stream:
        passed = 0
        for number in numbers:
            line = next(islice(stream, number - passed - 1, None))
            passed = number
            yield split(line.removesuffix(b"\n") + b"\n", number).text(0)


def _csv(lines: Lines, bound: Bound, _con: duckdb.DuckDBPyConnection) -> Batch:
    faults = faults_of_bytes(lines)
    kept = _without(lines.size, faults)
    kept &= records(lines, bound.delimiter)
    table, misfits = _read_csv(lines.only(kept), bound)
    kept[np.flatnonzero(kept)[misfits]] = False
    for at in np.flatnonzero(~kept).tolist():
        faults.setdefault(at, "E01")
    return _batch(lines, table, kept, faults)


def _read_csv(content: bytes, bound: Bound) -> tuple[pa.Table, list[int]]:
    """The rows with as many fields as the header, and the places of those with others."""
    places = {ours: f"f{bound.columns.index(theirs)}" for ours, theirs in bound.mapping.items()}
    misfits: list[int] = []
    if not content:
        return pa.table({ours: pa.array([], pa.string()) for ours in places}), misfits

    def pass_over(row: pa.csv.InvalidRow) -> str:
        misfits.append(row.number - 1)
        return "skip"

    table = pa.csv.read_csv(
        pa.BufferReader(content),
        read_options=pa.csv.ReadOptions(
            column_names=[f"f{place}" for place in range(len(bound.columns))],
            block_size=len(content) + 1,
            use_threads=False,  # else a row that does not fit has no number
        ),
        parse_options=pa.csv.ParseOptions(
            delimiter=bound.delimiter, invalid_row_handler=pass_over, ignore_empty_lines=False
        ),
        convert_options=pa.csv.ConvertOptions(
            column_types=dict.fromkeys(places.values(), pa.string()),
            include_columns=list(dict.fromkeys(places.values())),
            null_values=[""],  # "NA" is Namibia
            strings_can_be_null=True,
            check_utf8=False,  # done for each line
        ),
    )
    return pa.table({ours: table[place] for ours, place in places.items()}), misfits


def _json(lines: Lines, bound: Bound, con: duckdb.DuckDBPyConnection) -> Batch:
    faults = faults_of_bytes(lines)
    kept = _without(lines.size, faults)
    whole = pa.LargeStringArray.from_buffers(
        lines.size, pa.py_buffer(lines.starts), pa.py_buffer(lines.content)
    )
    chunk = pa.table({"line": whole}).filter(pa.array(kept))
    con.register("chunk", chunk)
    objects = con.sql(
        f"select json_valid(line) and ltrim(line, {_BLANKS})[1] = '{{' as ok from chunk"  # noqa: S608
    ).to_arrow_table()["ok"]
    for at in np.flatnonzero(kept)[~objects.to_numpy()].tolist():
        kept[at] = False
        faults[at] = "E01"
    con.register("chunk", chunk.filter(objects))
    structure = literal(json.dumps(dict.fromkeys(bound.mapping.values(), "VARCHAR")))
    taken = ", ".join(f"s[{literal(t)}] as {name(ours)}" for ours, t in bound.mapping.items())
    table = con.sql(
        f"select {taken} from "  # noqa: S608 (names quoted)
        f"(select json_transform(line, {structure}) as s from chunk)"
    ).to_arrow_table()
    con.unregister("chunk")
    return _batch(lines, table, kept, faults)


def _without(size: int, faults: dict[int, str]) -> Mask:
    kept = np.ones(size, np.bool_)
    kept[list(faults)] = False
    return kept


def _batch(lines: Lines, table: pa.Table, kept: Mask, faults: dict[int, str]) -> Batch:
    at = pa.array(np.flatnonzero(kept))
    table = table.add_column(0, "place", at)  # refuses when a reader lost or made a row
    return Batch(table, lines.size, lines.first, faults, lines.texts)
