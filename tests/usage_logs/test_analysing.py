"""An analysis is a job whose result is an exhibit; it offers facts and sets no answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import sqlalchemy as sa

from models import Exhibit, Finding
from tests.usage_logs.computed import Computed, keep_run
from tests.usage_logs.desk import Desk


@pytest.fixture
def worked(desk: Desk) -> Desk:
    """A log taken in and analysed by the worker's own jobs."""
    desk.take_in()
    assert desk.analyse().status_code == 303
    assert desk.work(), desk.job().failure
    return desk


def exhibits(desk: Desk) -> list[Exhibit]:
    return list(desk.db.scalars(sa.select(Exhibit).order_by(Exhibit.number)))


def test_the_result_is_an_exhibit_with_hashes_and_versions(worked, app):
    run, (_raw, report, ties) = worked.run(), exhibits(worked)

    assert (run.state, run.exhibit_id) == ("done", report.id)
    assert report.title == "Analysis 1 of usage log 1"
    assert (report.bearing, report.media_type) == ("neutral", "application/json")
    assert ties.title == "Ties of the accounts in analysis 1 of usage log 1"
    assert set(run.hashes) == {"tables", "members", "factors"}
    assert "duckdb" in run.versions
    stored = app.extensions["blobs"].read(report.blob_key, f"case:{worked.case.id}")
    document = json.loads(b"".join(stored))
    assert document["input_sha256"] == run.input_sha256 == worked.log().canonical_sha256
    assert document["rows"] == worked.log().accepted


def test_accounts_that_act_as_one_are_found_and_come_first(done):
    first = done.run().summary["clusters"][0]

    assert (first["cluster_id"], first["accounts"]) == ("C1", 24)
    assert first["states"]["i"] == "shown"
    assert set(first["states"].values()) <= {"shown", "not_shown", "cannot_be_computed"}


def test_no_answer_is_set_by_an_analysis(done):
    assert done.db.scalars(sa.select(Finding)).all() == []


def test_the_first_page_says_what_it_is_and_is_not(done):
    page = done.page("1/analyses/1")

    assert "It decides nothing, sets no answer and shows no score" in page
    assert "What this analysis cannot see" in page
    assert "The order is one of work, not of blame." in page
    for word in ("guilt", "suspicio", "verdict", "culprit"):
        assert word not in page.lower()


def test_the_page_of_a_cluster_has_measures_innocent_explanations_and_whence_it_comes(done):
    page = done.page("1/analyses/1/C1")

    assert "Innocent explanations" in page
    for factor in ("(i) Shape", "(ii) Focus", "(iii) Coordinated", "(iv) Timeline"):
        assert factor in page
    assert "Where the figures come from" in page
    assert "Release notes of the owner" in page
    assert "Cite in the finding on PU1a" in page


def test_why_each_account_is_in_is_listed_page_by_page(done):
    first = done.page("1/analyses/1/C1/ties")
    second = done.client.get(f"{done.base}/1/analyses/1/C1/ties?from=50")

    assert "from 1 to 50" in first
    assert second.status_code == 200
    assert "from 51 to 100" in second.text
    assert "No ties here" in done.client.get(f"{done.base}/1/analyses/1/C1/ties?from=999999").text


@pytest.mark.parametrize("path", ["1/analyses/1/C99", "1/analyses/1/C99/ties", "1/analyses/9", "9"])
def test_what_is_not_there_is_not_found(done, path):
    assert done.client.get(f"{done.base}/{path}").status_code == 404


def test_a_repeat_agrees_and_leaves_the_first_as_it_was(worked):
    hashes = worked.run().hashes

    worked.post("1/analyses/1/repeat")
    worked.work()

    again = worked.run()
    assert (again.number, again.agrees, again.hashes) == (2, True, hashes)
    assert "It agrees with analysis 1" in worked.page("1/analyses/2")
    assert [row.number for row in exhibits(worked)] == [1, 2, 3, 4, 5]
    acts = [act for act in worked.acts() if act.startswith("analysis.")]
    assert acts == ["analysis.ask", "analysis.done"] * 2


def test_a_repeat_that_differs_says_so(done, computed, tmp_path):
    other = json.loads(Path(computed.made["report"]).read_text())
    other["hashes"]["members"] = "0" * 64
    (tmp_path / "report.json").write_text(json.dumps(other))
    changed = Computed(computed.taken, {**computed.made, "report": str(tmp_path / "report.json")})

    again = keep_run(done, changed, done.log(), repeats_id=done.run().id)

    assert again.agrees is False
    assert "It DIFFERS from analysis 1" in done.page("1/analyses/2")


def test_a_fact_is_cited_in_a_finding_with_its_place(done, subject):
    url = f"/cases/{done.case.reference}/findings/PU1c?subject={subject.id}"
    page = done.client.get(url).text
    assert "Offered by analysis" in page
    assert "It answers nothing by itself; a person does." in page

    begun = done.client.get(f"{url}&cite=2&pinpoint=Cluster+C1,+factor+(iii)").text

    assert 'value="Cluster C1, factor (iii)"' in begun
    assert '<option selected value="2">' in begun
    assert "checked" not in begun.split('name="answer"')[1].split("</fieldset>")[0]


def test_an_element_that_asks_for_something_else_is_offered_nothing(done, subject):
    url = f"/cases/{done.case.reference}/findings/PR1?subject={subject.id}"

    assert "Offered by analysis" not in done.client.get(url).text


WRONG = [
    ({"events-0-at": "9 May"}, "Write day and time in UTC as 2026-05-09 14:00."),
    ({"events-0-source": ""}, "Name the source"),
    ({"events-0-model": ""}, "Name the model, as the log writes it."),
    ({"events-1-until": "2026-06-01 00:00"}, "The end lies before the beginning."),
    ({"events-0-until": "2026-06-01 00:00"}, "A release is one moment."),
    ({"prompts": "Write a poem about the sea"}, "Line 1 is not a hash"),
    ({"ties-least_share": "much"}, "Not a valid float value."),
    ({"ties-least_share": "-1"}, "Write 0 or more."),
]


@pytest.mark.parametrize(("changes", "words"), WRONG)
def test_what_is_wrong_with_an_order_is_told_beside_its_field(desk, changes, words):
    desk.open()

    answer = desk.analyse(**changes)

    assert answer.status_code == 422
    assert words in answer.text
    assert desk.run() is None


def test_changed_constants_and_public_prompts_stand_in_the_order(done):
    done.analyse(**{"members-smallest": "10", "prompts": "aabbccdd\n\n11223344\naabbccdd"})

    run = done.run()
    assert run.parameters["set"].endswith(", changed")
    assert run.parameters["members"]["smallest"] == 10
    assert run.public_prompts == ["11223344", "aabbccdd"]


def test_a_log_that_is_not_taken_in_is_not_analysed(desk):
    desk.open()

    answer = desk.analyse()

    assert answer.status_code == 409
    assert "The log is not taken in yet." in answer.text
