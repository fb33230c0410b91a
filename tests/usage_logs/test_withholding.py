"""A log and its analyses are seen by whom every file of the log may be seen by, and by no other."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from casework.handling.limits import DL_ONLY
from models import Case, DisseminationListing, Exhibit, Marking
from tests.factories import AT, add_member, make_officer
from tests.usage_logs.computed import keep_run


def restrict(db, exhibit, reader=None):
    """Let only listed persons read the exhibit."""
    marking = db.scalars(sa.select(Marking).where(Marking.exhibit_id == exhibit.id)).one()
    marking.cui_category, marking.dissemination = "CTI", [DL_ONLY]
    if reader:
        db.add(
            DisseminationListing(
                marking_id=marking.id, officer_id=reader.id, added_by_id=reader.id, added_at=AT
            )
        )
    db.commit()


PATHS = [
    "1",
    "1/columns",
    "1/analyses/new",
    "1/analyses/1",
    "1/analyses/1/C1",
    "1/analyses/1/C1/ties",
]


@pytest.mark.parametrize("path", PATHS)
def test_what_rests_on_a_withheld_exhibit_is_not_found(db, done, exhibit, path):
    restrict(db, exhibit)

    assert done.client.get(f"{done.base}/{path}").status_code == 404


def test_the_list_tells_the_number_and_nothing_else(db, done, exhibit):
    restrict(db, exhibit)

    page = done.page()

    assert "Log 1 Withheld from you" in page
    assert "May traffic" not in page


def test_no_act_reaches_a_withheld_log(db, done, exhibit):
    restrict(db, exhibit)

    for path in ("1/rejected", "1/stop", "1/intake", "1/analyses/1/repeat", "1/analyses/1/stop"):
        assert done.post(path).status_code == 404


def test_a_finding_is_offered_nothing_from_a_withheld_log(db, done, exhibit, subject):
    restrict(db, exhibit)

    page = done.client.get(f"/cases/{done.case.reference}/findings/PU1c?subject={subject.id}").text

    assert "No usage log of this case has been analysed." in page


def test_the_result_is_marked_as_strictly_as_what_it_rests_on(
    db, done, exhibit, computed, analyst, sign_in
):
    other = make_officer(db, "analyst")
    add_member(db, db.merge(done.case), other)
    restrict(db, exhibit, analyst)

    run = keep_run(done, computed, done.log())

    made = db.get_one(Exhibit, run.exhibit_id)
    marking = db.scalars(sa.select(Marking).where(Marking.exhibit_id == made.id)).one()
    assert (marking.dissemination, marking.cui_category) == ([DL_ONLY], "CTI")
    assert marking.personal_data
    address = f"/cases/{done.case.reference}/evidence/{made.number}"
    assert done.client.get(address).status_code == 200
    assert sign_in(other).get(address).status_code == 404


def test_a_reader_may_look_and_not_act(db, done, sign_in):
    reviewer = make_officer(db, "reviewer")
    add_member(db, db.get_one(Case, done.case.id), reviewer)
    client = sign_in(reviewer)

    assert client.get(f"{done.base}/1/analyses/1").status_code == 200
    assert "Repeat and compare" not in client.get(f"{done.base}/1/analyses/1").text
    assert client.post_form(f"{done.base}/1/analyses/1/repeat").status_code == 403
