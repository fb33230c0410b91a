"""The custody register of one exhibit as a file for a spreadsheet. Pure."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import datetime
from io import StringIO

COLUMNS = ("exhibit", "at_utc", "act", "by", "note", "sha256")
# A spreadsheet takes a cell that begins so for a formula (V1.2.10).
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def as_csv(exhibit: str, rows: Iterable[tuple[datetime, str, str, str, str]]) -> str:
    """`rows` are time (aware UTC), act, who, note, SHA-256 in hex; `exhibit` names it on each."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for at, *cells in rows:
        writer.writerow([exhibit, at.isoformat(), *map(_plain, cells)])
    return text.getvalue()


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
