"""Last days as an iCalendar file (RFC 5545, RFC 7986). Pure.

Calendar servers stand outside, so an event tells the reference of the case, the kind of deadline
and the day, and nothing else: no title, no name, no reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event, vDuration

from casework.calendar.facts import STATUTE, Entry, State

NAME = "Extraction Docket deadlines"
REFRESH = timedelta(hours=6)
# What was done or has run out asks for nothing any more.
SHOWN = frozenset({State.RUNNING, State.PAUSED, State.BREACHED})


def feed(entries: Iterable[Entry], at: datetime) -> bytes:
    """The file for the entries that are still to be done; `at` is the time of reading, in UTC."""
    calendar = Calendar()
    calendar.add("prodid", "-//Extraction Docket//Deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", NAME)
    calendar.add("x-wr-calname", NAME)
    calendar.add("x-wr-timezone", "America/New_York")
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    for entry in entries:
        if entry.due and entry.state in SHOWN:
            calendar.add_component(_event(entry, at))
    return bytes(calendar.to_ical())


def uid_of(entry: Entry) -> str:
    """The same for the same deadline at every reading, whatever its day; tells no row's key."""
    return str(uuid5(NAMESPACE_URL, f"extraction-docket:{entry.kind}:{entry.key}"))


def _event(entry: Entry, at: datetime) -> Event:
    event = Event()
    event.add("uid", uid_of(entry))
    event.add("dtstamp", at.replace(microsecond=0))
    event.add("summary", _summary(entry))
    event.add("dtstart", entry.due)
    if entry.due:
        event.add("dtend", entry.due + timedelta(days=1))
    event.add("description", _description(entry))
    event.add("categories", [entry.word])
    event.add("status", "TENTATIVE" if entry.hypothetical else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    return event


def _summary(entry: Entry) -> str:
    # The title of a deadline of the text is public law; that of anything else is not told.
    words = entry.title if entry.kind == STATUTE else entry.word
    late = " (past due)" if entry.state is State.BREACHED else ""
    return (f"{entry.case}: {words}" if entry.case else words) + late


def _description(entry: Entry) -> str:
    parts = []
    if entry.hypothetical:
        parts.append("Hypothetical: the bill is not law.")
    if entry.act_by and entry.act_by != entry.due:
        parts.append(f"Act by {entry.act_by.isoformat()}, the business day before.")
    parts.append("Open the docket for the rest.")
    return " ".join(parts)
