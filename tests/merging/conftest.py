from __future__ import annotations

import pytest

from casework.access import Role
from tests.factories import make_entity, make_officer


@pytest.fixture
def analyst(db):
    return make_officer(db, Role.ANALYST, name="Ana Analyst")


@pytest.fixture
def second(db):
    return make_officer(db, Role.REVIEWER, name="Rui Reviewer")


@pytest.fixture
def kept(db, analyst):
    return make_entity(db, analyst, "Orchid Compute Ltd")


@pytest.fixture
def twin(db, analyst):
    return make_entity(db, analyst, "兰花计算有限公司")


@pytest.fixture
def desk(sign_in, analyst):
    """The browser of the analyst."""
    return sign_in(analyst)
