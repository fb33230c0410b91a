from __future__ import annotations

import pytest
import sqlalchemy as sa

from casework.access import Role
from models import MeasureDecision, Recommendation
from tests.decisions.casefile import PACK, start
from tests.decisions.measurefile import decidable, recommend
from tests.decisions.test_pages import form, new


def address(made):
    return f"/cases/{made.file.case.reference}/recommendations/{made.row.id}/sign"


def words(made, **changes):
    return {
        "content_sha256": made.row.content_sha256,
        "kind": "block",
        "reasons": "Weighed with care.",
        **changes,
    }


def test_a_decision_is_shown_once_more_before_it_is_signed(db, sign_in):
    made = decidable(db)
    client = sign_in(made.signer)

    check = client.post_form(address(made), words(made))
    assert "Sign and freeze the record" in check.text
    assert db.scalar(sa.select(MeasureDecision.id)) is None

    signed = client.post_form(address(made), words(made, step="sign"))
    assert signed.status_code == 303
    page = client.get(signed.location).text
    assert "The frozen record is intact" in page
    listing = client.get(f"/cases/{made.file.case.reference}/measures").text
    assert "Never considered" in listing
    assert ">Blocked</a>" in listing


def test_going_back_signs_nothing_and_keeps_the_words(db, sign_in):
    made = decidable(db)

    page = sign_in(made.signer).post_form(address(made), words(made, step="change"))

    assert "Weighed with care." in page.text
    assert db.scalar(sa.select(MeasureDecision.id)) is None


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"content_sha256": "0" * 64}, 409),
        ({"kind": "publish"}, 422),
        ({"reasons": ""}, 422),
    ],
)
def test_other_words_are_refused(db, sign_in, changes, status):
    made = decidable(db)

    answer = sign_in(made.signer).post_form(address(made), words(made, step="sign", **changes))

    assert answer.status_code == status
    assert db.scalar(sa.select(MeasureDecision.id)) is None


def test_what_stands_against_it_is_told_with_its_citation(db, sign_in):
    made = decidable(db, stage="S11")

    page = sign_in(made.signer).get(address(made)).text

    assert "cannot be signed yet" in page
    assert "decided in the stage" in page


def test_the_author_is_told_that_another_signs(db, sign_in):
    made = decidable(db)
    both = made.file.member(Role.SIGNING_OFFICIAL, Role.CASE_OFFICER, agency="STATE")
    row = recommend(made.file, "guidance", by=both)
    made.row = row

    assert "You made this recommendation." in sign_in(both).get(address(made)).text


def test_a_measure_without_a_signature_has_no_such_page(db, sign_in):
    made = decidable(db)
    made.row = recommend(made.file, "owner_aid")

    assert sign_in(made.signer).get(address(made)).status_code == 404


@pytest.mark.parametrize("measure", [name for name, row in PACK.measures.items() if row.fields])
def test_a_required_particular_left_empty_is_told_beside_its_field(db, sign_in, measure):
    file = start(db)
    for row in PACK.measures[measure].fields:
        if not row.required:
            continue
        sent = form(measure, reasons="Typed with care") | {f"field_{row.id}": ""}
        answer = sign_in(file.author).post_form(new(file, measure), sent)
        assert answer.status_code == 422
        assert f"Fill in: {row.label}" in answer.text
        assert "Typed with care" in answer.text
        break


def test_a_measure_left_untaken_needs_nothing_written_out(db, sign_in):
    file = start(db)
    sent = {name: text for name, text in form().items() if not name.startswith("field_")}

    answer = sign_in(file.author).post_form(new(file), sent | {"outcome": "not_taken"})

    assert answer.status_code == 303
    assert db.scalars(sa.select(Recommendation)).one().particulars == {}


def test_the_form_begins_with_what_the_record_of_the_subject_says(db, sign_in):
    file = start(db)

    page = sign_in(file.author).get(new(file, "entity_list")).text

    assert file.entity.name in page.split('name="field_names"')[1].split("</textarea>")[0]
    assert "CN" in page.split('name="field_entry_countries"')[1].split("</textarea>")[0]
    assert "Affiliates of" in page
