"""How a conclusion follows, as a page, and what has to be confirmed again after a signature."""

from __future__ import annotations

import re

import pytest

from casework.decisions.actions.determinations import sign_determination
from tests.decisions.casefile import LATER, ON, PACK, ready, start


@pytest.fixture
def place():
    def address(file, part="/conclusions"):
        return f"/cases/{file.case.reference}/findings{part}?subject={file.entity.id}"

    return address


def section(page: str, conclusion: str) -> str:
    found = re.search(rf'aria-labelledby="{conclusion}".*?</section>', page, re.DOTALL)
    assert found
    return " ".join(found[0].split())


def test_every_conclusion_is_explained_down_to_answer_readers_and_exhibit(db, sign_in, place):
    file = start(db)
    file.write("OW1")
    file.read("OW1", dissent="The register is out of date.")
    file.write("OW2")
    file.read("OW2")

    page = sign_in(file.author).get(place(file)).text

    for row in PACK.reported:
        assert section(page, row.id)
    owner = section(page, "owner")
    assert file.author.name in owner
    assert file.reader.name in owner
    assert f"/cases/{file.case.reference}/evidence/1" in owner
    assert "row 17" in owner
    assert "The register is out of date." in owner
    assert "Not counted: no second person stands behind it." in owner
    assert "nobody has answered this" in section(page, "closed_source_model")


def test_a_case_without_a_subject_says_what_to_do(db, sign_in):
    file = start(db)
    for subject in file.case.subjects:
        subject.examined = False

    page = sign_in(file.author).get(f"/cases/{file.case.reference}/findings/conclusions")

    assert page.status_code == 200
    assert "No subject is examined yet" in page.text


def test_a_subject_outside_the_case_is_not_found(db, sign_in):
    file = start(db)

    page = sign_in(file.author).get(
        f"/cases/{file.case.reference}/findings/conclusions?subject=nobody"
    )

    assert page.status_code == 404


def test_a_revised_answer_marks_exactly_the_conclusions_on_it(db, sign_in, place):
    file = ready(db)
    signed = sign_determination(
        db,
        file.case,
        entity=file.entity,
        kind="identify_mea",
        reasons="The record shows it.",
        by=file.signer(),
        at=LATER,
        on=ON,
    )
    client = sign_in(file.author)
    before = client.get(place(file)).text
    file.write("FP3", "not_met", expected=1)

    after = client.get(place(file)).text
    matrix = client.get(place(file, "")).text

    assert "To be confirmed again" not in before
    assert "Changed since it was signed: FP3" in section(
        after, "fraudulent_account_network_provider"
    )
    for untouched in ("owner", "closed_source_model", "model_extraction_attack"):
        assert "To be confirmed again" not in section(after, untouched)
    assert "To be confirmed again" in matrix
    decided = client.get(f"/cases/{file.case.reference}/determinations/{signed.id}").text
    assert "Fraudulent account network provider: FP3" in decided
    assert "Owner: " not in decided
    file.read("FP3", revision=2)
    assert "Changed since it was signed: FP3" in client.get(place(file)).text


def test_before_a_signature_only_unread_answers_wait(db, sign_in, place):
    file = start(db)
    file.write("OW1")

    page = sign_in(file.author).get(place(file)).text

    assert "Not counted yet: OW1" in section(page, "owner")
    assert "To be confirmed again" not in page
    assert "Not counted yet" not in section(page, "fraudulent_account_network_provider")
