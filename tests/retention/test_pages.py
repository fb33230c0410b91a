from __future__ import annotations

import os
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from casework.access import Role
from models import DispositionDecision, Exhibit, LegalHold, ListProposal
from tests.factories import make_case, make_officer
from tests.petitions.measuresfile import start as measures
from tests.retention.closedfile import close, start
from views.jobs import sweep_blobs

TITLE = "Bücher 卷宗 Дело"


@pytest.fixture
def file(db, app):
    return start(db, app.extensions["blobs"])


def place(file, *parts):
    return "/".join([f"/cases/{file.case.reference}/retention", *map(str, parts)])


def count(file, table):
    return file.db.scalar(sa.select(sa.func.count()).select_from(table))


def test_a_hold_is_placed_shown_and_released_by_another(file, sign_in):
    client = sign_in(file.records)
    sent = {"authority": "D.D.C. 26-cv-17", "reason": "Litigation"}
    assert client.post_form(place(file, "holds", "new"), sent).status_code == 303
    row = file.db.scalars(sa.select(LegalHold)).one()
    address = place(file, "holds", row.id, "release")

    assert "A legal hold stands" in client.get(place(file)).text
    assert "A legal hold stands" in client.get(f"/cases/{file.case.reference}").text
    own = client.post_form(address, {"reason": "I changed my mind"})
    assert own.status_code == 409
    assert "I changed my mind" in own.text

    client = sign_in(file.second)
    assert client.post_form(address, {"reason": " "}).status_code == 422
    assert client.post_form(address, {"reason": "Dismissed"}).status_code == 303
    assert "A legal hold stands" not in client.get(place(file)).text


@pytest.mark.parametrize("missing", ["authority", "reason"])
def test_a_hold_without_its_words_is_told_and_keeps_the_rest(file, sign_in, missing):
    sent = {"authority": "Court of 北京", "reason": "Because of суд", missing: ""}

    page = sign_in(file.records).post_form(place(file, "holds", "new"), sent)

    assert page.status_code == 422
    assert ("Court of 北京" in page.text) == (missing != "authority")
    assert count(file, LegalHold) == 0


def proposed(file, sign_in):
    answer = sign_in(file.records).post_form(
        place(file, "dispositions", "new"), {"item": "case_file", "reason": "The period is over."}
    )
    assert answer.status_code == 303, answer.text
    return answer.location


def decision(file, sign_in, address, **changes):
    client = sign_in(file.second)
    shown = client.get(address).text.split('name="content_sha256"')[1].split('value="')[1]
    sent = {
        "content_sha256": shown.split('"')[0],
        "verdict": "approve",
        "reasons": "Agreed.",
        **changes,
    }
    return client.post_form(f"{address}/decision", sent)


def test_two_persons_destroy_the_files_and_the_pages_say_so(file, sign_in):
    address = proposed(file, sign_in)
    assert "You proposed this" in sign_in(file.records).get(address).text

    answer = decision(file, sign_in, address)

    assert answer.status_code == 303, answer.text
    assert list(file.store.keys()) == []
    client = sign_in(file.second)
    evidence = f"/cases/{file.case.reference}/evidence/1"
    assert "The file is no longer kept" in client.get(evidence).text
    assert "Download" not in client.get(evidence).text
    assert "destroyed" in client.get(f"/cases/{file.case.reference}/evidence").text
    for act in ("download", "check"):
        gone = client.post_form(f"{evidence}/{act}")
        assert gone.status_code == 410
        assert "was destroyed under" in gone.text
    assert "Destroyed: " in client.get(place(file)).text


def test_a_stale_list_is_told_and_the_reasons_are_kept(file, sign_in):
    address = proposed(file, sign_in)

    page = decision(file, sign_in, address, content_sha256="0" * 64, reasons="My own words")

    assert page.status_code == 409
    assert "My own words" in page.text
    assert list(file.store.keys()) != []


@pytest.mark.parametrize("sent", [{"verdict": ""}, {"verdict": "burn"}, {"reasons": "\n"}])
def test_a_decision_without_its_parts_is_told(file, sign_in, sent):
    page = decision(file, sign_in, proposed(file, sign_in), **sent)

    assert page.status_code == 422
    assert count(file, DispositionDecision) == 0


@pytest.mark.parametrize("sent", [{"item": "", "reason": "x"}, {"item": "case_file", "reason": ""}])
def test_a_proposal_without_its_parts_is_told(file, sign_in, sent):
    page = sign_in(file.records).post_form(place(file, "dispositions", "new"), sent)

    assert page.status_code == 422


def test_what_stands_against_it_is_told_with_its_authority(file, sign_in):
    file.hold()

    page = sign_in(file.records).get(place(file)).text

    assert "A legal hold stands. Nothing is disposed of" in page
    assert "authority--policy" in page
    assert "Propose to destroy files" not in page


def test_when_the_removal_fails_the_sweep_finishes_it(file, sign_in, app, monkeypatch):
    address = proposed(file, sign_in)

    def full(*arguments):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("casework.evidence.store.BlobStore.remove", full)
    decision(file, sign_in, address)
    [key] = file.store.keys()
    path = next(app.extensions["settings"].data_dir.glob(f"blobs/*/{key}"))

    os.utime(path, (0, 0))

    with app.app_context():
        assert sweep_blobs() == 1
    assert list(file.store.keys()) == []
    assert file.db.scalars(sa.select(Exhibit)).one().disposed_at is not None


def test_the_overview_shows_what_is_due_and_only_in_visible_cases(file, sign_in, db):
    file.hold()
    hidden = make_case(db, make_officer(db, Role.CASE_OFFICER), title="Hidden from me")
    close(file, datetime(2010, 1, 1, tzinfo=UTC), hidden)
    ready = make_case(db, file.lead, title=TITLE, stage="S14", members=[file.second])

    page = sign_in(file.second).get("/retention").text

    assert file.case.reference in page
    assert "D.D.C. 26-cv-17" in page
    assert TITLE in page
    assert ready.reference in page
    assert "Hidden from me" not in page


def test_an_open_matter_keeps_a_case_from_being_called_ready(sign_in, db):
    file = measures(db, stage="S14")
    publication = file.publish()
    client = sign_in(file.decider)

    assert "look ready to archive" not in client.get("/retention").text
    assert "Public entries that end" not in client.get("/retention").text
    assert db.scalars(sa.select(ListProposal)).one().id == publication.proposal_id


@pytest.mark.parametrize(("published", "shown"), [("2021-12-01", True), ("2024-01-01", False)])
def test_entries_near_their_last_day_are_shown(sign_in, db, published, shown):
    file = measures(db, stage="S14")
    file.publish(published_on=datetime.fromisoformat(published).date())

    page = sign_in(file.decider).get("/retention").text

    assert ("Public entries that end within half a year" in page) == shown


def test_the_overview_costs_the_same_for_many_cases(file, sign_in, db, connection):
    client = sign_in(file.second)

    def cost():
        statements = []

        def note(*row):
            statements.append(row[2])

        db.commit()
        sa.event.listen(connection, "before_cursor_execute", note)
        assert client.get("/retention").status_code == 200
        sa.event.remove(connection, "before_cursor_execute", note)
        return len(statements)

    few = cost()
    for _ in range(4):
        more = make_case(db, file.lead, members=[file.second])
        close(file, datetime(2010, 1, 1, tzinfo=UTC), more)
        file.receive(b"account,prompts\n9,9\n", more)

    assert cost() == few
