"""The ground of all tests: a migrated database, an application on it, a browser.

Every test runs in a transaction that is undone at its end, inside which the application's own
transactions are savepoints. `pytest --database=postgresql` runs the tests that touch a database
on the server of `DOCKET_TEST_POSTGRES`, and only those.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session, sessionmaker

from config import Settings
from models import Officer
from models.engine import open_engine
from tests.browser import DocketClient
from tests.databases import Databases, databases
from views.blobs import open_blobs

pytest_plugins = ("tests.chromium",)

SignIn = Callable[[Officer], DocketClient]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("database") == "postgresql" and not os.environ.get("DOCKET_TEST_POSTGRES"):
        raise pytest.UsageError(
            "Set DOCKET_TEST_POSTGRES to the URL of a server on which databases may be created."
        )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("database") == "sqlite":
        return
    touching = [item for item in items if "test_databases" in getattr(item, "fixturenames", ())]
    config.hook.pytest_deselected(items=[item for item in items if item not in touching])
    items[:] = touching


@pytest.fixture(scope="session")
def test_databases(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Databases]:
    folder = tmp_path_factory.mktemp("databases")
    with databases(request.config.getoption("database"), folder) as made:
        yield made


@pytest.fixture(scope="session")
def engine(test_databases: Databases) -> Iterator[sa.Engine]:
    engine = open_engine(test_databases.copy("main"))
    yield engine
    engine.dispose()


@pytest.fixture
def connection(engine: sa.Engine) -> Iterator[sa.Connection]:
    with engine.connect() as connection:
        outer = connection.begin()
        yield connection
        outer.rollback()


@pytest.fixture
def db(connection: sa.Connection) -> Iterator[Session]:
    """The test's own session, on the connection that the application uses too."""
    with Session(connection, join_transaction_mode="create_savepoint") as session:
        yield session


@pytest.fixture
def own_url(test_databases: Databases) -> Iterator[str]:
    """A database of this test alone, for what needs several connections or its own schema."""
    url = test_databases.copy(f"own_{uuid4().hex[:12]}")
    yield url
    test_databases.drop(url)


@pytest.fixture
def own_engine(own_url: str) -> Iterator[sa.Engine]:
    engine = open_engine(own_url)
    yield engine
    engine.dispose()


@pytest.fixture
def empty_url(test_databases: Databases) -> Iterator[str]:
    """A database without a table."""
    url = test_databases.empty(f"empty_{uuid4().hex[:12]}")
    yield url
    test_databases.drop(url)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return plain_settings(tmp_path)


def plain_settings(folder: Path) -> Settings:
    data_dir = folder / "data"
    data_dir.mkdir(mode=0o700)
    return Settings(database_url="sqlite://", data_dir=data_dir, secret_key="s" * 48, testing=True)


@pytest.fixture
def fresh_app(connection: sa.Connection, settings: Settings) -> Flask:
    """An application of this test alone, for what changes the application itself."""
    return open_app(settings, sessions_on(connection))


@pytest.fixture(scope="session")
def shared_app(engine: sa.Engine, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Made once, since compiling its routes and templates takes most of a second."""
    settings = plain_settings(tmp_path_factory.mktemp("shared"))
    return open_app(settings, sessions_on(engine))


@pytest.fixture
def app(shared_app: Flask, connection: sa.Connection, settings: Settings) -> Iterator[Flask]:
    """The application on this test's connection, with this test's settings and folder."""
    made = dict(shared_app.extensions)
    shared_app.extensions.update(settings=settings, make_session=sessions_on(connection))
    shared_app.extensions["blobs"] = blobs = open_blobs(settings)
    shared_app.extensions["health_checks"] = [blobs.works, *made["health_checks"][1:]]
    yield shared_app
    shared_app.extensions.clear()
    shared_app.extensions.update(made)


def sessions_on(bind: sa.Engine | sa.Connection) -> sessionmaker[Session]:
    return sessionmaker(bind, expire_on_commit=False, join_transaction_mode="create_savepoint")


def open_app(settings: Settings, sessions: sessionmaker[Session] | None = None) -> Flask:
    from app import create_app

    app = create_app(settings, sessions)
    app.test_client_class = DocketClient
    return app


@pytest.fixture
def new_client(app: Flask, db: Session) -> Callable[[], DocketClient]:
    """Makes further browsers, each with cookies of its own."""

    def make() -> DocketClient:
        client = app.test_client()
        assert isinstance(client, DocketClient)
        client.store = db
        return client

    return make


@pytest.fixture
def client(new_client: Callable[[], DocketClient]) -> DocketClient:
    """A browser in which nobody is signed in, until `sign_in` is called."""
    return new_client()


@pytest.fixture
def sign_in(client: DocketClient) -> SignIn:
    """Sign the officer in, in place of whoever was; returns `client`."""

    def become(officer: Officer) -> DocketClient:
        client.sign_in_as(officer)
        return client

    return become
