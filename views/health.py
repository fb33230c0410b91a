"""`/healthz`: 200 when database, exhibits store and queue answer, else 503; no detail."""

from __future__ import annotations

from flask import Blueprint, current_app
from flask.typing import ResponseReturnValue

from casework.people import queries as people
from views.access import public
from views.transaction import db

health = Blueprint("health", __name__)


@health.get("/healthz")
@public
def healthz() -> ResponseReturnValue:
    try:
        people.find_session(db, "")
        working = all(check() for check in current_app.extensions["health_checks"])
    except Exception:
        current_app.logger.exception("health check")
        working = False
    return ({"ok": True}, 200) if working else ({"ok": False}, 503)
