"""Alembic's entry: the database of the settings, the tables of the models."""

from __future__ import annotations

import os

import sqlalchemy as sa
from alembic import context

from config import Settings
from models import Base
from models.engine import open_engine


def render_item(kind: str, value: object, autogen_context: object) -> str | bool:
    """Write a custom type as the plain type that the database sees.

    History must not change when the code does.
    """
    if kind == "type" and isinstance(value, sa.TypeDecorator):
        return f"sa.{value.impl!r}"
    return False


def run() -> None:
    given = context.config.attributes.get("database_url")
    url = given or Settings.from_env(os.environ).database_url
    connection = context.config.attributes.get("connection")
    if connection is not None:
        migrate(connection)
        return
    engine = open_engine(url)
    with engine.connect() as opened:
        migrate(opened)
    engine.dispose()


def migrate(connection: sa.Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_item=render_item,
        render_as_batch=connection.dialect.name == "sqlite",
        transaction_per_migration=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
