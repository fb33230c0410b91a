from __future__ import annotations

import pytest

from casework.access import Role
from casework.screening.queries import candidates
from tests.factories import make_entity, make_officer
from tests.judgements.lists import SDN, hits, make_edition, make_entry, matcher


@pytest.fixture
def finds(monkeypatch):
    """Say which entries the lists hold for any name, with their scores."""

    def say(scores):
        monkeypatch.setattr(candidates, "match", matcher(scores))

    monkeypatch.setattr(
        candidates, "plain_reasons", lambda match: [{"text": "The names agree", "against": False}]
    )
    say({})
    return say


@pytest.fixture
def analyst(db):
    return make_officer(db, Role.ANALYST)


@pytest.fixture
def second(db):
    return make_officer(db, Role.CASE_OFFICER)


@pytest.fixture
def entry(db):
    make_edition(db)
    return make_entry(db)


@pytest.fixture
def entity(db, analyst, entry, finds):
    """An entity whose recording raised the entry."""
    finds({f"{SDN}/7": 0.91})
    return make_entity(db, analyst)


@pytest.fixture
def hit(db, entity):
    (row,) = hits(db)
    return row
