"""Turn what has a last day into entries for pages and feeds, anew each time. Pure.

A hold on a measure stops nothing; a count stops only where the pack names the event that stops
it, and then the term comes with `paused` or a later day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from casework.calendar.facts import KINDS, STATUTE, Entry, Kind, State, Term
from casework.statute.clocks import Due, clocks
from casework.statute.holidays import act_by
from casework.statute.pack import StatutePack
from casework.statute.time_rows import Clock, Reading
from casework.statute.uses import CONGRESS_REPORT, FIRST_ASSESSMENT

# The event of the pack by which a deadline of the text is met.
MET_BY: Mapping[str, str] = {
    FIRST_ASSESSMENT: "assessment_completed",
    CONGRESS_REPORT: "report_submitted",
}


def state_of(
    due: date | None, done_on: date | None, on: date, *, ends: bool = False, paused: bool = False
) -> State:
    """Where a last day stands on the day `on`."""
    if due is None and done_on is None:
        return State.UNDATED
    if done_on is not None:
        if ends:
            return State.ENDED
        return State.MET if due is None or done_on <= due else State.LATE
    if paused:
        return State.PAUSED
    if due is not None and on > due:
        return State.ENDED if ends else State.BREACHED
    return State.RUNNING


def entry_of(term: Term, pack: StatutePack, on: date) -> Entry:
    """The entry of one term under the text of its case."""
    kind = KINDS[term.kind]
    citation, authority, reading = _basis(term, kind, pack)
    return Entry(
        kind=term.kind,
        key=term.key,
        title=f"{kind.word}: {_about(term, pack)}" if term.about else kind.word,
        case=term.reference,
        due=term.due,
        act_by=act_by(term.due) if term.due else None,
        citation=citation,
        authority=authority,
        reading=term.reading or reading,
        hypothetical=authority == "statute" and not term.enacted,
        state=state_of(term.due, term.done_on, on, ends=kind.ends, paused=term.paused),
        met_on=term.done_on,
        own=term.own,
        use=kind.use,
        text_version=pack.text_version,
    )


def statute_entries(
    pack: StatutePack,
    enacted: date | None,
    events: Mapping[str, date],
    on: date,
    *,
    case: str = "",
    met: Mapping[str, date] | None = None,
) -> list[Entry]:
    """The deadlines of the text itself, in the order of the pack, each reading apart.

    `met` adds, by use, the day on which the case met one. What happens in each case anew has a
    term of its own and is left out. Without an enactment date nothing of the text is dated.
    """
    done = {use: events[event] for use, event in MET_BY.items() if event in events}
    done |= met or {}
    return [
        _of_text(pack, due, done, on, case)
        for due in clocks(pack, enacted, events)
        if not _has_own_term(pack, due)
    ]


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """The earliest first; what has no day comes last, in the order given."""
    return sorted(entries, key=lambda entry: (entry.due is None, entry.due or date.max))


def _has_own_term(pack: StatutePack, due: Due) -> bool:
    uses = {kind.use for kind in KINDS.values() if kind.use}
    clock = pack.clocks[due.id]
    return clock.of_case or clock.use in uses or _reading(clock, due).use in uses


def _reading(clock: Clock, due: Due) -> Reading:
    return next(each for each in clock.readings if each.words == due.reading)


def _of_text(
    pack: StatutePack,
    due: Due,
    done: Mapping[str, date],
    on: date,
    case: str,
) -> Entry:
    clock = pack.clocks[due.id]
    use, place = clock.use, clock.readings.index(_reading(clock, due))
    met_on = done.get(use)
    state = State.PERIOD if due.opens else state_of(due.due, met_on, on)
    return Entry(
        kind=STATUTE,
        key=f"{pack.text_version}:{due.id}:{place}",
        title=f"{due.id} {due.title}",
        case=case,
        due=due.due,
        act_by=due.act_by,
        citation=due.citation,
        authority=due.authority,
        reading=due.reading,
        hypothetical=due.planning and due.authority == "statute",
        state=state,
        met_on=met_on,
        use=use,
        default=due.default,
        opens=due.opens,
        closes=due.closes,
        waits_for=pack.events[due.waits_for].title if due.waits_for else "",
        text_version=pack.text_version,
    )


def _basis(term: Term, kind: Kind, pack: StatutePack) -> tuple[str, str, str]:
    """Citation, authority and reading: those of the clock, else of the measure, else ours."""
    clock = pack.clock_for(kind.use) or next(
        (row for row in pack.clocks.values() if any(each.use == kind.use for each in row.readings)),
        None,
    )
    measure = pack.measures.get(term.measure)
    if term.kind == "petition" and measure:
        return measure.citation, "policy", ""
    reading = pack.reading_for(kind.use) if kind.use else None
    if not kind.use or clock is None or reading is None:
        return kind.citation, kind.authority, ""
    return clock.citation, clock.authority, reading.words


def _about(term: Term, pack: StatutePack) -> str:
    if term.kind == "position" and term.about in pack.agencies:
        return pack.agencies[term.about].label
    if term.measure in pack.measures and not term.about:
        return pack.measures[term.measure].title
    return term.about
