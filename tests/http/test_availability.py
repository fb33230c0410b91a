"""What is answered while the database is old, busy or gone; nothing is lost by it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from alembic import command

from models import ActEvent, SignInSession
from models.engine import sqlite_module
from tests.conftest import open_app
from tests.factories import TEXT_VERSION, make_officer
from views.schema import alembic_config

CLOCKS = f"/statute/{TEXT_VERSION}/clocks"
ENACTED = {"kind": "enactment", "happened_on": "2027-01-04", "note": "as published"}


@contextmanager
def lock_held(url: str) -> Iterator[None]:
    """Another process that writes and does not finish."""
    if not url.startswith("sqlite"):
        pytest.skip("PostgreSQL has no lock of the whole database")
    # The same library: two of them in one process do not see each other's locks.
    database = str(sa.make_url(url).database)
    connection = sqlite_module().connect(database, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
        connection.close()


@pytest.fixture
def signer(own_db, own_client):
    own_client.sign_in_as(make_officer(own_db, "signing_official"))
    return own_client


def events(db):
    db.rollback()
    return db.scalar(sa.select(sa.func.count()).select_from(ActEvent))


def test_a_writer_that_finds_the_database_locked_is_told_to_come_again_within_six_seconds(
    own_url, own_db, signer
):
    form = {**ENACTED, "csrf_token": signer.csrf_token(), "submission_key": "k" * 24}
    own_db.commit()
    with lock_held(own_url):
        began = time.monotonic()
        held = signer.post(CLOCKS, data=form)
        waited = time.monotonic() - began

    assert held.status_code == 503
    assert held.headers["Retry-After"] == "5"
    assert waited < 6
    assert events(own_db) == 0
    assert signer.post(CLOCKS, data=form).status_code == 303
    assert events(own_db) == 1


def test_the_wait_is_no_longer_for_a_session_whose_last_use_is_to_be_noted(own_url, own_db, signer):
    form = {**ENACTED, "csrf_token": signer.csrf_token(), "submission_key": "k" * 24}
    row = own_db.scalars(sa.select(SignInSession)).one()
    row.seen_at -= timedelta(minutes=5)
    own_db.commit()
    with lock_held(own_url):
        began = time.monotonic()
        held = signer.post(CLOCKS, data=form)
        waited = time.monotonic() - began

    assert held.status_code == 503
    assert waited < 6


def test_pages_can_be_read_while_another_process_writes(own_url, own_db, signer):
    row = own_db.scalars(sa.select(SignInSession)).one()
    row.seen_at -= timedelta(minutes=5)
    own_db.commit()
    with lock_held(own_url):
        assert signer.get(CLOCKS).status_code == 200


def test_a_schema_older_than_the_code_is_told_with_the_command(own_url, own_client):
    command.downgrade(alembic_config(own_url), "-1")

    answer = own_client.get("/sign-in")

    assert answer.status_code == 503
    assert "flask db upgrade" in answer.text


def test_the_application_goes_on_by_itself_once_the_schema_is_upgraded(own_url, own_client):
    command.downgrade(alembic_config(own_url), "-1")
    assert own_client.get("/sign-in").status_code == 503

    command.upgrade(alembic_config(own_url), "head")

    assert own_client.get("/sign-in").status_code == 200


def test_an_empty_database_is_told_with_the_command(empty_url, settings):
    app = open_app(replace(settings, database_url=empty_url))
    app.test_client_class = None  # the plain client, which has no rows to keep
    answer = app.test_client().get("/")
    app.extensions["make_session"].kw["bind"].dispose()

    assert answer.status_code == 503
    assert "flask db upgrade" in answer.text


def test_health_is_one_word_and_no_detail(client):
    answer = client.get("/healthz")

    assert (answer.status_code, answer.json) == (200, {"ok": True})


def test_health_fails_when_the_store_cannot_be_written(client, settings):
    (settings.data_dir / "blobs" / "incoming").rmdir()

    answer = client.get("/healthz")

    assert (answer.status_code, answer.json) == (503, {"ok": False})


def test_health_fails_when_the_database_is_gone(own_client, own_engine, own_app):
    assert own_client.get("/healthz").status_code == 200
    with own_engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE sign_in_session")

    answer = own_client.get("/healthz")

    assert (answer.status_code, answer.json) == (503, {"ok": False})
