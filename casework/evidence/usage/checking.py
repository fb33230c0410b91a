"""The rules applied to one batch, column by column.

A column repeats its values, most of them often; so its rule is worked out for each distinct value
and spread over the rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa

from casework.evidence.usage.canonical import selection
from casework.evidence.usage.checks import Rule
from casework.evidence.usage.columns import BY_NAME
from casework.evidence.usage.lines import Mask
from casework.evidence.usage.set_aside import Reasons

# Columns whose values are nearly all different gain nothing.
_ONE_BY_ONE: Final = frozenset({"time", "simhash", "id"})


def checked(
    con: duckdb.DuckDBPyConnection, table: pa.Table, held: Mapping[str, Rule]
) -> tuple[pa.Table, dict[int, Reasons]]:
    """The good rows (`place`, the canonical columns but `row`, `request_id`), and why the others
    are bad, by place.
    """
    values = {"place": table["place"]}
    sound = np.ones(table.num_rows, np.bool_)
    for ours, rule in held.items():
        column, bad = _applied(con, table[ours], ours, rule)
        values[f"v_{ours}"] = column
        sound &= ~bad
    good = pa.table(values)
    why: dict[int, Reasons] = {}
    if not sound.all():
        good = good.filter(pa.array(sound))
        why = _why(con, table.filter(pa.array(~sound)), held)
    request = "v_request_id" if "request_id" in held else "null::varchar"
    return _asked(con, good, f"place, {request} as request_id, {selection(held)}"), why


def _applied(
    con: duckdb.DuckDBPyConnection, column: pa.ChunkedArray, ours: str, rule: Rule
) -> tuple[pa.Array, Mask]:
    """The value taken from each row, and whether the row is bad for it."""
    whole = column.combine_chunks()
    coded = None if BY_NAME[ours].kind in _ONE_BY_ONE else whole.dictionary_encode("encode")
    given = pa.table({ours: whole if coded is None else coded.dictionary})
    bad = " or ".join(f"coalesce({check.bad}, false)" for check in rule.checks)
    found = _asked(con, given, f"v_{ours}, {bad} as bad", {ours: rule})
    values, wrong = found[f"v_{ours}"].combine_chunks(), found["bad"].to_numpy()
    if coded is None:
        return values, wrong
    codes = coded.indices.to_numpy()
    return values.take(coded.indices), wrong[codes]


def _why(
    con: duckdb.DuckDBPyConnection, table: pa.Table, held: Mapping[str, Rule]
) -> dict[int, Reasons]:
    """Every reason of every row of a table of bad ones."""
    every = [check for rule in held.values() for check in rule.checks]
    tests = ", ".join(f"case when {check.bad} then {n} end" for n, check in enumerate(every))
    asked = f"place, list_filter([{tests}], lambda n: n is not null) as why"
    found = _asked(con, table, asked, held)
    return {
        at: [(every[n].code, every[n].column) for n in why]
        for at, why in zip(found["place"].to_pylist(), found["why"].to_pylist(), strict=True)
    }


def _asked(
    con: duckdb.DuckDBPyConnection,
    table: pa.Table,
    asked: str,
    held: Mapping[str, Rule] | None = None,
) -> pa.Table:
    values = "".join(f", {rule.value} as v_{ours}" for ours, rule in (held or {}).items())
    con.register("batch", table)
    found = con.sql(f"select {asked} from (select *{values} from batch)").to_arrow_table()  # noqa: S608
    con.unregister("batch")
    return found
