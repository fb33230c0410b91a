"""The rows of a log that were not accepted, as its rejected.csv holds them."""

from __future__ import annotations

import codecs
import csv
import re
from collections import defaultdict
from collections.abc import Iterator

from casework.evidence.actions.exhibits import context_of
from casework.evidence.store import BlobStore
from casework.evidence.usage.reasons import REASONS
from models import Case, UsageLog

EXAMPLES = 10
LOOKED_AT = 20_000  # rows of the file, from its start
WORDS = REASONS
_CODE = re.compile(r"\bE\d{2}\b")
csv.field_size_limit(1 << 24)


def examples_of(store: BlobStore, case: Case, log: UsageLog) -> dict[str, list[dict[str, str]]]:
    """Reason code to at most ten of its rows among the first of the file; each with the columns of
    rejected.csv. Raises BlobDamaged.
    """
    found: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    if log.rejected_key is None:
        return {}
    rows = csv.DictReader(_lines(store.read(log.rejected_key, context_of(case))))
    for number, row in enumerate(rows):
        if number >= LOOKED_AT or all(len(found[code]) >= EXAMPLES for code in log.reasons):
            break
        for code in set(_CODE.findall(row.get("reasons") or "")):
            if len(found[code]) < EXAMPLES:
                found[code].append(row)
    return {code: found[code] for code in sorted(found) if found[code]}


def _lines(pieces: Iterator[bytes]) -> Iterator[str]:
    """Lines with their ends, however the pieces are cut."""
    decoder, rest = codecs.getincrementaldecoder("utf-8")(errors="replace"), ""
    for piece in pieces:
        *whole, rest = (rest + decoder.decode(piece)).splitlines(keepends=True) or [""]
        yield from whole
    if rest:
        yield rest
