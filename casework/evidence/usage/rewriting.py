"""Rows of one file after another: checked, minimised, written; the rest set aside."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import repeat

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from casework.evidence.usage import parquet_rows, text_rows
from casework.evidence.usage.batch import Batch, Bound
from casework.evidence.usage.canonical import Parts
from casework.evidence.usage.checking import checked
from casework.evidence.usage.checks import rules
from casework.evidence.usage.minimise import Minimiser
from casework.evidence.usage.order import IntakeOrder
from casework.evidence.usage.repeats import Requests
from casework.evidence.usage.set_aside import Rejected


@dataclass(slots=True)
class Rewriting:
    """What one intake writes to. `seen` counts rows over all files."""

    con: duckdb.DuckDBPyConnection
    order: IntakeOrder
    parts: Parts
    rejected: Rejected
    requests: Requests
    minimiser: Minimiser
    progress: Callable[[str], None]
    chunk: int
    accepted: int = 0
    seen: int = field(default=0)


def rewrite(work: Rewriting, files: Sequence[Bound]) -> None:
    for place, bound in enumerate(files):
        for batch in _batches(work, bound):
            _take(work, bound, place, batch)
            work.progress(
                f"{bound.file.name}: {work.seen:,} rows read in all, "
                f"{work.rejected.rows:,} set aside"
            )
    _set_repeats_aside(work, files)


def _batches(work: Rewriting, bound: Bound) -> Iterator[Batch]:
    if bound.kind == "parquet":
        return parquet_rows.batches(bound)
    return text_rows.batches(bound, work.con, work.chunk)


def _take(work: Rewriting, bound: Bound, place: int, batch: Batch) -> None:
    table = work.minimiser.addresses(batch.table)
    good, bad = checked(work.con, table, rules(bound.shapes, work.order))
    bad |= {at: [(code, "row")] for at, code in batch.faults.items()}
    places = sorted(bad)
    numbers = [batch.first + at for at in places]
    work.rejected.add(bound.file.name, numbers, map(bad.__getitem__, places), batch.texts(places))
    at = good["place"].to_numpy()
    rows = pa.array(at + work.seen + 1, pa.int64())
    if "request_id" in bound.mapping and len(at):
        work.requests.add(good["request_id"], rows, place, pa.array(at + batch.first, pa.int64()))
    if len(at):
        work.parts.write(work.minimiser.tokens(good.append_column("row", rows)))
    work.accepted += len(at)
    work.seen += batch.size


def _set_repeats_aside(work: Rewriting, files: Sequence[Bound]) -> None:
    found = work.requests.repeated(work.con)
    work.parts.abandon()
    if not found.num_rows:
        return
    work.parts.without(found["row"].combine_chunks())
    work.accepted -= found.num_rows
    for place, bound in enumerate(files):
        numbers = found.filter(pc.equal(found["file"], place))["number"]
        texts = (parquet_rows if bound.kind == "parquet" else text_rows).texts_in_turn
        work.rejected.add(
            bound.file.name,
            _in_turn(numbers),
            repeat([("E14", "request_id")], len(numbers)),
            texts(bound, _in_turn(numbers)),
        )


def _in_turn(numbers: pa.ChunkedArray) -> Iterator[int]:
    """Numbers of Python one at a time; a log may have millions."""
    return (number.as_py() for number in numbers)
