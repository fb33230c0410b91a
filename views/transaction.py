"""One database transaction per request: kept if the answer is good, undone if not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, cast

from flask import Flask, Response, current_app, g, has_request_context, request
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.local import LocalProxy

from casework.audit import Origin
from casework.audit.checkpoints import SIGNER

__all__ = [  # Session is the name under which other views may know the session's type
    "CONFLICTS",
    "READING_METHODS",
    "REFUSED_BY_DATABASE",
    "UNAVAILABLE",
    "UNREADABLE",
    "Session",
    "after_commit",
    "cli_transaction",
    "db",
    "make_session",
    "one_transaction_per_request",
    "own_transaction",
]

READING_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
UNAVAILABLE = (OperationalError,)
CONFLICTS = (IntegrityError, StaleDataError)
# A value that no column can hold, as a NUL in a search: PostgreSQL alone minds.
UNREADABLE = (DataError,)
# What a trigger of the schema raises: a refusal of the database itself.
REFUSED_BY_DATABASE = (DBAPIError,)

MakeSession = Callable[[], Session]


def _session() -> Session:
    if "db" not in g:
        g.db = make_session()
        g.db.info["origin"] = g.get("origin", Origin())
        if has_request_context() and request.method in READING_METHODS:
            g.db.connection(execution_options={"reading": True})
    return cast(Session, g.db)


db = cast(Session, LocalProxy(_session))


def make_session() -> Session:
    session = cast(Session, current_app.extensions["make_session"]())
    session.info[SIGNER] = current_app.extensions["audit_signer"]
    return session


def one_transaction_per_request(app: Flask, sessions: sessionmaker[Session]) -> None:
    app.extensions["make_session"] = sessions

    @app.after_request
    def finish(response: Response) -> Response:
        if "db" in g:
            if response.status_code < 400:
                g.db.commit()
                for act in g.pop("after_commit", ()):
                    act()
            else:
                g.db.rollback()
        return response

    @app.teardown_request
    def close(error: BaseException | None) -> None:
        if session := g.pop("db", None):
            session.close()


def after_commit(act: Callable[[], Any]) -> None:
    """Run `act` once the request's transaction is kept; never if it is undone."""
    g.setdefault("after_commit", []).append(act)


@contextmanager
def own_transaction(*, origin: Origin | None = None) -> Iterator[Session]:
    """A transaction apart from the request's, for what must outlive its failure."""
    session = make_session()
    session.info["origin"] = origin or g.get("origin", Origin())
    try:
        with session.begin():
            yield session
    finally:
        session.close()


@contextmanager
def cli_transaction(*, reading: bool = False) -> Iterator[Session]:
    """The transaction of one command: kept at the end, undone if anything is raised."""
    session = make_session()
    try:
        if reading:
            session.connection(execution_options={"reading": True})
        yield session
        session.commit()
    finally:
        session.close()
