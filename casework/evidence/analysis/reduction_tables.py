"""The reduced tables in the local DuckDB connection: their columns, and how they are filled."""

# ruff: noqa: S608 (names of our own tables and quoted paths)

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

import duckdb
import pyarrow as pa

_COUNT: Final = {"n": "BIGINT"}
TABLES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType({
    "account": {"a": "INTEGER", "account_id": "VARCHAR", **_COUNT, "out_tok": "BIGINT",
                "in_tok": "BIGINT", "first_h": "INTEGER", "last_h": "INTEGER"},
    "r_org": {"a": "INTEGER", "org_id": "VARCHAR", **_COUNT},
    "r_hour": {"a": "INTEGER", "h": "INTEGER", **_COUNT, "n_new": "BIGINT"},
    "r_model": {"a": "INTEGER", "model": "VARCHAR", **_COUNT},
    "r_phase": {"a": "INTEGER", "ph": "INTEGER", **_COUNT},
    "r_cap": {"a": "INTEGER", "capability": "VARCHAR", **_COUNT},
    "r_ip": {"a": "INTEGER", "v": "VARCHAR", **_COUNT},
    "r_pay": {"a": "INTEGER", "v": "VARCHAR", **_COUNT},
    "r_tpl": {"a": "INTEGER", "v": "VARCHAR", **_COUNT},
    "r_simhi": {"a": "INTEGER", "v": "BIGINT", **_COUNT},
    "r_simlo": {"a": "INTEGER", "v": "BIGINT", **_COUNT},
    "r_net": {"a": "INTEGER", "asn": "BIGINT", "country": "VARCHAR", **_COUNT},
    "r_way": {"a": "INTEGER", "endpoint": "VARCHAR", "user_agent": "VARCHAR", **_COUNT},
    "r_prompt": {"a": "INTEGER", "v": "VARCHAR", **_COUNT},
})  # fmt: skip
_GIVEN: Final = "given"


def create(con: duckdb.DuckDBPyConnection) -> None:
    """Create every table, empty."""
    for table, columns in TABLES.items():
        told = ", ".join(f"{name} {kind}" for name, kind in columns.items())
        con.execute(f"create or replace table {table} ({told})")


def add(con: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    """Append rows that have the table's columns, `a` among them."""
    told = ", ".join(f"{name}::{kind}" for name, kind in TABLES[table].items())
    _insert(con, rows, f"insert into {table} select {told} from {_GIVEN}")


def number_accounts(con: duckdb.DuckDBPyConnection, rows: Iterable[pa.Table]) -> None:
    """Fill `account` from rows without `a`, and number them from 0 in byte order of account_id."""
    con.execute("create or replace temp table unnumbered as from account limit 0")
    for each in rows:
        told = ", ".join(f"{name}::{kind}" for name, kind in _without_number("account").items())
        _insert(con, each, f"insert into unnumbered select null, {told} from {_GIVEN}")
    con.execute(
        "insert into account select (row_number() over (order by account_id) - 1)::int, "
        f"{', '.join(_without_number('account'))} from unnumbered"
    )
    con.execute("drop table unnumbered")


def add_by_account_id(con: duckdb.DuckDBPyConnection, table: str, rows: Iterable[pa.Table]) -> None:
    """Append rows that have `account_id` in place of `a`; `account` must be filled."""
    told = ", ".join(f"g.{name}::{kind}" for name, kind in _without_number(table).items())
    for each in rows:
        _insert(
            con,
            each,
            f"insert into {table} select account.a, {told} from {_GIVEN} g join account "
            "on account.account_id = g.account_id",
        )


def _without_number(table: str) -> dict[str, str]:
    return {name: kind for name, kind in TABLES[table].items() if name != "a"}


def _insert(con: duckdb.DuckDBPyConnection, rows: pa.Table, statement: str) -> None:
    con.register(_GIVEN, rows)
    try:
        con.execute(statement)
    finally:
        con.unregister(_GIVEN)
