from __future__ import annotations

import json

import pytest

from casework.access import Role
from casework.evidence.store import BlobStore
from casework.reports.actions import editions
from casework.reports.document import to_json
from casework.reports.queries.editions import contents_in
from models import Incident, Recusal, Report
from tests.factories import AT, make_officer
from tests.reports.conftest import LATER, Docket


@pytest.fixture
def blobs(app) -> BlobStore:
    return app.extensions["blobs"]


@pytest.fixture
def preparer(docket, sign_in):
    return sign_in(docket.preparer)


def test_the_list_names_what_the_text_asks_for_and_says_that_days_are_hypothetical(preparer):
    page = preparer.get("/reports")

    assert page.status_code == 200
    assert "Findings of the assessment" in page.text
    assert "hypothetical" in page.text
    assert "Planning mode" in page.text


def test_somebody_without_rights_on_cases_reads_the_list_and_no_more(db, sign_in):
    client = sign_in(make_officer(db, Role.AUDITOR))

    assert client.get("/reports").status_code == 200
    assert client.get("/reports/R1").status_code == 403


@pytest.mark.parametrize(
    "address", ["/reports/R9", "/reports/R6", "/reports/X", "/reports/R1/passages/countries"]
)
def test_what_is_not_made_or_not_written_here_is_not_found(preparer, address):
    assert preparer.get(address).status_code == 404


def test_a_passage_is_written_and_shown_with_its_sources_when_it_is_revised(docket, preparer):
    done = preparer.post_form(
        "/reports/R1/passages/detection",
        {"text": "Compare spend. [government: Bureau practice]", "revision": "0"},
    )

    assert done.status_code == 303
    again = preparer.get("/reports/R1/passages/detection").text
    assert "Compare spend. [government: Bureau practice]" in again
    assert "Revision 1" in again


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Write the text."),
        ("(S//NF) It says.", "classification marking"),
        ("It says. [see above]", "is no source"),
        ("It says. [INC-2026-09999#claim]", "not among the cases"),
        ("Bad \u202e order", "changes the order"),
    ],
)
def test_a_bad_passage_is_shown_again_with_the_reason_and_what_was_typed(preparer, text, message):
    page = preparer.post_form("/reports/R1/passages/aid", {"text": text, "revision": "0"})

    assert page.status_code == 422
    assert message in page.text
    assert text.strip() in page.text


def test_a_passage_saved_by_another_in_the_meantime_shows_both_texts(docket, preparer):
    docket.write("R1", "aid", "Saved first.", by=docket.checker)
    docket.db.commit()

    page = preparer.post_form(
        "/reports/R1/passages/aid", {"text": "Mine came second.", "revision": "0"}
    )

    assert page.status_code == 409
    assert "Saved first." in page.text
    assert "Mine came second." in page.text
    revision = next(line for line in page.text.splitlines() if 'name="revision"' in line)
    assert 'value="1"' in revision


def test_an_annex_needs_every_word_and_refuses_a_marking(preparer):
    fields = {"title": "TOP SECRET annex", "system": "H", "custodian": "R", "registry_number": "1"}

    assert "classification marking" in preparer.post_form("/reports/R1/annexes/new", fields).text
    assert preparer.post_form("/reports/R1/annexes/new", {}).status_code == 422
    done = preparer.post_form("/reports/R1/annexes/new", {**fields, "title": "Annex A"})
    assert done.status_code == 303
    assert "Annex A" in preparer.get("/reports/R1").text


def test_an_edition_is_prepared_watched_and_its_data_are_those_of_the_record(docket, preparer):
    done = preparer.post_form("/reports/R1/prepare", {})
    report = docket.db.query(Report).one()

    page = preparer.get(done.location)
    assert "Waiting for a worker" in page.text
    data = preparer.get(f"{done.location}/data.json")
    assert data.data == to_json(contents_in(report))
    assert json.loads(data.data)["cover"]["kind"] == "R1"
    assert preparer.post_form(f"{done.location}/download", {}).status_code == 404


def test_the_index_asks_for_a_decision_and_says_so(docket, preparer):
    base = f"/cases/{docket.case.reference}/reports"

    assert "Index of the administrative record" in preparer.get(base).text
    refused = preparer.post_form(f"{base}/R8/prepare", {"decision": ""})
    assert refused.status_code == 422
    assert "Choose the decision" in refused.text
    key = f"determination:{docket.determination.id}"
    assert preparer.post_form(f"{base}/R8/prepare", {"decision": key}).status_code == 303


def test_the_way_from_check_to_approval_and_receipt(docket, sign_in):
    docket.write_all("R1")
    report = docket.ready("R1")
    docket.db.commit()
    here, hash_ = f"/reports/editions/{report.id}", report.contents_sha256

    approver = sign_in(docket.approver)
    closed = approver.post_form(f"{here}/approval", {"contents_sha256": hash_, "read": "y"})
    assert closed.status_code == 409
    checker = sign_in(docket.checker)
    form = {"gate": "unclassified", "contents_sha256": hash_}
    assert checker.post_form(f"{here}/checks", form).status_code == 422
    assert checker.post_form(f"{here}/checks", {**form, "words": "Read."}).status_code == 303
    assert "Mara Castellanos" in checker.get(here).text
    approver = sign_in(docket.approver)
    unread = approver.post_form(f"{here}/approval", {"contents_sha256": hash_})
    assert unread.status_code == 422
    approver.post_form(f"{here}/approval", {"contents_sha256": hash_, "read": "y"})
    docket.db.expire_all()
    assert report.state == "approved"

    checker = sign_in(docket.checker)
    sending = {"step": "received", "receiver": "HFAC", "happened_on": "2026-11-25", "words": "Slip"}
    assert checker.post_form(f"{here}/transmittals", sending).status_code in {409, 422}
    bad = checker.post_form(f"{here}/transmittals", {**sending, "happened_on": "2026-02-30"})
    assert bad.status_code == 422
    assert "day that exists" in bad.text


def test_a_failed_drawing_is_told_and_can_be_tried_again(docket, preparer):
    report = docket.prepare("R1")
    editions.give_up_rendering(docket.db, report.id, "No installed font can draw it.", at=LATER)
    docket.db.commit()
    here = f"/reports/editions/{report.id}"

    assert "No installed font can draw it." in preparer.get(here).text
    assert preparer.post_form(f"{here}/retry", {}).status_code == 303


def test_whoever_is_recused_from_a_case_in_it_does_not_find_the_edition(docket, sign_in):
    report = docket.ready("R1")
    docket.db.add(
        Recusal(
            case_id=docket.case.id, person_id=docket.checker.person_id, reason="Kinship",
            declared_by_id=docket.checker.id, declared_at=AT,
        )
    )  # fmt: skip
    docket.db.commit()
    client = sign_in(docket.checker)

    assert client.get(f"/reports/editions/{report.id}").status_code == 404
    assert client.get(f"/reports/editions/{report.id}/data.json").status_code == 404
    assert str(report.id) not in client.get("/reports").text


def test_a_passage_drawn_from_a_hidden_case_is_not_found(docket, sign_in):
    incident = docket.db.query(Incident).first()
    docket.write("R1", "aid", f"Helped. [{incident.reference}#claim]")
    docket.db.add(
        Recusal(
            case_id=docket.case.id, person_id=docket.checker.person_id, reason="Kinship",
            declared_by_id=docket.checker.id, declared_at=AT,
        )
    )  # fmt: skip
    docket.db.commit()
    client = sign_in(docket.checker)
    address = "/reports/R1/passages/aid"

    assert client.get(address).status_code == 404
    assert client.post_form(address, {"text": "Mine.", "revision": "0"}).status_code == 404


def test_names_in_other_scripts_stand_on_the_page_as_they_are(docket: Docket, preparer):
    docket.write("R1", "aid", "Помощь владельцам: 深度求索（示例）.")
    docket.db.commit()

    assert "深度求索（示例）" in preparer.get("/reports/R1/passages/aid").text
