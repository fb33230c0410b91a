"""An analyst at work on a case that holds the exhibit of a small log."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.factories import make_case, make_entity, make_officer
from tests.usage_logs.computed import compute, keep_computed
from tests.usage_logs.desk import Desk, receive
from tests.usage_logs.small_log import log_file


@pytest.fixture
def settings(settings):
    return replace(settings, evidence_memory="500MB")


@pytest.fixture
def analyst(db):
    return make_officer(db, "analyst")


@pytest.fixture
def subject(db, analyst):
    return make_entity(db, analyst)


@pytest.fixture
def case(db, analyst, subject):
    return make_case(db, analyst, subjects=[subject])


@pytest.fixture
def exhibit(app, db, case, analyst):
    return receive(app, db, case, analyst, log_file(), "usage.csv")


@pytest.fixture
def desk(app, db, case, analyst, exhibit, sign_in):
    db.commit()
    return Desk(app, db, case, sign_in(analyst))


@pytest.fixture(scope="session")
def computed(tmp_path_factory):
    """What the processes of the worker answer for the small log: made once, kept by each test."""
    return compute(tmp_path_factory.mktemp("computed"))


@pytest.fixture
def done(desk, computed):
    """The desk after one analysis, whose results were computed beforehand."""
    desk.open()
    desk.columns(keep="1")
    keep_computed(desk, computed)
    return desk
