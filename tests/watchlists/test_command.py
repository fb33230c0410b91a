from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from tests.watchlists import samples
from tests.watchlists.samples import company, csl

EL = "bis-entity-list"
Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask) -> Run:
    runner = app.test_cli_runner()
    return lambda *arguments: runner.invoke(args=["screening", "import", *map(str, arguments)])


@pytest.fixture
def el(tmp_path: Path) -> Path:
    path = tmp_path / "el.csv"
    rows = [company(number) for number in range(1, 9)]
    path.write_bytes(csl(*rows) + b'"x","y"\r\n')
    return path


def test_the_answer_of_the_command(run: Run, el: Path):
    done = run(EL, el, "--json")
    assert done.exit_code == 0, done.output
    answer = json.loads(done.stdout)
    assert {name: answer[name] for name in ("list", "edition", "entries", "names")} == {
        "list": EL,
        "edition": 1,
        "entries": 8,
        "names": 8,
    }
    (reject,) = answer["rejected"]
    assert (reject["row"], reject["reason"]) == (10, "has 2 columns, not 29")
    assert "entries read" in done.stderr
    again = run(EL, el, "--json")
    assert again.exit_code == 0
    assert json.loads(again.stdout) == answer | {"repeated": True}
    assert "nothing changed" in again.stderr


def test_the_answer_in_words(run: Run, el: Path):
    done = run(EL, el, "--date", "2026-07-01")
    assert "edition 1 of 2026-07-01, 8 entries, 8 names, 1 rows set aside" in done.stdout
    assert "el.csv: row 10: has 2 columns" in done.stdout


@pytest.mark.parametrize(
    ("source", "content", "reason"),
    [
        ("csl", samples.un(samples.person("a", "B")), "list.txt: this is XML"),
        (EL, b"", "list.txt: the file is empty"),
        ("un-consolidated", samples.un()[:-9], "list.txt: row 1: not well-formed XML"),
        (EL, csl(company(1)) + b'"x"\r\n' * 3, "list.txt: row 3: has 1 columns"),
        ("unheard-of", b"x", "unheard-of"),
    ],
)
def test_bad_input_is_exit_2_with_file_and_reason(
    run: Run, tmp_path: Path, source, content, reason
):
    path = tmp_path / "list.txt"
    path.write_bytes(content)
    done = run(source, path)
    assert done.exit_code == 2
    assert reason in done.stderr
    assert "Traceback" not in done.output


@pytest.mark.parametrize("path", ["/nowhere/el.csv", "/tmp"])
def test_a_file_that_is_not_there(run: Run, path):
    done = run(EL, path)
    assert done.exit_code == 2
    assert path in done.stderr
