"""Databases for the tests: one is migrated from nothing, every other one is a copy of it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import sqlalchemy as sa
from alembic import command

from views.schema import alembic_config


class Databases(Protocol):
    """`empty` gives the URL of a database without a table, `copy` one at the newest revision, or
    one that holds what the database `of` holds; nobody is connected to that one meanwhile.
    """

    def empty(self, name: str) -> str: ...
    def copy(self, name: str, of: str = "") -> str: ...
    def drop(self, url: str) -> None: ...


class SqliteFiles:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._newest = folder / "newest.db"
        migrate(f"sqlite:///{self._newest}")

    def empty(self, name: str) -> str:
        return f"sqlite:///{self._folder / name}.db"

    def copy(self, name: str, of: str = "") -> str:
        source = Path(str(sa.make_url(of).database)) if of else self._newest
        shutil.copyfile(source, self._folder / f"{name}.db")
        return self.empty(name)

    def drop(self, url: str) -> None:
        path = sa.make_url(url).database
        for ending in ("", "-wal", "-shm", "-journal"):
            Path(f"{path}{ending}").unlink(missing_ok=True)


class PostgresDatabases:
    """Databases on the server of `DOCKET_TEST_POSTGRES`, under names of this process alone."""

    def __init__(self, server: str) -> None:
        self._server = sa.make_url(server)
        self._names: list[str] = []
        self._newest = self.empty("newest")
        migrate(self._newest)

    def empty(self, name: str) -> str:
        return self._create(name, "template0")

    def copy(self, name: str, of: str = "") -> str:
        return self._create(name, str(sa.make_url(of or self._newest).database))

    def drop(self, url: str) -> None:
        name = str(sa.make_url(url).database)
        self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        self._names.remove(name)

    def drop_all(self) -> None:
        for name in list(self._names):
            self.drop(self._url(name))

    def _create(self, name: str, template: str) -> str:
        full = f"docket_test_{os.getpid()}_{name}"
        self._run(f'CREATE DATABASE "{full}" TEMPLATE "{template}"')
        self._names.append(full)
        return self._url(full)

    def _url(self, name: str) -> str:
        return self._server.set(database=name).render_as_string(hide_password=False)

    def _run(self, statement: str) -> None:
        engine = sa.create_engine(
            self._server, isolation_level="AUTOCOMMIT", poolclass=sa.pool.NullPool
        )
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)
        engine.dispose()


def migrate(url: str, revision: str = "head") -> None:
    command.upgrade(alembic_config(url), revision)


@contextmanager
def databases(kind: str, folder: Path) -> Iterator[Databases]:
    """The databases of one test process; those on a server are dropped at the end."""
    if kind == "sqlite":
        yield SqliteFiles(folder)
        return
    on_server = PostgresDatabases(os.environ["DOCKET_TEST_POSTGRES"])
    try:
        yield on_server
    finally:
        on_server.drop_all()
