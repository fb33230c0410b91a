"""Contradictions of the measures of a pack."""

from __future__ import annotations

from collections.abc import Iterator

from casework.statute.faults import terms, twice, unknown
from casework.statute.measure_rows import CHOICE, DAY, KINDS, OFFERS, SETS, Measure, MeasureField
from casework.statute.pack import StatutePack


def measure_faults(row: Measure, pack: StatutePack) -> Iterator[str]:
    where = f"measures.toml: {row.id}"
    yield from unknown(where, [row.lead], pack.agencies, "agency")
    yield from twice(where, [check.id for check in row.checks])
    yield from twice(where, [field.id for field in row.fields])
    yield from unknown(where, row.outcomes, terms(pack, "decision_kind"), "decision")
    yield from unknown(where, row.needs, pack.conclusions, "conclusion")
    if row.outcomes and len(row.outcomes) < 2:  # noqa: PLR2004 (one way or the other)
        yield f"{where}: a decision can go at least two ways"
    if row.needs and not row.outcomes:
        yield f"{where}: needs conclusions for a decision that it does not have"
    if row.record in pack.records and pack.records[row.record].codes:
        codes = pack.records[row.record].codes
        yield from unknown(where, row.outcomes, codes, f"outcome of the record {row.record}")
    for field in row.fields:
        yield from _field(f"{where}: {field.id}", field)


def _field(where: str, row: MeasureField) -> Iterator[str]:
    yield from unknown(where, [row.kind], KINDS, "kind")
    yield from unknown(where, [row.offers], OFFERS, "offer")
    yield from unknown(where, [row.sets], SETS, "day that it sets")
    yield from twice(where, [option.code for option in row.options])
    if (row.kind == CHOICE) != bool(row.options):
        yield f"{where}: options belong to a choice, and to nothing else"
    if row.sets and row.kind != DAY:
        yield f"{where}: only a day sets a day"
