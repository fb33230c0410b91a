"""`flask db upgrade`: create the database or bring it to the code's schema."""

from __future__ import annotations

import click
from alembic import command
from flask import current_app
from flask.cli import AppGroup

from views.cli.answers import answer, as_json
from views.schema import alembic_config, current_revision

db_cli = AppGroup("db", help="The database schema.")


@db_cli.command("upgrade")
@as_json
def upgrade(as_json: bool) -> None:  # noqa: FBT001 (click passes it by name)
    """Create or migrate the database of DOCKET_DATABASE_URL."""
    url = current_app.extensions["settings"].database_url
    command.upgrade(alembic_config(url), "head")
    revision = current_revision()
    answer(as_json, {"revision": revision}, f"The database is at revision {revision}.")


@db_cli.command("downgrade")
@click.argument("revision")
def downgrade(revision: str) -> None:
    """Go back to an earlier revision, or `base`."""
    url = current_app.extensions["settings"].database_url
    command.downgrade(alembic_config(url), revision)
