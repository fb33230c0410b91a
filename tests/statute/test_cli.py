from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from casework.statute.loader import load_pack
from views.cli.statute import statute_cli

TEXT = "hr8283_ih_2026_04_15"
ENACTED = "paipa_pl117_336"
THEFT = ["TS1", "TS2", "TH1", "TH2", "TH3", "TH4", "FO1", "FO2", "EN1", "EN3"]
CONCLUSIONS = [row.id for row in load_pack(TEXT).reported]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DOCKET_ENACTED", raising=False)
    app = Flask("statute")
    app.cli.add_command(statute_cli)

    def command(*words: str, **files: bytes) -> Result:
        for name, content in files.items():
            Path(name.replace("_", ".")).write_bytes(content)
        return app.test_cli_runner().invoke(args=["statute", *words])

    return command


def one_line(result: Result) -> str:
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    return result.stderr


def test_list_gives_the_status_of_each_text(run):
    rows = {row["text_version"]: row for row in json.loads(run("list", "--json").stdout)}

    assert rows.keys() == {TEXT, ENACTED}
    assert rows[TEXT]["status"] == "introduced"
    assert rows[TEXT]["elements"] == len(load_pack(TEXT).elements)
    assert rows[ENACTED]["enacted"] == "2023-01-05"
    told = run("list").stdout.splitlines()
    assert ["not law" in line for line in told] == [True, False]


def test_check_says_that_the_texts_hold_together(run):
    assert json.loads(run("check", "--json").stdout) == {"ok": True, "problems": []}
    assert "holds together" in run("check", TEXT).stdout
    assert "no such text" in one_line(run("check", "../x"))


def test_evaluate_answers_with_nine_conclusions_and_their_grounds(run):
    result = run("evaluate", "a.json", "--json", a_json=b'{"answers":{"OW1":"n/a"}}')

    answer = json.loads(result.stdout)
    assert [*answer] == [*CONCLUSIONS, "because"]
    assert answer["because"]["owner"] == [
        {"element": "OW1", "citation": "3(13)(A)", "answer": "n/a"}
    ]
    assert "owner: not_met" in run("evaluate", "a.json").stdout


def test_evaluate_keeps_the_order_of_lines(run):
    lines = b'{"answers":{"OW1":"not_met"}}\n{"answers":{}}\n'

    result = run("evaluate", "a.jsonl", "--json", a_jsonl=lines)

    owners = [json.loads(line)["owner"] for line in result.stdout.splitlines()]
    assert owners == ["not_met", "insufficient"]


def test_a_bad_third_line_is_named_with_file_row_and_field(run):
    lines = b'{"answers":{}}\n' * 2 + b'{"answers":{"OW1":"yes"}}\n'

    result = run("evaluate", "a.jsonl", "--json", a_jsonl=lines)

    assert result.exit_code == 2
    assert result.stderr == "Error: a.jsonl, row 3, field answers.OW1: 'yes' is no answer\n"


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"", "empty"),
        (b"\0", "not JSON"),
        (b"[" * 100_000, "nested"),
        (b'{"answers":{"EC3":"met"}}', "answers.EC3"),
        (b'{"answers":{"X\\u001b\\n":"met"}}', "answers.X??"),
        (b'{"answers":{},"text_version":"rh"}', "text_version"),
        (b'{"answers":{"\\ud800":"met"}}', "answers.?"),
        (b'{"answers":{},"dates":{"last_attack":"2026-13-01"}}', "dates.last_attack"),
    ],
)
def test_bad_answers_are_refused_in_one_line(run, content, named):
    assert named in one_line(run("evaluate", "a.json", "--json", a_json=content))


@pytest.mark.parametrize("name", ["nothing.json", ".", "x\ny", "n" * 300])
def test_a_file_that_cannot_be_opened_is_refused_in_one_line(run, name):
    one_line(run("evaluate", name, "--json"))
    one_line(run("attach-text", name, "--json"))


def test_clocks_run_from_enactment(run):
    rows = json.loads(run("clocks", "--enacted", "2027-01-04", "--json").stdout)

    first = next(row for row in rows if row["id"] == "K1")
    assert (first["due"], first["act_by"]) == ("2027-07-03", "2027-07-02")
    assert not first["planning"]
    assert "2027-07-03 (act by 2027-07-02)" in run("clocks", "--enacted", "2027-01-04").stdout


def test_without_enactment_every_clock_is_planning(run):
    rows = json.loads(run("clocks", "--json").stdout)

    assert {row["id"] for row in rows} == {f"K{number}" for number in range(1, 13)}
    assert all(row["due"] is None and row["planning"] for row in rows)
    assert "waits for enactment" in run("clocks").stdout


def test_clocks_of_an_enacted_text_run_without_being_told_the_day(run):
    rows = json.loads(run("clocks", "--text", ENACTED, "--json").stdout)

    assert rows[0]["due"] == "2023-07-04"
    assert not any(row["planning"] for row in rows)
    assert "no such text" in one_line(run("clocks", "--text", "nothing"))


def test_the_clocks_of_a_single_case_are_shown_when_asked_for(run):
    rows = json.loads(run("clocks", "--all", "--json").stdout)

    assert {"P1", "P2", "P3", "P4", "P5"} < {row["id"] for row in rows}


def test_evaluate_applies_the_text_that_is_named(run):
    asked = {"text_version": ENACTED, "answers": dict.fromkeys(THEFT, "met")}

    answer = json.loads(
        run("evaluate", "a.json", "--json", a_json=json.dumps(asked).encode()).stdout
    )

    assert (answer["thief"], answer["entity_sanctions"]) == ("met", "met")
    assert answer["individual_sanctions"] == "not_met"


def test_compare_tells_every_row_once(run):
    answer = json.loads(run("compare", TEXT, ENACTED, "--json").stdout)

    assert (answer["from"], answer["to"]) == (TEXT, ENACTED)
    ids = [(row["part"], row["from_id"], row["to_id"]) for row in answer["differences"]]
    assert len(ids) == len(set(ids))
    assert ("element", "OW1", None) in ids
    assert "element TS1: added" in run("compare", TEXT, ENACTED).stdout
    assert "no such text" in one_line(run("compare", TEXT, "nothing", "--json"))


@pytest.mark.parametrize("day", ["soon", "2027-02-29", "9999-12-31", ""])
def test_an_impossible_enactment_is_refused(run, day):
    assert "--enacted" in one_line(run("clocks", "--enacted", day, "--json"))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html/>",
        b"<bill><legis-body><section><enum>1.</enum></section></legis-body></bill>",
    ],
)
def test_what_is_not_this_bill_is_not_attached(run, content):
    assert "'b.xml'" in one_line(run("attach-text", "b.xml", "--json", b_xml=content))


def test_a_text_that_lacks_places_is_not_stored(run):
    content = (
        b'<bill bill-stage="Introduced-in-House"><form><congress>119th CONGRESS</congress>'
        b"<legis-num>H. R. 8283</legis-num></form><legis-body>"
        b"<section><enum>1.</enum></section></legis-body></bill>"
    )

    result = run("attach-text", "b.xml", "--json", b_xml=content)

    assert result.exit_code == 1
    assert "3(11)" in json.loads(result.stdout)["unmatched"]
    assert "Nothing was stored" in result.stderr
