"""The rows that were not accepted: rejected.csv, counts by reason, and examples.

The text of a row is kept as it came, clear identifiers with it, since nothing may be lost and the
owner must be able to mend it. Whoever shows or hands on the file must say so.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from casework.evidence.usage.order import EXAMPLES, SetAside
from casework.evidence.usage.reasons import told

HEADER: Final = ("file", "row", "reasons", "text")
# A spreadsheet takes a cell that begins so for a formula. An apostrophe goes before it, and
# before one that the row itself begins with, so that the text can be had back.
_SHIELDED: Final = tuple("=+-@\t\r＝＋－＠'")

# Code and column of each reason for which one row is set aside.
Reasons = Sequence[tuple[str, str]]


class Rejected:
    """Writes rejected.csv row by row."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows = 0
        self.reasons: Counter[str] = Counter()
        self.examples: list[SetAside] = []
        self._shown: Counter[str] = Counter()
        self._stream = path.open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._stream)
        self._writer.writerow(HEADER)

    def add(
        self,
        file: str,
        numbers: Iterable[int],
        why: Iterable[Reasons],
        texts: Iterable[str],
    ) -> None:
        """Rows of one file: their numbers, reasons and texts, in the same order."""
        for number, reasons, text in zip(numbers, why, texts, strict=True):
            said = [told(code, column) for code, column in reasons]
            codes = {code for code, _ in reasons}
            self.rows += 1
            self.reasons.update(codes)
            shown = f"'{text}" if text.startswith(_SHIELDED) else text
            self._writer.writerow((_safe(file), number, "; ".join(said), shown))
            if any(self._shown[code] < EXAMPLES for code in codes):
                self._shown.update(codes)
                self.examples.append(SetAside(file, number, said, text))

    def close(self) -> int:
        """End the file and count its rows from the file itself."""
        self._stream.close()
        csv.field_size_limit(1 << 30)
        with self.path.open(encoding="utf-8", newline="") as stream:
            return sum(1 for _ in csv.reader(stream)) - 1

    def abandon(self) -> None:
        self._stream.close()


def _safe(name: str) -> str:
    return f"'{name}" if name.startswith(_SHIELDED) else name
