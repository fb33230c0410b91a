"""Deadlines and windows, derived anew from recorded days; none is ever counted down and kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from casework.statute.days import add_days, add_months, add_years
from casework.statute.holidays import act_by, add_business_days
from casework.statute.pack import StatutePack
from casework.statute.time_rows import Clock, Reading
from casework.statute.uses import LIST_CEILING, LIST_WINDOW

ENACTMENT = "enactment"


class NotTimed(LookupError):
    """The text has no clock for what was asked; the message says for what."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """One reading of one clock; all days are local to Washington.

    `due` is the legal date, weekend or not; `act_by` the last business day on or before it.
    A window has `opens` and `closes` instead. All are None until the event `waits_for` is on
    record. `planning` is true while there is no enactment date: every clock is hypothetical.
    """

    id: str
    title: str
    citation: str
    authority: str
    lead: str
    reading: str
    default: bool
    planning: bool
    waits_for: str = ""
    due: date | None = None
    act_by: date | None = None
    opens: date | None = None
    closes: date | None = None


def clocks(pack: StatutePack, enacted: date | None, events: Mapping[str, date]) -> list[Due]:
    """Every clock of the pack, in its order, once per reading that has something to say.

    `events` maps event ids of the pack to local days. A reading other than the default shows
    only once its event is on record. Without an enactment date no clock of the text itself
    runs; those of other law and of policy do. ImpossibleDate when a count leaves the calendar.
    """
    days = dict(events) if enacted is None else {**events, ENACTMENT: enacted}
    return [
        _due(clock, reading, start, planning=enacted is None)
        for clock in pack.clocks.values()
        for reading in clock.readings
        for start in [_start(clock, reading, days)]
        if reading.default or start
    ]


def warnings(pack: StatutePack, dues: list[Due]) -> list[str]:
    """Where readings of one clock part, and where a clock ends after the one it yields to."""
    return [*_partings(dues), *_overruns(pack, dues)]


def due_day(pack: StatutePack, use: str, start: date) -> date | None:
    """The last day of the deadline for `use` (a word of `uses`), or None if none is set."""
    reading = pack.reading_for(use)
    return None if reading is None or reading.span else ends(reading, start)


def rule_for(pack: StatutePack, use: str) -> Clock:
    """The clock for `use`; NotTimed where the text has none."""
    found = pack.clock_for(use)
    if found is None:
        raise NotTimed(f"{pack.text_version} has no clock for {use}")
    return found


def attackers_list_window(pack: StatutePack, anchor: date) -> tuple[date, date]:
    """First and last day on which an attack counts as recent, both included.

    `anchor` is the day of the identifying determination, or of publication on the strict
    reading. NotTimed where the text keeps no public list.
    """
    return _window(rule_for(pack, LIST_WINDOW).main, anchor)


def list_comes_down(
    pack: StatutePack, first_publication: date, entry_shown: date | None = None
) -> date:
    """Return the day from which an entry is no longer shown.

    The whole list ends at its ceiling after the first publication; an entry first shown
    earlier or later ends after the same period of its own, if that is sooner. NotTimed where
    the text keeps no public list.
    """
    reading = rule_for(pack, LIST_CEILING).main
    ceiling = ends(reading, first_publication)
    if entry_shown is None:
        return ceiling
    return min(ceiling, ends(reading, entry_shown))


def _start(clock: Clock, reading: Reading, days: Mapping[str, date]) -> date | None:
    runs = ENACTMENT in days or clock.authority != "statute"
    return days.get(reading.starts) if runs else None


def _due(clock: Clock, reading: Reading, start: date | None, *, planning: bool) -> Due:
    due = opens = closes = None
    if start is not None and reading.span:
        opens, closes = _window(reading, start)
    elif start is not None:
        due = ends(reading, start)
    return Due(
        id=clock.id,
        title=clock.title,
        citation=clock.citation,
        authority=clock.authority,
        lead=clock.lead,
        reading=reading.words,
        default=reading.default,
        planning=planning,
        waits_for="" if start else reading.starts,
        due=due,
        act_by=None if due is None else act_by(due),
        opens=opens,
        closes=closes,
    )


def ends(reading: Reading, start: date) -> date:
    """The legal last day of a deadline; the reading must not be a window."""
    worked = add_business_days(start, reading.business_days)
    return add_months(add_days(worked, reading.days), reading.months)


def _window(reading: Reading, start: date) -> tuple[date, date]:
    if reading.span == "calendar":
        this_year = start.replace(month=1, day=1)
        return add_years(this_year, -reading.years_back), add_days(this_year, -1)
    return add_years(start, -reading.years_back), start


def _partings(dues: list[Due]) -> Iterator[str]:
    for clock in dict.fromkeys(row.id for row in dues):
        rows = [(row.default, row.due) for row in dues if row.id == clock and row.due]
        mains = [due for default, due in rows if default and due]
        others = [due for default, due in rows if not default and due]
        for main, other in zip(mains, others, strict=False):
            if other < main:
                yield f"{clock}: on another reading the date is {other}, earlier than {main}."


def _overruns(pack: StatutePack, dues: list[Due]) -> Iterator[str]:
    first = {row.id: row.due for row in reversed(dues) if row.default and row.due}
    for clock in pack.clocks.values():
        mine, other = first.get(clock.id), first.get(clock.yields_to)
        if mine and other and mine > other:
            prevailing = pack.clocks[clock.yields_to]
            yield (
                f"{clock.id} ends on {mine}, after {prevailing.id} on {other}: "
                f"{prevailing.citation} prevails."
            )
