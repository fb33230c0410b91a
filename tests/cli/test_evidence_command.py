from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy.orm import sessionmaker

from tests.analysis_run.logs import MARKERS, Row, rows_of_log, write_as_received
from tests.conftest import open_app, plain_settings

HEADER = [
    "ts", "account_id", "model", "input_tokens", "output_tokens", "ip", "payment_fp",
    "template_hash", "capability",
]  # fmt: skip


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return rows_of_log(accounts=30, campaign=20)


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    """An application whose database is nowhere: the command opens none."""
    return open_app(plain_settings(tmp_path), sessionmaker())


def analyze(app: Flask, *words: object) -> Result:
    return app.test_cli_runner().invoke(args=["evidence", "analyze", *map(str, words)])


def write_csv(rows: list[Row], path: Path) -> Path:
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, HEADER, extrasaction="ignore")
        writer.writeheader()
        writer.writerows({**row, "ts": row["ts"].isoformat()} for row in rows)
    return path


def write_jsonl(rows: list[Row], path: Path) -> Path:
    kept = [{**{name: row[name] for name in HEADER}, "ts": row["ts"].isoformat()} for row in rows]
    path.write_text("".join(json.dumps(row) + "\n" for row in kept))
    return path


WRITERS = {"parquet": write_as_received, "csv": write_csv, "jsonl": write_jsonl}


@pytest.mark.parametrize("kind", WRITERS)
def test_a_log_of_any_kind_gives_a_report_and_its_files(
    kind: str, app: Flask, rows: list[Row], tmp_path: Path
) -> None:
    log = WRITERS[kind](rows, tmp_path / "log")
    markers = tmp_path / "markers.json"
    markers.write_text(json.dumps(MARKERS))
    out = tmp_path / "out"

    done = analyze(app, log, "--markers", markers, "--out", out, "--json")

    assert (done.exit_code, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert (told["rows"], told["rejected"], told["accounts"]) == (len(rows), 0, 30)
    assert told["engine"].startswith("duckdb ")
    assert len(told["input_sha256"]) == 64
    assert told["clusters"][0]["accounts"] >= 20
    assert set(told["clusters"][0]["factors"]) == {"i", "ii", "iii", "iv"}
    report = json.loads((out / "report.json").read_text())
    assert report["clusters"][0]["factors"] == told["clusters"][0]["factors"]
    assert (out / "accounts.csv").read_text().startswith("account_id,cluster_id,ties\n")
    assert (out / "rejected.csv").read_text().count("\n") == 1
    assert {"report.json", "accounts.csv", "rejected.csv"} <= {p.name for p in out.iterdir()}


def test_without_json_it_says_a_few_plain_lines(
    app: Flask, rows: list[Row], tmp_path: Path
) -> None:
    done = analyze(app, write_csv(rows, tmp_path / "log"), "--out", tmp_path / "out")

    assert done.exit_code == 0
    assert done.stdout.startswith(f"{len(rows):,} rows, 0 of them set aside; 30 accounts; ")
    assert "decides nothing" in done.stdout


def test_columns_that_are_called_otherwise_are_named(
    app: Flask, rows: list[Row], tmp_path: Path
) -> None:
    log = write_csv(rows, tmp_path / "log")
    log.write_text(log.read_text().replace("account_id", "wer", 1))

    refused = analyze(app, log, "--out", tmp_path / "out")
    done = analyze(app, log, "--map", "account_id=wer", "--out", tmp_path / "out", "--json")

    assert refused.exit_code == 2
    assert "account_id" in refused.stderr
    assert json.loads(done.stdout)["accounts"] == 30


def test_rows_that_cannot_be_read_are_counted_and_written(
    app: Flask, rows: list[Row], tmp_path: Path
) -> None:
    log = write_csv([{**rows[0], "output_tokens": "12.7"}, *rows], tmp_path / "log")

    done = analyze(app, log, "--out", tmp_path / "out", "--json")

    told = json.loads(done.stdout)
    assert (told["rows"], told["rejected"]) == (len(rows) + 1, 1)
    assert "12.7" in (tmp_path / "out" / "rejected.csv").read_text()


def test_a_log_whose_rows_are_all_set_aside_is_exit_1_with_the_reasons(
    app: Flask, rows: list[Row], tmp_path: Path
) -> None:
    log = write_csv([{**row, "input_tokens": -1} for row in rows[:5]], tmp_path / "log")

    done = analyze(app, log, "--out", tmp_path / "out")

    assert done.exit_code == 1
    assert "Every row was set aside: 5 rows: " in done.stderr
    assert "(E06)" in done.stderr
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["rejected.csv"]


def bad_markers(folder: Path, text: str) -> list[object]:
    (folder / "markers.json").write_text(text)
    return ["--markers", folder / "markers.json"]


BAD_WORDS = {
    "no such file": (lambda f: [f / "none.csv"], "none.csv"),
    "a folder": (lambda f: [f], "is a folder, not a log"),
    "cut off": (lambda f: [cut_off(f)], "cut.parquet"),
    "markers no JSON": (lambda f: [f / "log", *bad_markers(f, '{"releases": [')], "line 1"),
    "unknown key": (lambda f: [f / "log", *bad_markers(f, '{"rel": []}')], "unknown key 'rel'"),
    "bad time": (
        lambda f: [f / "log", *bad_markers(f, '{"releases": [{"model": "m", "ts": "May"}]}')],
        "releases, entry 1",
    ),
    "no markers": (lambda f: [f / "log", "--markers", f / "none"], "No such file"),
    "prompts": (lambda f: [f / "log", "--public-prompts", prompts(f)], "line 2: 'xyz' is no hash"),
    "no pair": (lambda f: [f / "log", "--map", "ip"], "write OURS=THEIRS"),
    "no column": (lambda f: [f / "log", "--map", "colour=ip"], "'colour' is no column"),
    "zone": (lambda f: [f / "log", "--zone", "Mars/Base"], "is no time zone"),
    "memory": (lambda f: [f / "log", "--memory", "lots"], "'lots' is no amount of memory"),
    "engine": (lambda f: [f / "log", "--engine", "oracle"], "'oracle' is unknown"),
    "engine away": (lambda f: [f / "log", "--engine", "trino://127.0.0.1:1"], "does not answer"),
}


def cut_off(folder: Path) -> Path:
    whole = write_as_received(rows_of_log(accounts=3, campaign=1), folder / "whole.parquet")
    (folder / "cut.parquet").write_bytes(whole.read_bytes()[:-40])
    return folder / "cut.parquet"


def prompts(folder: Path) -> Path:
    (folder / "prompts").write_text("0123456789abcdef  # an agent's\nxyz\n")
    return folder / "prompts"


@pytest.mark.parametrize("bad", BAD_WORDS)
def test_bad_input_is_one_line_that_names_it_and_exit_2(
    bad: str, app: Flask, rows: list[Row], tmp_path: Path
) -> None:
    write_csv(rows[:20], tmp_path / "log")
    words, named = BAD_WORDS[bad]

    done = analyze(app, *words(tmp_path), "--out", tmp_path / "out")

    assert done.exit_code == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert named in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_folder_that_holds_something_is_not_touched(
    app: Flask, rows: list[Row], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "mine.txt").write_text("mine")

    done = analyze(app, write_csv(rows[:20], tmp_path / "log"), "--out", out)

    assert done.exit_code == 2
    assert "is not empty; name a new folder, nothing is overwritten" in done.stderr
    assert [path.name for path in out.iterdir()] == ["mine.txt"]


def test_a_file_in_place_of_the_folder_is_refused(
    app: Flask, rows: list[Row], tmp_path: Path
) -> None:
    log = write_csv(rows[:20], tmp_path / "log")

    done = analyze(app, log, "--out", log)

    assert done.exit_code == 2
    assert "is a file; name a folder" in done.stderr
