"""From form to record in a browser, and everything that may go wrong on the way."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from models import AuditEntry, Draft, Finding, Incident
from tests.incidents.answers import count, fields, send, submit


def test_a_report_goes_from_form_to_review_to_record(db, sign_in, reporter):
    client, typed = sign_in(reporter), fields()

    kept = client.post_form("/incidents/new", typed)
    review = client.get(kept.location)
    answer = send(client, typed["draft_key"])
    page = client.get(answer.location)

    assert kept.status_code == answer.status_code == 303
    assert "over 16,000,000" in review.text
    assert answer.location == "/incidents/INC-2026-00001"
    assert "No response found as of" in page.text
    assert (count(db, Draft), count(db, Finding)) == (0, 0)


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("alleged_on", "2026-02-31", "Enter a day that exists"),
        ("alleged_on", "2999-01-01", "This day lies in the future"),
        ("window_end", "2026-02-01", "comes before the first day, 1 Mar 2026"),
        ("exchanges", "-5", "a volume cannot be negative"),
        ("exchanges", "many", "Enter a whole number in digits"),
        ("exchanges", "9" * 19, "Enter at most"),
        ("exchanges_qualifier", "", "Say whether the number is over, about or exactly this"),
        ("narrative", "x" * 20_001, "Use at most 20,000 characters; this has 20,001."),
        ("owner_name", "名" * 501, "Use at most 500 characters; this has 501."),
        ("allegation", "a\x00b", "U+0000"),
        ("allegation", "safe \u202egnp.exe", "RIGHT-TO-LEFT OVERRIDE) at position 6"),
        ("title", "", "Enter a title of a few words."),
        ("title", " \u3000 ", "Enter a title of a few words."),
        ("claim_status", "determined", "Not a valid choice"),
        ("response_on", "", "last looked for"),
        ("sources-0-title", "", "Enter at least one source"),
        ("sources-0-url", "javascript:alert(1)", "A web address begins with"),
    ],
)
def test_bad_input_is_told_beside_its_field_and_stores_nothing(
    db, sign_in, reporter, field, typed, sentence
):
    given = fields(**{field: typed})

    answer = sign_in(reporter).post_form("/incidents/new", given)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Not saved: check these answers" in answer.text
    assert (count(db, Draft), count(db, Incident)) == (0, 0)


def test_what_was_typed_stays_in_a_form_that_is_refused(sign_in, reporter):
    given = fields(title="", narrative="Typed <b>at length</b>.", exchanges="many")

    answer = sign_in(reporter).post_form("/incidents/new", given)

    assert "Typed &lt;b&gt;at length&lt;/b&gt;." in answer.text
    assert 'value="many"' in answer.text


@pytest.mark.parametrize("name", ["名" * 500, "Компания " * 55, "مثال"])
def test_a_name_of_up_to_500_characters_in_any_script_is_taken(db, sign_in, reporter, name):
    answer = submit(sign_in(reporter), fields(owner_name=name))

    assert answer.status_code == 303
    assert db.scalars(sa.select(Incident)).one().owner_name == name.strip()


def test_ten_megabytes_are_refused_whole(db, sign_in, reporter):
    answer = sign_in(reporter).post_form("/incidents/new", fields(narrative="x" * 10_000_000))

    assert answer.status_code == 413
    assert count(db, Draft) == 0


def test_reading_what_an_owner_holds_in_confidence_is_logged(db, sign_in, reporter, officer):
    submit(sign_in(reporter), fields())

    sign_in(reporter).get("/incidents/INC-2026-00001")
    sign_in(officer).get("/incidents/INC-2026-00001")

    reads = db.scalars(sa.select(AuditEntry).where(AuditEntry.action == "incident.read")).all()
    assert [read.actor_id for read in reads] == [officer.id]
