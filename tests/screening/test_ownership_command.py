from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask import Flask

from views.cli.screening import screening_cli

GRAPH = {
    "rule": "OFAC50",
    "as_of": None,
    "listed": {"X": ["SDN"]},
    "edges": [
        {"owner": "X", "owned": "果园计算", "pct": "50"},
        {"owner": "果园计算", "owned": "B", "pct": None, "min": "25", "max": "50"},
    ],
}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    app = Flask("screening")
    app.cli.add_command(screening_cli)

    def command(content: str | bytes, *words: str):
        Path("graph.json").write_bytes(content if isinstance(content, bytes) else content.encode())
        return app.test_cli_runner().invoke(args=["screening", "ownership", "graph.json", *words])

    return command


def test_the_answer_is_one_json_document(run):
    found = run(json.dumps(GRAPH), "--json")

    assert found.exit_code == 0
    assert json.loads(found.stdout) == {
        "results": {
            "B": {
                "answer": "unresolved",
                "aggregate_min": "25",
                "aggregate_max": "50",
                "via": [["X", "果园计算"], ["果园计算", "B"]],
                "flags": ["unknown_share"],
                "economic_interest": None,
                "ultimate_parent": None,
            },
            "果园计算": {
                "answer": "caught",
                "aggregate_min": "50",
                "aggregate_max": "50",
                "via": [["X", "果园计算"]],
                "flags": [],
                "economic_interest": "50",
                "ultimate_parent": None,
            },
        },
        "problems": [],
    }


def test_in_words_each_entity_has_a_line(run):
    found = run(json.dumps(GRAPH | {"listed": {"X": ["SDN"], "Y": ["UVL"]}}))

    assert "果园计算: caught, 50 percent in the aggregate" in found.stdout
    assert "B: unresolved, 25 to 50 percent in the aggregate [unknown_share]" in found.stdout
    assert found.stderr == "Y: UVL does not count under OFAC50.\n"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{", "not JSON"),
        (b"\xff\xfe{}", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ('{"rule": "OFAC50", "rule": "OFAC50"}', "rule: stands twice"),
        (json.dumps(GRAPH | {"rule": "\x1b[31mred"}), "rule: unknown rule"),
        (
            json.dumps(GRAPH | {"edges": [{"owner": "X", "owned": "A", "pct": "half"}]}),
            "edges[0].pct",
        ),
    ],
)
def test_bad_input_is_one_line_that_names_the_field(run, content, told):
    found = run(content, "--json")

    assert found.exit_code == 2
    assert found.stdout == ""
    assert told in found.stderr
    assert found.stderr.count("\n") == 1
    assert "\x1b" not in found.stderr


def test_a_missing_file_is_told(run, tmp_path):
    app = Flask("screening")
    app.cli.add_command(screening_cli)
    found = app.test_cli_runner().invoke(args=["screening", "ownership", "none.json"])

    assert found.exit_code == 2
    assert "none.json" in found.stderr
