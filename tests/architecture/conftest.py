"""One world for all tests that call routes, in a database of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from config import Settings
from models.engine import open_engine
from tests.architecture.caller import Caller
from tests.conftest import open_app, plain_settings, sessions_on
from tests.databases import Databases


@pytest.fixture(scope="session")
def bound(
    test_databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[sa.Connection, Settings]]:
    """A database of these tests alone, in one transaction that is undone at its end."""
    url = test_databases.copy("matrix")
    engine = open_engine(url)
    settings = replace(plain_settings(tmp_path_factory.mktemp("matrix")), database_url=url)
    with engine.connect() as connection:
        outer = connection.begin()
        yield connection, settings
        outer.rollback()
    engine.dispose()
    test_databases.drop(url)


@pytest.fixture(scope="session")
def caller(bound: tuple[sa.Connection, Settings]) -> Iterator[Caller]:
    connection, settings = bound
    with Session(connection, join_transaction_mode="create_savepoint") as db:
        yield Caller(connection, open_app(settings, sessions_on(connection)), db)
