"""While the schema is older than the code, every page says so plainly (503)."""

from __future__ import annotations

from pathlib import Path

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask, abort, request

from views.transaction import UNAVAILABLE, cli_transaction

ROOT = Path(__file__).parent.parent


def alembic_config(database_url: str = "") -> Config:
    config = Config(ROOT / "alembic.ini")
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.attributes["database_url"] = database_url
    return config


def newest_revision() -> str:
    return ScriptDirectory.from_config(alembic_config()).get_current_head() or ""


def current_revision() -> str:
    """The revision of the database; empty when there is no schema yet."""
    with cli_transaction(reading=True) as session:
        return MigrationContext.configure(session.connection()).get_current_revision() or ""


def refuse_old_schema(app: Flask) -> None:
    newest = newest_revision()
    found: dict[str, bool] = {}

    @app.before_request
    def check() -> None:
        if found or request.endpoint in {"static", "assets.font", "assets.favicon"}:
            return
        try:
            current = current_revision()
        except UNAVAILABLE:
            abort(503)
        if current != newest:
            abort(503, "The database is older than the application. Run: flask db upgrade")
        found["current"] = True
