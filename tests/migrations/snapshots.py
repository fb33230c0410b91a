"""What a database looks like, in a form that can be compared."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from models.engine import open_engine

Schema = dict[str, dict[str, list[str]]]


@contextmanager
def opened(url: str) -> Iterator[sa.Engine]:
    engine = open_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


def schema_of(url: str) -> Schema:
    """Columns, keys, indexes, checks and triggers of every table, in a fixed order."""
    with opened(url) as engine:
        inspector = sa.inspect(engine)
        found = {
            table: {
                "columns": [
                    f"{column['name']} {column['type']} {column['nullable']}"
                    for column in inspector.get_columns(table)
                ],
                "primary key": inspector.get_pk_constraint(table)["constrained_columns"],
                "foreign keys": _texts(inspector.get_foreign_keys(table)),
                "indexes": _texts(inspector.get_indexes(table)),
                "unique": _texts(inspector.get_unique_constraints(table)),
                "checks": _texts(inspector.get_check_constraints(table)),
            }
            for table in sorted(inspector.get_table_names())
            if table != "alembic_version"
        }
        for table, trigger in _triggers(engine):
            found[table].setdefault("triggers", []).append(trigger)
    return found


def _texts(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Each reflected row as text; SQL expressions are written out, since objects have addresses."""
    return sorted(json.dumps(row, default=str, sort_keys=True) for row in rows)


def _triggers(engine: sa.Engine) -> list[tuple[str, str]]:
    statement = (
        "SELECT tbl_name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
        if engine.dialect.name == "sqlite"
        else "SELECT tgrelid::regclass::text, pg_get_triggerdef(oid) || tgenabled::text"
        " FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname"
    )
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(statement).all()
    return [(table.strip('"'), text) for table, text in rows]


def rows_of(url: str) -> dict[str, int]:
    """How many rows each table holds."""
    with opened(url) as engine, engine.connect() as connection:
        return {
            table: connection.scalar(sa.select(sa.func.count()).select_from(sa.table(table))) or 0
            for table in sorted(sa.inspect(engine).get_table_names())
            if table != "alembic_version"
        }
