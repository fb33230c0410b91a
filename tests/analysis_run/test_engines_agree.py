from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path

import duckdb
import ibis
import pytest

from casework.evidence.analysis import reduction_local
from casework.evidence.analysis.engines import around
from casework.evidence.analysis.memory import Memory
from casework.evidence.analysis.reduction import OPTIONAL, expressions
from casework.evidence.analysis.reduction_tables import TABLES
from casework.evidence.usage.intake import take_in
from casework.evidence.usage.order import IntakeOrder, LogFile, Source
from tests.analysis_run.logs import NEW_MODEL, rows_of_log, write_as_received, write_canonical
from tests.analysis_run.tables import Tables, reduced


@pytest.fixture(scope="module")
def expected(parts: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """The tables by plain group-bys on DuckDB."""
    tables, present = reduced(parts, tmp_path_factory.mktemp("plain"), "duckdb://")
    assert present == frozenset(OPTIONAL)
    assert all(tables[table] for table in TABLES)
    return tables


@pytest.mark.parametrize("engine", ["duckdb", "polars"])
def test_every_reduced_table_is_the_same(
    engine: str, parts: list[Path], expected: Tables, tmp_path: Path
) -> None:
    assert reduced(parts, tmp_path, engine)[0] == expected


@pytest.mark.filterwarnings("ignore")  # those of pyspark and py4j are not ours
def test_a_cluster_of_processes_gives_the_same_tables(
    parts: list[Path], expected: Tables, tmp_path: Path
) -> None:
    if find_spec("pyspark") is None or shutil.which("java") is None:
        pytest.skip("needs Java 17 and: .venv/bin/pip install -r requirements-spark.txt")

    found, present = reduced(parts, tmp_path, "local-cluster[2,1,1024]")

    assert found == expected
    assert present == frozenset(OPTIONAL)


def test_rows_counted_stretch_by_stretch_and_merged_give_the_same_tables(
    parts: list[Path], expected: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Memory, "rows_at_once", 300)

    assert reduced(parts, tmp_path)[0] == expected


def test_a_column_with_more_values_than_a_dictionary_holds_is_left_to_the_expressions(
    parts: list[Path], expected: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reduction_local, "MOST_VALUES", 9)
    monkeypatch.setattr(reduction_local, "_MOST_OTHER", 2)

    assert reduced(parts, tmp_path)[0] == expected


def test_a_file_left_as_it_was_received_gives_the_same_tables_as_canonical_rows(
    tmp_path: Path,
) -> None:
    rows = rows_of_log(accounts=30, campaign=15)
    received = write_as_received(rows, tmp_path / "log.parquet")
    order = IntakeOrder(rewrite=False)
    taken = take_in([LogFile("log", received)], order, out=tmp_path / "in", progress=print)
    for row in rows:
        row["sim_hi"] = None if row["sim_lo"] is None else row["sim_hi"]

    assert taken.source.standing
    by_columns = reduced(taken.source, tmp_path)[0]
    assert by_columns == reduced(Source(taken.source.sql), tmp_path)[0]
    assert by_columns == reduced(write_canonical(rows, tmp_path), tmp_path, "duckdb://")[0]


def test_rows_that_were_set_aside_are_not_counted(tmp_path: Path) -> None:
    rows = rows_of_log(accounts=20, campaign=15)
    bad = [0, 701, 702, len(rows) - 1]
    for place in bad:
        rows[place] = {**rows[place], "output_tokens": -1, "account_id": "acc_only_bad"}
    received = write_as_received(rows, tmp_path / "log.parquet")
    order = IntakeOrder(rewrite=False)
    taken = take_in([LogFile("log", received)], order, out=tmp_path / "in", progress=print)

    assert taken.rejected == len(bad)
    tables = reduced(taken.source, tmp_path)[0]
    assert tables == reduced(Source(taken.source.sql), tmp_path)[0]
    assert sum(row[2] for row in tables["account"]) == len(rows) - len(bad)
    assert "acc_only_bad" not in {row[1] for row in tables["account"]}


@pytest.mark.parametrize("column", OPTIONAL)
def test_an_absent_column_gives_an_empty_table_and_is_not_present(
    column: str, tmp_path: Path
) -> None:
    rows = [{**row, column: None} for row in rows_of_log(accounts=8, campaign=4)]
    files = write_canonical(rows, tmp_path)

    tables, present = reduced(files, tmp_path)

    assert present == frozenset(OPTIONAL) - {column}
    assert tables == reduced(files, tmp_path, "duckdb://")[0]


def test_without_a_release_no_exchange_is_on_a_new_model(parts: list[Path], tmp_path: Path) -> None:
    tables = reduced(parts, tmp_path, new_model=None)[0]

    assert {row[3] for row in tables["r_hour"]} == {0}
    assert {row[1] for row in tables["r_model"]} == {"model-1", NEW_MODEL}


def test_an_empty_log_gives_empty_tables(tmp_path: Path) -> None:
    files = write_canonical([], tmp_path, parts=1)

    tables, present = reduced(files, tmp_path)

    assert not any(tables.values())
    assert present == frozenset()


@pytest.mark.parametrize("dialect", ["clickhouse", "trino", "pyspark"])
def test_every_reduction_can_be_said_in_the_sql_of_an_engine(
    dialect: str, parts: list[Path]
) -> None:
    with duckdb.connect() as con:
        with around(con) as backend:
            log = backend.read_parquet(str(parts[0]))
        found = expressions(log, frozenset(OPTIONAL), NEW_MODEL)

        assert set(found) == set(TABLES)
        for expression in found.values():
            assert "GROUP BY" in str(ibis.to_sql(expression, dialect=dialect))
