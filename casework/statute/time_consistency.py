"""Whether the clocks of a pack hold together."""

from __future__ import annotations

from collections.abc import Iterator

from casework.statute import uses
from casework.statute.faults import unknown
from casework.statute.pack import StatutePack
from casework.statute.time_rows import Reading

_SPANS = ("", "rolling", "calendar")


def clocks(pack: StatutePack) -> Iterator[str]:
    for row in pack.clocks.values():
        where = f"clocks.toml: {row.id}"
        yield from unknown(where, [row.lead], pack.agencies, "agency")
        yield from unknown(where, [row.yields_to] if row.yields_to else [], pack.clocks, "clock")
        starts = [each.starts for each in row.readings]
        yield from unknown(where, [*starts, *row.pauses], pack.events, "event")
        yield from unknown(where, [row.use] if row.use else [], uses.CLOCKS, "use")
        yield from unknown(where, [r.use for r in row.readings if r.use], uses.READINGS, "use")
        if not any(each.default for each in row.readings):
            yield f"{where}: has no default reading"
        yield from (f"{where}: {fault}" for each in row.readings for fault in _reading(each))
    yield from _uses(pack)


def _uses(pack: StatutePack) -> Iterator[str]:
    rows = pack.clocks.values()
    asked = [row.use for row in rows] + [each.use for row in rows for each in row.readings]
    for use in sorted({use for use in asked if use and asked.count(use) > 1}):
        yield f"clocks.toml: the use {use!r} stands at two places"


def _reading(row: Reading) -> Iterator[str]:
    counted = row.business_days or row.days or row.months
    if row.span not in _SPANS:
        yield f"unknown span {row.span!r}"
    if bool(row.span) != bool(row.years_back) or bool(row.span) == bool(counted):
        yield "a reading counts days and months, or is a span of years, not both or neither"
