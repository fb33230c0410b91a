"""An analyst at work on a case, with the form for an exhibit as the page offers it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.evidence.forms import FIELDS
from tests.factories import make_case, make_officer


@pytest.fixture
def settings(settings):
    return replace(settings, upload_cap=2 * 1024 * 1024)


@pytest.fixture
def officer(db):
    return make_officer(db, "analyst")


@pytest.fixture
def case(db, officer):
    return make_case(db, officer)


@pytest.fixture
def client(sign_in, officer):
    return sign_in(officer)


@pytest.fixture
def fields(client, case):
    """The form as it is offered, so that its codes are those of the pack."""
    page = client.get(f"/cases/{case.reference}/evidence/new").text
    chosen = dict(FIELDS)
    for name in ("basis", "tlp"):
        select = page.split(f'name="{name}"')[1].split("</select>")[0]
        offered = [part.split('"')[0] for part in select.split('value="')[1:]]
        if chosen[name] not in offered:
            chosen[name] = next(code for code in offered if code)
    return chosen
