from __future__ import annotations

import json
from pathlib import Path

import pytest

from casework.evidence.analysis.markers import read_markers
from casework.evidence.analysis.provenance import versions
from casework.evidence.analysis.run import Request, Result, analyse
from tests.analysis_run.logs import MARKERS, rows_of_log, write_canonical


def run(parts: list[Path], workspace: Path, **said: object) -> Result:
    request = Request(markers=read_markers(MARKERS), **said)  # type: ignore[arg-type]
    return analyse(parts, request, workspace=workspace, progress=lambda words: None)


@pytest.fixture(scope="module")
def once(parts: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Result:
    return run(parts, tmp_path_factory.mktemp("once"), threads=1)


@pytest.mark.parametrize(("threads", "memory"), [(2, "2GB"), (4, "400MB")])
def test_running_again_gives_the_same_numbers(
    threads: int, memory: str, parts: list[Path], once: Result, tmp_path: Path
) -> None:
    again = run(parts, tmp_path, threads=threads, memory=memory)

    assert again.document == once.document
    assert again.members == once.members
    assert again.ties == once.ties


def test_another_engine_gives_the_same_numbers(
    parts: list[Path], once: Result, tmp_path: Path
) -> None:
    again = run(parts, tmp_path, engine="polars")

    assert again.document["hashes"] == once.document["hashes"]
    assert again.document["engine"].startswith("polars ")


def test_one_row_more_changes_every_hash_of_tables(once: Result, tmp_path: Path) -> None:
    rows = rows_of_log()
    files = write_canonical([*rows, rows[-1]], tmp_path)

    assert run(files, tmp_path).document["hashes"]["tables"] != once.document["hashes"]["tables"]


def test_the_document_names_what_computed_it_and_is_json(once: Result) -> None:
    document = json.loads(json.dumps(once.document, allow_nan=False))

    assert document["versions"] == versions()
    assert set(document["versions"]) >= {"duckdb", "numpy", "scikit-network", "python", "code"}
    assert set(document["hashes"]) == {"tables", "members", "factors"}
    assert document["accounts"] == 60


def test_nothing_is_left_in_the_workspace(parts: list[Path], tmp_path: Path) -> None:
    run(parts, tmp_path)

    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("word", ["counting hours", "dividing", "measuring the factors"])
def test_it_ends_when_it_is_stopped_and_leaves_nothing(
    word: str, parts: list[Path], tmp_path: Path
) -> None:
    class Stopped(Exception):
        pass

    def progress(words: str) -> None:
        if words.startswith(word):
            raise Stopped

    with pytest.raises(Stopped):
        analyse(parts, Request(), workspace=tmp_path, progress=progress)

    assert not list(tmp_path.iterdir())


def test_sensitivity_says_how_many_accounts_coarser_and_finer_cuts_give(
    parts: list[Path], once: Result, tmp_path: Path
) -> None:
    told = run(parts, tmp_path, sensitivity=True).document

    assert [row["value"] for row in told["sensitivity"]] == [0.5, 2.0]
    assert told["hashes"] == once.document["hashes"]
