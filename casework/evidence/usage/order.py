"""What goes into an intake and what comes out of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

EXAMPLES = 10


class LogRefused(Exception):
    """A file as a whole cannot be used; the message names it and says what to do."""


class Miscounted(RuntimeError):
    """Rows in are not rows accepted plus rows set aside: a fault of this program, never of a log.

    The intake ends and leaves nothing, since a result that lost a row is no evidence.
    """


@dataclass(frozen=True, slots=True)
class LogFile:
    """`name` is what reports call the file; its ending is not trusted."""

    name: str
    path: Path


@dataclass(frozen=True, kw_only=True, slots=True)
class IntakeOrder:
    """How the rows are to be read.

    `mapping` leads from a column of ours to a column of theirs. Empty, columns are found by our
    names and their known aliases; otherwise it is the whole mapping, and a column that it does
    not name is not read (`headers.completed` fills one up). `window_from` and `window_to`
    (exclusive) are aware. `zone` is the IANA zone of times written without one; without it such
    rows are set aside. `capability_map` leads from the owner's words to ours. Without `key`
    identifiers stay as they are. `models` are the models the submission names; empty, any is
    taken.
    """

    mapping: Mapping[str, str] = field(default_factory=dict)
    window_from: datetime | None = None
    window_to: datetime | None = None
    zone: str | None = None
    epoch_unit: Literal["s", "ms", "us"] | None = None
    capability_map: Mapping[str, str] = field(default_factory=dict)
    key: bytes | None = field(default=None, repr=False)
    rewrite: bool = True
    models: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Part:
    path: Path
    sha256: str
    rows: int


@dataclass(frozen=True, slots=True)
class StandingFile:
    """A Parquet file whose accepted rows can be read as they lie.

    `columns` leads from a column of ours to that of the file; `left_out` are places of rows, from
    0, in ascending order.
    """

    path: Path
    columns: Mapping[str, str]
    left_out: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A DuckDB SELECT that yields the canonical columns of the accepted rows.

    `standing` says the same of files that were left where they are, for readers of columns.
    """

    sql: str
    standing: tuple[StandingFile, ...] = ()


@dataclass(frozen=True, slots=True)
class SetAside:
    """One row that was not accepted, as rejected.csv holds it.

    `row` is its number as somebody who opens the file counts: the header of a CSV is row 1.
    """

    file: str
    row: int
    reasons: Sequence[str]
    text: str


@dataclass(frozen=True, slots=True)
class Taken:
    """`rows` is `accepted` plus `rejected`, counted apart.

    `reasons` counts rows by code; a row with two reasons counts under both. `examples` holds at
    most ten rows for each code. `minimised` says for each column what was done to it.
    `input_sha256` is that of the only file, or of the files' digests (hex, one a line, in order).
    """

    rows: int
    accepted: int
    rejected: int
    reasons: Mapping[str, int]
    examples: Sequence[SetAside]
    minimised: Mapping[str, str]
    parts: Sequence[Part]
    rejected_csv: Path
    input_sha256: str
    source: Source
