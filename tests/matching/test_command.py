from __future__ import annotations

import json
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask

from views.cli import screening_match
from views.cli.screening import screening_cli


@pytest.fixture
def run(db, add_entry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    add_entry("GP", "Gazprom PJSC", "ПАО «Газпром»", countries=["RU"])

    @contextmanager
    def transaction():
        yield db

    monkeypatch.setattr(screening_match, "own_transaction", transaction)
    monkeypatch.chdir(tmp_path)
    app = Flask("screening")
    app.cli.add_command(screening_cli)

    def command(*words: str, content: bytes | None = None):
        if content is not None:
            Path("names.csv").write_bytes(content)
        return app.test_cli_runner().invoke(args=["screening", "match", *words])

    return command


def test_the_answer_is_one_json_document(run):
    found = run("Газпром", "--country", "ru", "--kind", "organization", "--json")

    (only,) = json.loads(found.stdout)
    assert list(only) == ["list", "entry_id", "name", "matched_name", "score", "reasons"]
    assert (only["list"], only["entry_id"], only["name"]) == ("csl", "GP", "Gazprom PJSC")
    assert only["score"] == 1
    assert "The country agrees: RU." in only["reasons"]


def test_words_without_json(run):
    assert "csl/GP Gazprom PJSC" in run("Gazprom").stdout
    assert "Nothing on the lists" in run("Orchard").stdout


def test_a_file_gives_a_line_for_each_row(run):
    found = run(
        "--input",
        "names.csv",
        "--json",
        content="\ufeffname,kind,country\nGazprom,,\nOrchard,person,CN\n".encode(),
    )

    lines = [json.loads(line) for line in found.stdout.splitlines()]
    assert [line["row"] for line in lines] == [1, 2]
    assert lines[1]["query"] == {"name": "Orchard", "kind": "person", "country": "CN"}
    assert [len(line["matches"]) for line in lines] == [1, 0]


def test_threshold_and_limit(run):
    assert json.loads(run("Gazprom Nord", "--threshold", "1", "--json").stdout) == []
    assert run("Gazprom", "--limit", "0").exit_code == 2


@pytest.mark.parametrize(
    ("words", "content", "said"),
    [
        ((), None, "NAME or --input"),
        (("Gazprom", "--input", "names.csv"), b"name\nx\n", "NAME or --input"),
        (("Gazprom", "--country", "XX"), None, "country: 'XX'"),
        (("Gazprom", "--kind", "ship"), None, "kind: 'ship'"),
        (("Gazprom", "--threshold", "nan"), None, "--threshold"),
        (("Gazprom", "--threshold", "1.5"), None, "--threshold"),
        (("  ",), None, "name: give a name"),
        (("?!",), None, "name: has neither letters nor digits"),
        (("x" * 601,), None, "name: at most 600"),
        (("--input", "absent.csv"), None, "absent.csv"),
        (("--input", "names.csv"), b"", "header: the column name"),
        (("--input", "names.csv"), b"name,city\nx,y\n", "header: city"),
        (("--input", "names.csv"), b"name,kind\nOrchard,ship\n", "row 1: kind"),
        (("--input", "names.csv"), b"name,kind\nOrchard,\n,person\n", "row 2: name"),
        (("--input", "names.csv"), b"name,country\nOrchard,China\n", "row 1: country"),
        (("--input", "names.csv"), b"name\nOrchard,too,many\n", "row 1: more fields"),
        (("--input", "names.csv"), b"name\n\xff\xfe\n", "not CSV in UTF-8"),
        (("--input", "names.csv"), b'name\n"Orch', "not CSV in UTF-8"),
    ],
)
def test_bad_input_is_named_with_exit_2_and_nothing_printed(run, words, content, said):
    found = run(*words, content=content)

    assert found.exit_code == 2
    assert said in found.stderr
    assert found.stdout == ""
