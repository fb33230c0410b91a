from __future__ import annotations

import pytest

from casework.incidents.actions.incidents import submit_incident
from tests.factories import AT, make_officer
from tests.incidents.answers import report


@pytest.fixture
def reporter(db):
    return make_officer(db, "reporter")


@pytest.fixture
def officer(db):
    return make_officer(db, "case_officer", "analyst")


@pytest.fixture
def incident(db, reporter):
    return submit_incident(db, report(), by=reporter, at=AT)
