"""What the readers of the three kinds give: rows in batches, the unreadable ones named."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pyarrow as pa

from casework.evidence.usage.kinds import LogKind
from casework.evidence.usage.order import LogFile

# How a column came: text of a CSV or Parquet, a value of JSON as text, a whole number, a number
# with a fraction, a time with a zone, a time without one.
Shape = Literal["text", "json", "whole", "real", "moment", "local"]


@dataclass(frozen=True, slots=True)
class Bound:
    """A file whose columns are known: `mapping` leads from ours to theirs, `columns` are theirs.

    `lines` is the number of physical lines of a text. `delimiter` is that of a CSV.
    """

    file: LogFile
    kind: LogKind
    columns: Sequence[str]
    mapping: Mapping[str, str]
    shapes: Mapping[str, Shape]
    rows: int
    delimiter: str = ","


@dataclass(frozen=True, slots=True)
class Batch:
    """So many rows (`size`) that follow one another.

    `table` has a column `place`, the place of the row in the batch from 0, and those of our columns
    that the file has, as they came. Rows in `faults` (place to reason code) are not in it.
    `first` is the number of the row at place 0 as somebody who opens the file counts; `texts`
    gives the original text of rows by their places.
    """

    table: pa.Table
    size: int
    first: int
    faults: Mapping[int, str]
    texts: Callable[[Sequence[int]], list[str]]
