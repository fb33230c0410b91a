from __future__ import annotations

import json

import pytest

from casework.access import Role
from tests.factories import make_officer

LEI = "5493001KJTIIGC8Y1R12"


def line(id_, schema, **properties):
    return json.dumps({"id": id_, "schema": schema, "properties": properties}, ensure_ascii=False)


@pytest.fixture
def analyst(db):
    return make_officer(db, Role.ANALYST)


@pytest.fixture
def lines():
    """A parent known by its number, what it owns, and something that is not understood."""
    return "\n".join(
        [
            line("p", "Company", name=["北方集团 Group"], leiCode=[LEI], jurisdiction=["cn"]),
            line("c", "Company", name=["North Relay Ltd"], country=["sg"], alias=["NRL"]),
            line("o", "Ownership", owner=["p"], asset=["c"], percentage=["50-75"]),
            line("v", "Vessel", name=["Boat"]),
        ]
    )
