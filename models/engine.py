"""The connection to the database: pragmas, and what kind of transaction begins."""

from __future__ import annotations

import sqlite3
from types import ModuleType
from typing import Any

import sqlalchemy as sa

# Earlier SQLite may corrupt a database in WAL mode (the WAL-reset bug, fixed in 3.51.3).
SAFE_WAL = (3, 51, 3)

PRAGMAS = (
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=5000",
    "trusted_schema=OFF",
    "recursive_triggers=ON",  # without it INSERT OR REPLACE passes the append-only triggers
    "secure_delete=ON",
)


def sqlite_module() -> ModuleType:
    """The bundled recent SQLite where its package is installed, else the system's."""
    try:
        from pysqlite3 import dbapi2  # noqa: PLC0415 (absent on some platforms)
    except ImportError:
        return sqlite3
    return dbapi2  # type: ignore[no-any-return]


def open_engine(url: str) -> sa.Engine:
    if not url.startswith("sqlite"):
        return sa.create_engine(url, pool_pre_ping=True)
    module = sqlite_module()
    engine = sa.create_engine(url, module=module, connect_args={"timeout": 5})
    journal = "WAL" if module.sqlite_version_info >= SAFE_WAL else "DELETE"

    @sa.event.listens_for(engine, "connect")
    def set_pragmas(connection: Any, record: object) -> None:
        connection.isolation_level = None  # BEGIN is ours, see below
        for pragma in (f"journal_mode={journal}", *PRAGMAS):
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        # A read transaction that later writes fails at once under contention, without waiting:
        # a request that may write says so before its first statement.
        reading = connection.get_execution_options().get("reading", False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine
