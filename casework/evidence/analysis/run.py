"""A whole analysis: accepted rows in, one document out, with what it takes to repeat it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import duckdb
import pyarrow as pa

from casework.evidence.analysis import engines
from casework.evidence.analysis.linking import Membership, link
from casework.evidence.analysis.markers import NO_MARKERS, Markers
from casework.evidence.analysis.memory import Memory
from casework.evidence.analysis.parameters import Parameters, shipped
from casework.evidence.analysis.provenance import rounded, versions
from casework.evidence.analysis.provenance_digests import (
    document_digest,
    reduced_digest,
    table_digest,
)
from casework.evidence.analysis.reduction_run import reduce
from casework.evidence.analysis.report import measure
from casework.evidence.usage.order import Source

Progress = Callable[[str], None]

MEMBER_COLUMNS: Final = ("a", "c", "grade", "ties")
_RESOLUTIONS: Final = (0.5, 2.0)  # how much finer or coarser communities may come out


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """`public_prompts` are hashes of templates known to be public; `memory` reads `2GB`."""

    markers: Markers = NO_MARKERS
    public_prompts: frozenset[str] = frozenset()
    parameters: Parameters = field(default_factory=shipped)
    engine: str = engines.LOCAL
    memory: str = "2GB"
    threads: int = 2
    sensitivity: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """`document` is the report but for what only the intake knows: rows, rejected, input_sha256.

    `members` has account_id, cluster_id, grade and ties (JSON), `ties` account_id, cluster_id,
    kind, v, n, members. `seconds` are those of the processor by step.
    """

    document: dict[str, Any]
    members: pa.Table
    ties: pa.Table
    seconds: Mapping[str, float]


def analyse(
    source: Source | Sequence[Path], request: Request, *, workspace: Path, progress: Progress
) -> Result:
    """Analyse the canonical rows of a selection or of Parquet files.

    Temporary files lie in a folder of their own within `workspace` and are gone afterwards.
    progress is told words and cancels by raising. Raises MemoryUnreadable, EngineUnavailable.
    """
    memory = Memory.of(request.memory)
    engines.require(request.engine)
    clock = _Clock()
    with (
        TemporaryDirectory(prefix="analysis-", dir=workspace) as folder,
        _connection(Path(folder), memory, request.threads) as con,
    ):
        release = request.markers.release
        present, engine = reduce(
            con,
            source,
            release.model if release else None,
            engine=request.engine,
            memory=memory,
            workspace=Path(folder),
            progress=progress,
        )
        clock.note("reduce")
        spread = _sensitivity(con, present, request, progress)
        membership = _linked(con, present, request, request.parameters, progress)
        clock.note("link")
        progress("measuring the factors")
        report = measure(con, membership, request.markers, present, request.parameters)
        measured = rounded(report.as_dict())
        clock.note("factors")
        progress("hashing what was computed")
        hashes = _hashes(con, measured)
        accounts = con.execute("select count(*) from account").fetchall()[0][0]
        members, ties = _members(con), _ties(con)
        clock.note("hashes")
    about = {
        "accounts": accounts,
        "engine": engine,
        "versions": versions(),
        "hashes": hashes,
        "sensitivity": spread,
    }
    return Result({**measured, **about}, members, ties, clock.seconds)


def _linked(
    con: duckdb.DuckDBPyConnection,
    present: frozenset[str],
    request: Request,
    parameters: Parameters,
    progress: Progress,
) -> Membership:
    return link(con, present, request.public_prompts, parameters, progress)


def _sensitivity(
    con: duckdb.DuckDBPyConnection, present: frozenset[str], request: Request, progress: Progress
) -> list[dict[str, Any]]:
    """How many accounts lie in clusters when communities are cut coarser or finer."""
    if not request.sensitivity:
        return []
    found = []
    for resolution in _RESOLUTIONS:
        cut = replace(request.parameters.communities, resolution=resolution)
        other = replace(request.parameters, communities=cut)
        linked = _linked(con, present, request, other, progress)
        found.append({
            "parameter": "communities.resolution",
            "value": resolution,
            "clusters": linked.clusters,
            "accounts": linked.accounts,
        })  # fmt: skip
    return found


def _hashes(con: duckdb.DuckDBPyConnection, measured: Mapping[str, Any]) -> dict[str, str]:
    return {
        "tables": reduced_digest(con),
        "members": table_digest(con, "member", MEMBER_COLUMNS),
        "factors": document_digest(measured),
    }


def _members(con: duckdb.DuckDBPyConnection) -> pa.Table:
    return con.sql(
        "select account_id, 'C' || c as cluster_id, grade, ties from member join account using (a) "
        "order by c, account_id"
    ).to_arrow_table()


def _ties(con: duckdb.DuckDBPyConnection) -> pa.Table:
    return con.sql(
        "select account_id, 'C' || c as cluster_id, kind, v, tie.n, members "
        "from tie join account using (a) order by c, account_id, kind, v"
    ).to_arrow_table()


@contextmanager
def _connection(folder: Path, memory: Memory, threads: int) -> Iterator[duckdb.DuckDBPyConnection]:
    settings: dict[str, str | bool | int | float | list[str]] = {
        "threads": threads,
        "memory_limit": memory.duckdb,
        "temp_directory": str(folder / "spilled"),
        "autoinstall_known_extensions": False,
        # The order of rows means nothing here; keeping it would cost memory.
        "preserve_insertion_order": False,
    }
    with duckdb.connect(config=settings) as con:
        con.execute("set timezone = 'UTC'")
        con.execute("set enable_progress_bar = false")  # standard output is for answers
        yield con


class _Clock:
    """Seconds of the processor, step by step."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.process_time()

    def note(self, step: str) -> None:
        now = time.process_time()
        self.seconds[step] = round(now - self._last, 3)
        self._last = now
