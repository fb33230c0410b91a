from __future__ import annotations

import pytest
import sqlalchemy as sa

from casework.access import Role
from tests.factories import make_entity, make_officer


@pytest.fixture
def analyst(db):
    return make_officer(db, Role.ANALYST)


@pytest.fixture
def desk(sign_in, analyst):
    """The browser of the analyst."""
    return sign_in(analyst)


@pytest.fixture
def entity(db, analyst):
    return make_entity(db, analyst, "Orchid Compute Ltd")


@pytest.fixture
def statements(db):
    told = []
    connection = db.connection()

    def tell(connection, cursor, statement, parameters, context, many):
        if statement.lstrip().upper().startswith("SELECT"):
            told.append(statement)

    sa.event.listen(connection, "before_cursor_execute", tell)
    yield told
    sa.event.remove(connection, "before_cursor_execute", tell)
