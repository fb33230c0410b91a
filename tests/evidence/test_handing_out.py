"""Exhibits go out as they came in, to those who may see the case, and each time on record."""

from __future__ import annotations

import pytest

from tests.evidence import samples
from tests.evidence.forms import blobs, custody, exhibits, release, upload
from tests.factories import make_case, make_exhibit, make_officer


def test_a_download_is_the_bytes_as_received_and_is_entered_in_the_register(
    db, client, case, fields
):
    upload(client, case, fields)
    release(db, case)

    answer = client.post_form(f"/cases/{case.reference}/evidence/1/download")

    assert answer.data == samples.CSV
    assert answer.mimetype == "application/octet-stream"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.content_length == len(samples.CSV)
    assert sorted(custody(db)) == ["downloaded", "received", "rehashed", "released"]


def test_a_download_cannot_be_had_by_a_link(client, case, fields):
    upload(client, case, fields)

    assert client.get(f"/cases/{case.reference}/evidence/1/download").status_code == 405


def test_damaged_bytes_are_not_handed_out_and_the_register_keeps_the_finding(
    db, client, case, fields, settings
):
    upload(client, case, fields)
    release(db, case)
    blob = blobs(settings)[0]
    blob.chmod(0o600)
    blob.write_bytes(blob.read_bytes()[:-1] + b"\0")

    answer = client.post_form(f"/cases/{case.reference}/evidence/1/download", follow_redirects=True)

    assert samples.CSV not in answer.data
    assert "DIFFER from" in answer.text
    assert sorted(custody(db)) == ["received", "rehashed", "released"]


@pytest.mark.parametrize(("damage", "words"), [(False, "agree with"), (True, "DIFFER from")])
def test_a_check_on_demand_says_whether_the_bytes_still_hold(
    db, client, case, fields, settings, damage, words
):
    upload(client, case, fields)
    if damage:
        blobs(settings)[0].unlink()

    answer = client.post_form(f"/cases/{case.reference}/evidence/1/check", follow_redirects=True)

    assert words in answer.text
    assert "rehashed" in custody(db)


def test_a_pointer_says_where_matter_is_held_and_has_no_bytes(db, client, case, fields):
    answer = client.post_form(
        f"/cases/{case.reference}/evidence/pointer",
        {**fields, "custodian": "Registry", "system": "Vault 3", "registry_number": "R-17"},
    )

    assert answer.status_code == 303, answer.text
    exhibit = exhibits(db)[0]
    assert (exhibit.custodian, exhibit.registry_number) == ("Registry", "R-17")
    assert (exhibit.sha256, exhibit.blob_key, exhibit.size) == (None, None, None)
    for act in ("download", "check"):
        assert client.post_form(f"/cases/{case.reference}/evidence/1/{act}").status_code == 404


@pytest.mark.parametrize("missing", ["custodian", "system", "registry_number"])
def test_a_pointer_without_its_place_is_refused(db, client, case, fields, missing):
    place = {"custodian": "Registry", "system": "Vault 3", "registry_number": "R-17", missing: ""}

    answer = client.post_form(f"/cases/{case.reference}/evidence/pointer", {**fields, **place})

    assert answer.status_code == 422
    assert exhibits(db) == []


def test_an_exhibit_of_somebody_elses_case_is_not_found(db, client):
    other = make_officer(db, "analyst")
    hidden = make_case(db, other)
    make_exhibit(db, hidden, other)
    url = f"/cases/{hidden.reference}/evidence/1"

    assert client.get(url).status_code == 404
    assert client.post_form(f"{url}/download").status_code == 404
    assert client.post_form(f"{url}/check").status_code == 404
    assert custody(db) == ["received"]


def test_a_number_of_another_case_is_not_found_in_the_own_case(db, client, case, officer):
    second = make_case(db, officer)
    make_exhibit(db, second, officer, number=7)

    assert client.get(f"/cases/{second.reference}/evidence/7").status_code == 200
    assert client.get(f"/cases/{case.reference}/evidence/7").status_code == 404


@pytest.mark.parametrize("number", ["0", "-1", str(2**31), str(2**63), "9" * 60, "one"])
def test_a_number_that_no_exhibit_can_have_is_not_found(client, case, number):
    assert client.get(f"/cases/{case.reference}/evidence/{number}").status_code == 404


def test_the_register_lists_what_the_officer_may_see_and_nothing_else(db, client, case, officer):
    other = make_officer(db, "analyst")
    make_exhibit(db, case, officer, title="Mine to see")
    make_exhibit(db, make_case(db, other), other, title="Hidden from me")

    for url in ("/evidence", "/evidence?q=see", "/evidence?q=hidden"):
        assert "Hidden from me" not in client.get(url).text
    assert "Mine to see" in client.get("/evidence").text


def test_the_register_is_read_page_by_page_without_loss_or_repetition(db, client, case, officer):
    for number in range(1, 58):
        make_exhibit(db, case, officer, number=number, title=f"Exhibit called {number:03}")

    seen, url = [], "/evidence"
    while url:
        page = client.get(url).text
        seen += [f"{n:03}" for n in range(1, 58) if f"Exhibit called {n:03}" in page]
        after = [part.split('"')[0] for part in page.split('href="')[1:] if "after=" in part[:200]]
        url = after[-1].replace("&amp;", "&") if after and len(seen) < 57 else ""

    assert sorted(seen) == [f"{n:03}" for n in range(1, 58)]


@pytest.mark.parametrize("query", ["q=%25", "q=_", "q=!", "after=rubbish", "after=|", "q=%00"])
def test_odd_queries_of_the_register_are_answered(client, query):
    assert client.get(f"/evidence?{query}").status_code in {200, 400}
