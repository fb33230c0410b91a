"""From exhibits to accepted rows: mapped by an officer, read by a worker, shown with its losses."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from casework.evidence.queries.exhibits import known_blobs
from models import CustodyEvent
from tests.usage_logs.desk import receive
from tests.usage_logs.small_log import csv_of, log_file, rows


def test_a_log_is_opened_mapped_and_taken_in(desk, exhibit):
    opened = desk.open()
    assert opened.status_code == 303
    assert opened.location.endswith("/logs/1/columns")

    mapped = desk.columns()
    assert mapped.status_code == 303
    assert desk.log().state == "queued"

    assert desk.work()

    log = desk.log()
    expected = len(rows())
    assert (log.state, log.rows, log.accepted, log.rejected) == ("ready", expected + 3, expected, 3)
    assert log.reasons == {"E03": 3}
    assert log.mapping["columns"]["ts"] == "timestamp"
    assert log.mapping["columns"]["capability"] == "task"
    assert [part["rows"] for part in log.canonical] == [expected]


def test_the_page_of_a_log_says_what_was_set_aside_and_what_it_is_read_without(done):
    page = done.page("1")

    assert "3 set aside" in page
    assert "E03 is not a time" in page
    assert "yesterday 0" in page
    assert "Without prompt_simhash paraphrased prompts cannot be seen." in page
    assert "replaced by keyed hashes" in page


def test_the_columns_page_suggests_by_name_and_alias_and_shows_examples(desk):
    desk.open()

    page = desk.client.get(f"{desk.base}/1/columns").text

    assert '<option selected value="timestamp">timestamp</option>' in page
    assert '<option selected value="task">task</option>' in page
    assert "<code>relay-00</code>" in page or "<code>user-" in page
    assert "Needed for a factor. Without it accounts cannot be linked by address" in page


def test_a_required_column_must_be_chosen_before_taking_in_but_not_before_keeping(desk):
    desk.open()

    refused = desk.columns(column_ts="")
    kept = desk.columns(column_ts="", keep="1")

    assert refused.status_code == 422
    assert "Choose the column: without it nothing can be put in the order of time." in refused.text
    assert kept.status_code == 303
    assert desk.log().state == "mapping"
    assert "ts" not in desk.log().mapping["columns"]


def test_one_column_of_theirs_is_not_read_as_two_of_ours(desk):
    desk.open()

    answer = desk.columns(column_user_agent="country")

    assert answer.status_code == 422
    assert "country is chosen for country already." in answer.text


def test_a_mapping_made_on_an_old_page_is_refused(desk):
    desk.open()
    desk.columns(keep="1")

    late = desk.columns(keep="1", expected="1")

    assert late.status_code == 409
    assert "Somebody else mapped this log in the meantime." in late.text


WRONG = [
    ({"exhibits": []}, "Choose at least one exhibit."),
    ({"exhibits": "2"}, "not a valid choice"),
    ({"title": ""}, "Say which log this is."),
    ({"sampling": ""}, "Say whether these are all rows"),
    ({"zone": "Paris"}, "Write the zone as Europe/Paris"),
    (
        {"window_from": "2026-05-09", "window_to": "2026-05-08"},
        "The last day lies before the first.",
    ),
    ({"window_from": "2026-02-30"}, "Enter a day that exists"),
]


@pytest.mark.parametrize(("changes", "words"), WRONG)
def test_what_is_wrong_with_a_log_is_told_beside_its_field(desk, changes, words):
    answer = desk.open(**changes)

    assert answer.status_code == 422
    assert words in answer.text
    assert desk.log() is None


def test_the_page_of_an_exhibit_leads_to_a_log_of_it(desk):
    page = desk.client.get(f"/cases/{desk.case.reference}/evidence/1").text

    assert f'href="{desk.base}/new?exhibit=1">Take in as usage log' in page
    begun = desk.client.get(f"{desk.base}/new?exhibit=1").text
    assert "checked" in begun.split('value="1"')[0].rsplit("<input", 1)[1]


def test_a_pdf_is_not_offered_as_a_log(app, db, desk, case, analyst):
    receive(app, db, case, analyst, b"plain words", "letter.txt")
    db.commit()

    page = desk.client.get(f"{desk.base}/new").text

    assert "Exhibit 1: Log (usage.csv)" in page
    assert "letter.txt" not in page


def test_rows_outside_the_window_are_set_aside(desk):
    log = desk.take_in(window_from="2026-05-05", window_to="2026-05-06")

    assert log.reasons["E04"] > 100
    assert log.window_to.isoformat() == "2026-05-07T00:00:00+00:00"


def test_the_key_of_the_programme_makes_tokens_that_no_row_of_the_database_tells(
    desk, app, settings
):
    log = desk.take_in()

    key = next((settings.data_dir / "keys").glob("programme-*.key"))
    assert key.stat().st_mode & 0o777 == 0o600
    stored = b"".join(app.extensions["blobs"].read(log.canonical[0]["key"], f"case:{desk.case.id}"))
    assert b"relay-00" not in stored


def test_reading_the_raw_file_and_each_act_have_their_entries(db, desk, exhibit):
    desk.take_in()
    desk.post("1/rejected")

    event = db.scalars(sa.select(CustodyEvent).where(CustodyEvent.kind == "viewed")).one()
    assert (event.exhibit_id, event.by_id) == (exhibit.id, None)
    assert event.note == "read for usage log 1"
    assert event.sha256 == exhibit.sha256
    acts = [act for act in desk.acts() if act.startswith("usage_log.")]
    assert acts == [
        "usage_log.open",
        "usage_log.map",
        "usage_log.ask",
        "usage_log.read",
        "usage_log.take_in",
        "usage_log.download_rejected",
    ]


def test_the_rows_set_aside_are_handed_out_as_a_file(done):
    answer = done.post("1/rejected")

    assert answer.status_code == 200
    assert "rejected.csv" in answer.headers["Content-Disposition"]
    lines = answer.text.splitlines()
    assert lines[0] == "file,row,reasons,text"
    assert len(lines) == 4
    assert "E03 ts: is not a time" in lines[1]


def test_what_is_kept_of_a_log_is_not_swept(db, done):
    log = done.log()

    assert {log.canonical[0]["key"], log.rejected_key} <= known_blobs(db)


def test_a_log_that_no_row_of_can_be_used_says_so_and_is_not_analysed(app, db, desk, case, analyst):
    broken = csv_of([{**row, "timestamp": "once"} for row in rows()[:5]])
    receive(app, db, case, analyst, broken, "broken.csv")
    db.commit()

    log = desk.take_in(exhibits="2")

    assert (log.state, log.accepted) == ("ready", 0)
    assert "No row was accepted" in desk.page("1")
    assert desk.analyse().status_code == 409


def test_a_file_without_a_needed_column_fails_with_the_reason_and_may_be_tried_again(
    app, db, desk, case, analyst
):
    cut = [{k: v for k, v in row.items() if k != "model"} for row in rows()[:5]]
    text = csv_of([{**row, "model": ""} for row in cut]).replace(b",model,", b",modl,")
    receive(app, db, case, analyst, text, "cut.csv")
    db.commit()
    desk.open(exhibits="2")
    desk.columns(column_model="modl")
    desk.log().mapping = {**desk.log().mapping, "columns": {"ts": "timestamp"}}
    db.commit()

    assert not desk.work()

    log = desk.log()
    assert log.state == "failed"
    assert "cut.csv has no column for" in log.failure
    assert "cut.csv has no column for" in desk.page("1")
    assert desk.post("1/intake").status_code == 303
    assert desk.log().state == "queued"


def test_two_exhibits_are_read_as_one_log(app, db, desk, case, analyst):
    receive(app, db, case, analyst, log_file(damaged=1), "second.csv")
    db.commit()

    log = desk.take_in(exhibits=["1", "2"])

    assert log.rows == 2 * len(rows()) + 4
    assert [row.exhibit.number for row in log.files] == [1, 2]
