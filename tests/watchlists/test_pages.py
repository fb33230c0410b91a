from __future__ import annotations

from io import BytesIO

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from casework.screening.queries import watchlists as queries
from models import Job
from tests.conftest import SignIn
from tests.factories import make_officer
from tests.watchlists.conftest import Import
from tests.watchlists.samples import company, csl
from views import jobs

EL = "bis-entity-list"
NEW = f"/screening/lists/{EL}/new"


def test_the_pages_of_a_list(db: Session, bring: Import, sign_in: SignIn):
    rows = [company(number) for number in range(1, 9)]
    bring(EL, {"el.csv": csl(*rows)})
    bring(EL, {"el.csv": csl(*rows[1:], company(9, name="<b>深度求索</b>")) + b'"x","<i>"\r\n'})
    browser = sign_in(make_officer(db, "analyst"))
    assert "Edition 2 of 2026-11-24" in browser.get("/screening/lists").text
    assert "1 added, 0 changed, 1 removed" in browser.get(f"/screening/lists/{EL}").text
    edition = browser.get(f"/screening/lists/{EL}/editions/2").text
    assert "has 2 columns, not 29" in edition
    assert "&lt;i&gt;" in edition
    assert (
        "Every row of the files was read" in browser.get(f"/screening/lists/{EL}/editions/1").text
    )
    page = browser.get(f"/screening/lists/{EL}/differences?earlier=2&later=1").text
    assert "&lt;b&gt;深度求索&lt;/b&gt;" in page
    assert "Orchid Compute 1 Co., Ltd." in page


@pytest.mark.parametrize(
    "path",
    [
        "/screening/lists/nothing",
        f"/screening/lists/{EL}/editions/9",
        f"/screening/lists/{EL}/editions/1?skip=x",
        f"/screening/lists/{EL}/differences?later=7",
        f"/screening/lists/{EL}/differences?later=-1",
        f"/screening/lists/{EL}/differences?later={10**30}",
        "/screening/lists/csl/differences",
    ],
)
def test_what_is_not_there_is_not_found(db: Session, bring: Import, sign_in: SignIn, path):
    bring(EL, {"el.csv": csl(company(1))})
    assert sign_in(make_officer(db, "analyst")).get(path).status_code == 404


def test_a_list_without_an_edition(db: Session, sign_in: SignIn):
    page = sign_in(make_officer(db, "reviewer")).get("/screening/lists/ftm").text
    assert "No edition yet" in page
    assert "Hand in an edition" not in page


def done(app: Flask, db: Session) -> bool:
    """Do the one import that waits, in the place of a worker."""
    job = db.scalars(sa.select(Job).where(Job.kind == queries.IMPORT)).one()
    db.commit()
    with app.app_context():
        well = jobs.perform(job.id)
    db.expire_all()
    return well


def test_an_edition_is_handed_in_and_imported_by_the_worker(
    app: Flask, db: Session, sign_in: SignIn
):
    officer = make_officer(db, "analyst")
    browser = sign_in(officer)
    sent = {"files": (BytesIO(csl(company(1))), "el.csv"), "dated_on": "2026-07-01"}
    answer = browser.post_form(NEW, sent)
    assert answer.status_code == 303, answer.text
    assert "Waiting" in browser.get(f"/screening/lists/{EL}").text
    assert done(app, db)
    edition = queries.in_force(db)[EL]
    assert (edition.entries, edition.label, edition.imported_by_id) == (1, "2026-07-01", officer.id)


def test_a_file_that_is_not_the_list_fails_with_its_reason(
    app: Flask, db: Session, sign_in: SignIn
):
    browser = sign_in(make_officer(db, "analyst"))
    browser.post_form(NEW, {"files": (BytesIO(b"<x/>"), "el.xml"), "dated_on": ""})
    assert not done(app, db)
    page = browser.get(f"/screening/lists/{EL}").text
    assert "el.xml: this is XML" in page
    assert "The edition before stays in force." in page
    assert queries.in_force(db) == {}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"dated_on": ""}, "Choose the files of the edition."),
        ({"files": (BytesIO(b"x"), "a"), "dated_on": "yesterday"}, "Enter a day that exists"),
        ({"files": (BytesIO(b""), "a"), "dated_on": ""}, "A file is empty."),
        ({"files": [(BytesIO(b"x"), "a"), (BytesIO(b"y"), "b")]}, "Choose one file"),
    ],
)
def test_what_cannot_be_handed_in(db: Session, sign_in: SignIn, fields, words):
    answer = sign_in(make_officer(db, "analyst")).post_form(NEW, fields)
    assert answer.status_code == 422
    assert words in answer.text
    assert db.scalars(sa.select(Job).where(Job.kind == queries.IMPORT)).all() == []
