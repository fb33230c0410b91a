"""An application with a database of its own, opened as in production."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from config import Settings
from tests.browser import DocketClient
from tests.conftest import open_app, sessions_on


@pytest.fixture
def own_app(own_url: str, settings: Settings) -> Iterator[Flask]:
    app = open_app(replace(settings, database_url=own_url))
    yield app
    app.extensions["make_session"].kw["bind"].dispose()


@pytest.fixture
def own_db(own_engine: sa.Engine) -> Iterator[Session]:
    with Session(own_engine) as session:
        yield session


@pytest.fixture
def own_client(own_app: Flask, own_db: Session) -> DocketClient:
    client = own_app.test_client()
    assert isinstance(client, DocketClient)
    client.store = own_db
    return client


@pytest.fixture
def client_with(
    connection: sa.Connection, settings: Settings, db: Session
) -> Callable[..., DocketClient]:
    """A browser of an application whose settings differ as given."""

    def make(**changes: Any) -> DocketClient:
        app = open_app(replace(settings, **changes), sessions_on(connection))
        client = app.test_client()
        assert isinstance(client, DocketClient)
        client.store = db
        return client

    return make
