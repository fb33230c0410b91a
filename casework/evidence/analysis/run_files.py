"""The files that go beside a report: which accounts, and what ties them."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from casework.evidence.analysis.run import Result

ACCOUNT_COLUMNS: Final = ("account_id", "cluster_id", "ties")
TIE_COLUMNS: Final = ("account_id", "cluster_id", "kind", "v", "n", "members")


def write_accounts(result: Result, path: Path) -> None:
    """account_id, cluster_id and ties of the accounts in clusters that deserve attention first."""
    first = [each["cluster_id"] for each in result.document["clusters"] if each["attention"]]
    wanted = pc.is_in(result.members.column("cluster_id"), value_set=pa.array(first, pa.string()))
    _write(path, ACCOUNT_COLUMNS, result.members.filter(wanted))


def write_ties(result: Result, path: Path) -> None:
    """Every tie of every account in any cluster."""
    _write(path, TIE_COLUMNS, result.ties)


def _write(path: Path, columns: Iterable[str], rows: pa.Table) -> None:
    named = tuple(columns)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(named)
        for batch in rows.select(named).to_batches():
            writer.writerows(zip(*(column.to_pylist() for column in batch.columns), strict=True))
