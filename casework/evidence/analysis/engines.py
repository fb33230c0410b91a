"""Where the reductions run: on this machine, or on an engine that an Ibis connection reaches."""

from __future__ import annotations

import re
import shutil
import socket
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import duckdb
import ibis

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

LOCAL: Final = "duckdb"
POLARS: Final = "polars"
_SPARK: Final = re.compile(r"spark://\S+|local\[(\d+|\*)\]|local-cluster\[\d+,\d+,\d+\]")
_PATIENCE: Final = 5  # seconds until a server must have taken a connection
_USUAL_PORTS: Final = {"clickhouse": 8123, "trino": 8080, "spark": 7077}


class EngineUnavailable(Exception):
    """The engine is unknown, lacks something on this machine, or does not answer."""


@contextmanager
def connected(engine: str, workspace: Path) -> Iterator[Any]:
    """An Ibis backend for `engine`; `workspace` is for its temporary files.

    `engine` is `polars`, a Spark master (`spark://host:7077`, `local[2]`,
    `local-cluster[2,1,2048]`) or a connection URL of Ibis (`clickhouse://…`, `trino://…`,
    `duckdb://`). Raises EngineUnavailable.
    """
    require(engine)
    with _unwarned():
        if _SPARK.fullmatch(engine):
            with _spark(engine, workspace) as session:
                yield ibis.pyspark.connect(session)
        else:
            yield _backend(engine)


@contextmanager
def around(con: duckdb.DuckDBPyConnection) -> Iterator[Any]:
    """An Ibis backend on a connection that is open."""
    with _unwarned():
        yield ibis.duckdb.from_connection(con)


@contextmanager
def _unwarned() -> Iterator[None]:
    """Ibis uses names that DuckDB is giving up, pyspark warns of the release of pandas."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        warnings.simplefilter("ignore", FutureWarning)
        yield


def _backend(engine: str) -> Any:
    if engine == POLARS:
        return ibis.polars.connect()
    try:
        return ibis.connect(engine)
    except Exception as failure:  # noqa: BLE001 (every driver has its own errors)
        raise EngineUnavailable(
            f"The engine {without_password(engine)} cannot be used: {first_line(failure)}"
        ) from None


def require(engine: str) -> None:
    """Raise EngineUnavailable when `engine` is no name of an engine or lacks its programs."""
    if engine in {LOCAL, POLARS}:
        return
    if _SPARK.fullmatch(engine):
        _require_spark()
    elif not re.fullmatch(r"[a-z]+://\S*", engine):
        raise EngineUnavailable(
            f"The engine {engine!r} is unknown: write duckdb, polars, a Spark master such as "
            "spark://host:7077, or an Ibis connection URL such as clickhouse://host"
        )
    _require_answer(engine)


def without_password(engine: str) -> str:
    """The engine as reports may name it."""
    return re.sub(r"//[^/@]*@", "//", engine).partition("?")[0]


def described(backend: Any, engine: str) -> str:
    """Name and release, such as `pyspark 4.1.0 (local-cluster[2,1,2048])`."""
    return f"{backend.name} {backend.version} ({without_password(engine)})"


def _require_answer(engine: str) -> None:
    """Try a plain connection first: some drivers wait for minutes before they give up."""
    parts = urlsplit(engine) if "://" in engine else None
    if parts is None or not parts.hostname:
        return
    try:
        port = parts.port or _USUAL_PORTS.get(parts.scheme)
        if port is not None:
            socket.create_connection((parts.hostname, port), _PATIENCE).close()
    except (OSError, ValueError) as failure:
        raise EngineUnavailable(
            f"The engine {without_password(engine)} does not answer: {first_line(failure)}"
        ) from None


def _require_spark() -> None:
    try:
        import pyspark  # noqa: F401, PLC0415 (not installed with the application)
    except ImportError:
        raise EngineUnavailable(
            "Spark needs pyspark: .venv/bin/pip install -r requirements-spark.txt"
        ) from None
    if shutil.which("java") is None:
        raise EngineUnavailable(
            "Spark needs Java 17 or newer: apt-get install default-jre-headless"
        )


@contextmanager
def _spark(master: str, workspace: Path) -> Iterator[SparkSession]:
    _require_spark()
    from pyspark.sql import SparkSession  # noqa: PLC0415 (not installed with the application)

    builder = SparkSession.Builder().master(master).appName("extraction-docket")
    settings = {
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.execution.arrow.pyspark.enabled": "true",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.local.dir": str(workspace / "spark"),
        "spark.sql.warehouse.dir": str(workspace / "warehouse"),
    }
    if not master.startswith("spark://"):
        # Workers on this machine find the driver whatever the machine calls itself.
        settings |= {
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.sql.shuffle.partitions": "4",
        }
    for name, value in settings.items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
    except Exception as failure:  # noqa: BLE001 (Java's errors have no common class)
        raise EngineUnavailable(
            f"The engine {without_password(master)} cannot be used: {first_line(failure)}"
        ) from None
    session.sparkContext.setLogLevel("ERROR")
    try:
        yield session
    finally:
        session.stop()


def first_line(failure: BaseException) -> str:
    """What an error says first; drivers append whole stacks."""
    return (str(failure).strip().splitlines() or [type(failure).__name__])[0]
