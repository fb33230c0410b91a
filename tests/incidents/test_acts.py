"""What is done to a report in a browser, and by whom."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from models import Incident, IncidentParty, IncidentRevision
from tests.factories import make_case, make_entity, make_officer
from tests.incidents.answers import fields

PLACE = "/incidents/INC-2026-00001"
STAFF = ("case_officer", "analyst", "reviewer", "signing_official", "records_officer")


def edited(**changes):
    return fields(**{"version": "1", "reason": "A typing error.", "then": None, **changes})


def test_a_correction_is_shown_with_its_reason_and_both_texts(db, sign_in, incident, officer):
    client = sign_in(officer)

    answer = client.post_form(f"{PLACE}/edit", edited(narrative="Corrected words."))
    page = client.get(PLACE)

    assert answer.status_code == 303
    assert "A typing error." in page.text
    assert "asked for worked steps all night" in page.text
    assert "Corrected words." in page.text


def test_a_correction_without_a_reason_is_refused_and_kept_on_the_page(sign_in, incident, officer):
    answer = sign_in(officer).post_form(f"{PLACE}/edit", edited(reason="", narrative="Mine."))

    assert answer.status_code == 422
    assert "Say why the report is changed." in answer.text
    assert "Mine." in answer.text


def test_a_stale_correction_shows_both_texts_and_can_then_be_saved(db, sign_in, incident, officer):
    client = sign_in(officer)
    client.post_form(f"{PLACE}/edit", edited(narrative="Saved first."))

    stale = client.post_form(f"{PLACE}/edit", edited(narrative="Typed second."))
    version = re.search(r'name="version"[^>]*value="(\d+)"', stale.text)[1]
    merged = client.post_form(f"{PLACE}/edit", edited(narrative="Both.", version=version))

    assert stale.status_code == 409
    assert "Saved first." in stale.text
    assert "Typed second." in stale.text
    assert merged.status_code == 303
    assert db.scalars(sa.select(Incident)).one().narrative == "Both."


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 400, "１"])
def test_a_spoilt_version_counts_as_stale(sign_in, incident, officer, version):
    answer = sign_in(officer).post_form(f"{PLACE}/edit", edited(version=version))

    assert answer.status_code == 409


def test_an_edit_is_kept_as_a_draft_and_gone_on_with(sign_in, incident, officer):
    client = sign_in(officer)

    client.post_form(f"{PLACE}/edit/draft", edited(then="draft", narrative="Half done."))
    resumed = client.get(f"{PLACE}/edit")
    client.post_form(f"{PLACE}/edit/draft-removal")

    assert "Half done." in resumed.text
    assert "You are going on from your draft" in resumed.text
    assert "Half done." not in client.get(f"{PLACE}/edit").text


def test_a_source_is_added_to_an_edit_without_script(sign_in, incident, officer):
    client = sign_in(officer)

    client.post_form(f"{PLACE}/edit/draft", edited(then="source"))

    assert 'name="sources-1-title"' in client.get(f"{PLACE}/edit").text


@pytest.mark.parametrize(
    ("decision", "reason", "state"),
    [
        ("acknowledge", "", "acknowledged"),
        ("accept", "", "accepted"),
        ("return", "Name the days.", "returned"),
        ("refer_out", "For the FTC.", "referred_out"),
    ],
)
def test_triage_moves_the_report(db, sign_in, incident, officer, decision, reason, state):
    answer = sign_in(officer).post_form(
        f"{PLACE}/triage", {"decision": decision, "reason": reason, "version": "1"}
    )

    assert answer.status_code == 303
    assert db.scalars(sa.select(Incident)).one().state == state


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({"decision": "return", "version": "1"}, 422),
        ({"decision": "promote", "version": "1"}, 422),
        ({"version": "1"}, 422),
        ({"decision": "accept", "version": "7"}, 409),
    ],
)
def test_triage_that_cannot_be_is_told_and_changes_nothing(
    db, sign_in, incident, officer, typed, status
):
    answer = sign_in(officer).post_form(f"{PLACE}/triage", typed)

    assert answer.status_code == status
    assert db.scalars(sa.select(Incident)).one().state == "submitted"


def test_withdrawal_says_first_what_it_cannot_undo(sign_in, incident, reporter):
    client = sign_in(reporter)

    page = client.get(f"{PLACE}/withdrawal")
    answer = client.post_form(f"{PLACE}/withdrawal", {"reason": "Filed twice."})
    again = client.post_form(f"{PLACE}/withdrawal", {"reason": "Filed twice."})

    assert "This cannot be undone" in page.text
    assert answer.status_code == 303
    assert "Filed twice." in client.get(PLACE).text
    assert again.status_code == 409


def test_a_denial_stands_beside_the_claim(db, sign_in, incident, officer):
    client = sign_in(officer)

    answer = client.post_form(
        f"{PLACE}/answer",
        {
            "version": "1",
            "response": "denies",
            "response_text": "It holds licences.",
            "response_on": "2026-06-20",
            "response_source": "A letter",
        },
    )
    page = client.get(PLACE)

    assert answer.status_code == 303
    assert "It holds licences." in page.text
    assert "No response found" not in re.sub(
        r"<details>.*?</details>", "", page.text, flags=re.DOTALL
    )
    assert db.scalar(sa.select(sa.func.count()).select_from(IncidentRevision)) == 1


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({"response": "denies", "version": "1"}, 422),
        ({"response": "none_found", "response_on": "2026-06-20", "version": "9"}, 409),
    ],
)
def test_an_answer_that_cannot_be_recorded_is_told(db, sign_in, incident, officer, typed, status):
    answer = sign_in(officer).post_form(f"{PLACE}/answer", typed)

    assert answer.status_code == status
    assert db.scalar(sa.select(sa.func.count()).select_from(IncidentRevision)) == 0


def test_a_party_is_found_by_name_and_linked_in_a_role(db, sign_in, incident, officer):
    entity = make_entity(db, officer, "示范深度研究")
    client = sign_in(officer)
    typed = {"entity": str(entity.id), "role": "querier", "note": "Named in the letter."}

    found = client.get(f"{PLACE}/parties/new?q=深度")
    linked = client.post_form(f"{PLACE}/parties/new?q=深度", typed)
    again = client.post_form(f"{PLACE}/parties/new?q=深度", typed)

    assert str(entity.id) in found.text
    assert linked.status_code == 303
    assert again.status_code == 409
    assert db.scalar(sa.select(sa.func.count()).select_from(IncidentParty)) == 1
    assert "示范深度研究" in client.get(PLACE).text


def test_an_entity_that_was_not_offered_is_not_linked(db, sign_in, incident, officer):
    entity = make_entity(db, officer, "Orchid Compute")

    answer = sign_in(officer).post_form(
        f"{PLACE}/parties/new?q=somebody", {"entity": str(entity.id), "role": "querier"}
    )

    assert answer.status_code == 422


def test_a_report_names_only_cases_that_the_reader_may_see(db, sign_in, incident, officer):
    make_case(db, officer, incidents=[incident])
    outsider = make_officer(db, "analyst")

    assert "MEA-2026-00001" in sign_in(officer).get(PLACE).text
    assert "MEA-2026-00001" not in sign_in(outsider).get(PLACE).text


def test_markup_in_a_report_is_shown_as_text(sign_in, reporter):
    client, attack = sign_in(reporter), "<script>alert(1)</script>{{7*7}}"
    typed = fields(title=attack, narrative=attack, allegation=attack, accuser=attack)
    client.post_form("/incidents/new", typed)
    key = typed["draft_key"]

    review = client.get(f"/incidents/drafts/{key}/review")
    client.post_form(f"/incidents/drafts/{key}/review", {"submission_key": key, "version": "1"})

    for page in (review, client.get(PLACE), client.get("/incidents"), client.get(f"{PLACE}/edit")):
        assert attack not in page.text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;{{7*7}}" in page.text
