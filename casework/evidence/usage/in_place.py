"""A typed Parquet that is fine as it stands is checked and then read where it lies.

Text is checked by its distinct values, numbers in one scan; nothing is written but the numbers of
the rows to leave out. What the file's own statistics say of its values is not believed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from casework.evidence.usage import parquet_rows
from casework.evidence.usage.batch import Bound
from casework.evidence.usage.canonical import selection
from casework.evidence.usage.checks import Check, Rule, rules
from casework.evidence.usage.columns import BY_NAME
from casework.evidence.usage.minimise import Minimiser
from casework.evidence.usage.order import IntakeOrder, Source, StandingFile, Taken
from casework.evidence.usage.repeats import Rising, repeated
from casework.evidence.usage.set_aside import Reasons, Rejected
from casework.evidence.usage.sql import literal, name

# More rows than this to leave out, and the rows are written anew in bounded memory instead.
MOST_LEFT_OUT: Final = 500_000
# Columns whose values the SELECT may write otherwise than the file does.
_WRITTEN_ANEW: Final = frozenset({"prompt_hash"})
_BY_DISTINCT_VALUE: Final = frozenset({"name", "address", "country"})
_TYPES: Final = {
    "time": ("TIMESTAMP WITH TIME ZONE",),
    "text": ("VARCHAR",),
    "number": ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER",
               "UBIGINT"),
}  # fmt: skip
# Types that hold no value but a good one.
_SURE: Final = {"prompt_simhash": "UBIGINT", "asn": "UINTEGER"}
_WANTED: Final = {"time": "time", "count": "number", "network": "number", "simhash": "number"}


@dataclass(slots=True)
class _Standing:
    """One file: `relation` is SQL of its rows under our names and `n`, the row's place from 0."""

    bound: Bound
    before: int
    held: dict[str, Rule]
    relation: str
    left_out: dict[int, Reasons] = field(default_factory=dict)
    row_list: Path | None = None

    @property
    def source(self) -> str:
        return (
            f"select n + {self.before + 1} as row, {selection(self.held)} from ({self.values})"  # noqa: S608
            f"{self.but_left_out}"
        )

    @property
    def values(self) -> str:
        made = "".join(f", {rule.value} as v_{ours}" for ours, rule in self.held.items())
        return f"select *{made} from ({self.relation})"  # noqa: S608

    @property
    def but_left_out(self) -> str:
        if self.row_list is None:
            return ""
        return f" where n not in (select n from read_parquet({literal(str(self.row_list))}))"  # noqa: S608


def taken(
    con: duckdb.DuckDBPyConnection,
    files: Sequence[Bound],
    order: IntakeOrder,
    folder: Path,
    digest: str,
    progress: Callable[[str], None],
) -> Taken | None:
    """The log read where it lies, or None when any value must be written otherwise."""
    standing: list[_Standing] = []
    for bound in files:
        before = sum(found.bound.rows for found in standing)
        found = _Standing(bound, before, rules(bound.shapes, order), _relation(bound))
        progress(f"{bound.file.name}: checking {bound.rows:,} rows")
        if bound.kind != "parquet" or not _checked(con, found):
            return None
        standing.append(found)
    for found in standing:
        _list_rows(found, folder)
    if not _repeats_left_out(con, standing):
        return None
    rejected = Rejected(folder / "rejected.csv")
    try:
        for found in standing:
            _list_rows(found, folder)
            _reject(found, rejected)
        counted = rejected.close()
    finally:
        rejected.abandon()
    sources = [found.source for found in standing]
    rows = con.execute(f"select count(*) from ({' union all '.join(sources)})").fetchall()  # noqa: S608
    return Taken(
        rows=sum(found.bound.rows for found in standing),
        accepted=rows[0][0],
        rejected=counted,
        reasons=dict(sorted(rejected.reasons.items())),
        examples=rejected.examples,
        minimised=Minimiser(None).said(files),
        parts=[],
        rejected_csv=rejected.path,
        input_sha256=digest,
        source=Source(" union all ".join(sources), tuple(map(_standing_file, standing))),
    )


def _standing_file(found: _Standing) -> StandingFile:
    mapping = found.bound.mapping
    columns = {ours: theirs for ours, theirs in mapping.items() if ours not in _WRITTEN_ANEW}
    return StandingFile(found.bound.file.path, columns, tuple(sorted(found.left_out)))


def row_lists(folder: Path) -> Iterator[Path]:
    return folder.glob("left-out-*.parquet")


def _relation(bound: Bound) -> str:
    taken = "".join(f", {name(theirs)} as {name(ours)}" for ours, theirs in bound.mapping.items())
    file = literal(str(bound.file.path))
    return f"select file_row_number as n{taken} from read_parquet({file}, file_row_number = true)"  # noqa: S608


def _checked(con: duckdb.DuckDBPyConnection, found: _Standing) -> bool:
    """Whether the file can be read where it lies; then `left_out` holds its bad rows."""
    types = {row[0]: row[1] for row in con.sql(f"describe {found.relation}").fetchall()}
    if not _typed(types, found):
        return False
    every = [check for rule in found.held.values() for check in rule.checks]
    needed = [check for check in every if types[check.column] != _SURE.get(check.column)]
    apart = [check for check in needed if _by_distinct_value(check.column)]
    bad = _bad_in_scan(con, found, [check for check in needed if check not in apart])
    for ours in dict.fromkeys(check.column for check in apart):
        broken = _bad_values(con, found, ours)
        if broken is None:
            return False
        bad += [check for check in apart if check.column == ours and broken]
    if bad:
        found.left_out = _bad_rows(con, found, bad, every)
    return len(found.left_out) <= MOST_LEFT_OUT


def _typed(types: Mapping[str, str], found: _Standing) -> bool:
    return all(
        types[ours] in _TYPES[_WANTED.get(BY_NAME[ours].kind, "text")]
        or (BY_NAME[ours].kind == "id" and types[ours] in _TYPES["number"])
        for ours in found.held
    )


def _by_distinct_value(ours: str) -> bool:
    return BY_NAME[ours].kind in _BY_DISTINCT_VALUE or ours == "template_hash"


def _bad_in_scan(
    con: duckdb.DuckDBPyConnection, found: _Standing, checks: Sequence[Check]
) -> list[Check]:
    """Those of the checks that any row fails."""
    tests = ", ".join(f"coalesce(bool_or({check.bad}), false)" for check in checks)
    fails = con.execute(f"select {tests} from ({found.values})").fetchall()[0]  # noqa: S608
    return [check for check, failed in zip(checks, fails, strict=True) if failed]


def _bad_values(con: duckdb.DuckDBPyConnection, found: _Standing, ours: str) -> bool | None:
    """Whether any value of a text column is bad; None when one must be written otherwise."""
    rule, raw = found.held[ours], name(ours)
    bad = " or ".join(f"coalesce({check.bad}, false)" for check in rule.checks)
    changed = f"v_{ours} is distinct from {raw}"
    if ours == "ip":
        changed += f" or contains({raw}, ':')"
    values = parquet_rows.distinct(found.bound, found.bound.mapping[ours])
    con.register("given", pa.table({ours: values}))
    rows = con.execute(
        f"select bool_or({bad}), coalesce(bool_or({changed}), false) from "  # noqa: S608
        f"(select {raw}, {rule.value} as v_{ours} from given)"
    ).fetchall()
    con.unregister("given")
    return None if rows[0][1] else bool(rows[0][0])


def _bad_rows(
    con: duckdb.DuckDBPyConnection, found: _Standing, bad: Iterable[Check], every: Sequence[Check]
) -> dict[int, Reasons]:
    """Every reason of every row that fails one of `bad`, by the row's place from 0."""
    tests = ", ".join(f"case when {check.bad} then {n} end" for n, check in enumerate(every))
    fails = " or ".join(f"coalesce({check.bad}, false)" for check in bad)
    rows = con.execute(
        f"select n, list_filter([{tests}], lambda c: c is not null) from ({found.values}) "  # noqa: S608
        f"where {fails} order by n limit {MOST_LEFT_OUT + 1}"
    ).fetchall()
    return {n: [(every[c].code, every[c].column) for c in why] for n, why in rows}


def _repeats_left_out(con: duckdb.DuckDBPyConnection, standing: Sequence[_Standing]) -> bool:
    """Whether the rows that repeat a request number are few enough; then they are left out."""
    named = [found for found in standing if "request_id" in found.held]
    rising = Rising()
    if all(rising.look(ids) for found in named for ids in _request_numbers(found.bound)):
        return True
    ids = " union all ".join(
        f"select v_request_id as id, n + {found.before} as row, {place} as file, n as number "  # noqa: S608
        f"from ({found.values}){found.but_left_out}"
        for place, found in enumerate(named)
    )
    twice = repeated(con, ids)
    if twice.num_rows > MOST_LEFT_OUT:
        return False
    for place, n in zip(twice["file"].to_pylist(), twice["number"].to_pylist(), strict=True):
        named[place].left_out[n] = [("E14", "request_id")]
    return True


def _request_numbers(bound: Bound) -> Iterator[pa.Array]:
    with parquet_rows.refused_when_damaged(bound.file):
        column = bound.mapping["request_id"]
        for batch in parquet_rows.opened(bound.file).iter_batches(1 << 20, columns=[column]):
            yield batch.column(0)


def _list_rows(found: _Standing, folder: Path) -> None:
    if found.left_out:
        found.row_list = folder / f"left-out-{found.before + 1}.parquet"
        rows = pa.array(sorted(found.left_out), pa.int64())
        pq.write_table(pa.table({"n": rows}), found.row_list)


def _reject(found: _Standing, rejected: Rejected) -> None:
    places = sorted(found.left_out)
    numbers = [n + 1 for n in places]
    texts = parquet_rows.texts_in_turn(found.bound, numbers)
    rejected.add(found.bound.file.name, numbers, map(found.left_out.__getitem__, places), texts)
