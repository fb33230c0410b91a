from __future__ import annotations

import socket
from contextlib import closing
from pathlib import Path

import pytest

from casework.evidence.analysis.engines import EngineUnavailable, connected, require
from casework.evidence.analysis.memory import Memory, MemoryUnreadable


def closed_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.mark.parametrize("engine", ["duckdb", "polars", "duckdb://"])
def test_an_engine_of_this_machine_is_there(engine: str) -> None:
    require(engine)


@pytest.mark.parametrize("engine", ["", "oracle", "spark", "local-cluster[2]", "duckdb file"])
def test_an_unknown_engine_is_named(engine: str) -> None:
    with pytest.raises(EngineUnavailable, match="is unknown: write duckdb, polars"):
        require(engine)


@pytest.mark.parametrize("kind", ["clickhouse", "trino", "spark"])
def test_an_engine_that_does_not_answer_is_named_without_its_password(kind: str) -> None:
    url = f"{kind}://officer:secret@127.0.0.1:{closed_port()}/logs?token=secret"

    with pytest.raises(EngineUnavailable) as refusal:
        require(url)

    assert f"The engine {kind}://127.0.0.1:" in str(refusal.value)
    assert "does not answer: " in str(refusal.value)
    assert "secret" not in str(refusal.value)


def test_a_scheme_that_ibis_does_not_know_is_refused(tmp_path: Path) -> None:
    with (
        pytest.raises(EngineUnavailable, match="nosuch:// cannot be used"),
        connected("nosuch://", tmp_path),
    ):
        pass


@pytest.mark.parametrize(
    ("text", "total"),
    [("2GB", 2 * 10**9), ("1500 MB", 15 * 10**8), ("0.5gib", 2**29), (" 4GiB ", 2**32)],
)
def test_memory_is_read_with_its_unit(text: str, total: int) -> None:
    assert Memory.of(text).total == total


@pytest.mark.parametrize("text", ["", "2", "2 G", "-2GB", "2KB", "two GB", "nanGB"])
def test_what_is_no_amount_of_memory_is_said(text: str) -> None:
    with pytest.raises(MemoryUnreadable, match="is no amount of memory: write 2GB or 1500MB"):
        Memory.of(text)


def test_too_little_memory_is_refused() -> None:
    with pytest.raises(MemoryUnreadable, match="too little memory: give at least 400MB"):
        Memory.of("399MB")


@pytest.mark.parametrize("text", ["400MB", "2GB", "64GB"])
def test_what_is_given_out_stays_below_the_limit(text: str) -> None:
    memory = Memory.of(text)

    assert int(memory.duckdb.removesuffix("MB")) * 10**6 + memory.rows_at_once * 100 < memory.total
