"""How much memory an analysis may use, and how it is shared out."""

from __future__ import annotations

import re
from dataclasses import dataclass

_UNITS = {"MB": 10**6, "GB": 10**9, "TB": 10**12, "MIB": 2**20, "GIB": 2**30, "TIB": 2**40}
_LEAST = 400 * 10**6  # DuckDB, arrow and the interpreter need about this much for nothing at all
_DUCKDB_SHARE = 0.45
_COUNTING_SHARE = 0.25
_BYTES_A_ROW = 100  # a column as read and as codes, the keys, the marks between runs (measured)
_FEWEST_ROWS = 200_000
_MOST_ROWS = 4_000_000  # more gain nothing: their keys no longer lie near the processor


class MemoryUnreadable(ValueError):
    """The text names no amount of memory that an analysis can work in; the message says why."""


@dataclass(frozen=True, slots=True)
class Memory:
    """A limit in bytes for the whole process, which DuckDB's own limit is only a part of."""

    total: int

    @classmethod
    def of(cls, text: str) -> Memory:
        """Read `2GB`, `1500 MB` or `4GiB`. Raises MemoryUnreadable."""
        told = re.fullmatch(
            r"\s*([0-9]{1,9}(?:\.[0-9]{1,3})?)\s*([KMGT]i?B)\s*", text, re.IGNORECASE
        )
        if told is None or told[2].upper() not in _UNITS:
            raise MemoryUnreadable(f"{text!r} is no amount of memory: write 2GB or 1500MB")
        total = int(float(told[1]) * _UNITS[told[2].upper()])
        if total < _LEAST:
            raise MemoryUnreadable(f"{text!r} is too little memory: give at least 400MB")
        return cls(total)

    @property
    def duckdb(self) -> str:
        """DuckDB's limit; beyond it DuckDB writes to its temporary directory."""
        return f"{int(self.total * _DUCKDB_SHARE) // 10**6}MB"

    @property
    def rows_at_once(self) -> int:
        """How many rows of a log are counted together."""
        fitting = int(self.total * _COUNTING_SHARE) // _BYTES_A_ROW
        return min(_MOST_ROWS, max(_FEWEST_ROWS, fitting))
