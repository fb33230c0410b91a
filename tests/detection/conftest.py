from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from casework.evidence.analysis import engines
from casework.evidence.analysis.linking import link
from casework.evidence.analysis.memory import Memory
from casework.evidence.analysis.parameters import shipped
from casework.evidence.analysis.reduction_run import reduce
from tests.detection.logs import log_of
from tests.detection.people import campaign, household_of_a_hired_address, population


def silent(word):
    del word


@pytest.fixture(scope="session")
def linked(tmp_path_factory):
    """Reduces and links the log of some accounts; gives the connection."""

    def run(accounts, *, without=frozenset(), public=frozenset(), threads=2):
        folder = Path(tmp_path_factory.mktemp("log"))
        path = folder / "log.parquet"
        pq.write_table(log_of(accounts, without=without), path)
        con = duckdb.connect(config={"threads": threads})
        con.execute("set timezone = 'UTC'")
        memory = Memory.of("1GB")
        how = {"engine": engines.LOCAL, "memory": memory, "workspace": folder, "progress": silent}
        present, _ = reduce(con, [path], "model-2", **how)
        link(con, present, public, shipped(), silent)
        return con

    return run


@pytest.fixture(scope="session")
def everybody(linked):
    """Every everyday group beside one campaign."""
    return linked([*population(), *campaign(), *household_of_a_hired_address()])
