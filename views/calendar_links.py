"""Where an entry of the calendar leads, and the words for where it stands."""

from __future__ import annotations

from flask import current_app, url_for

from casework.calendar.facts import KINDS, STATUTE, Entry, State
from casework.calendar.forecast import Outlook

# Word, shape and tone of a status, as components/status.html draws it.
STATES = {
    State.UNDATED: ("No date", "dash", "plain"),
    State.RUNNING: ("Running", "play", "info"),
    State.PAUSED: ("Put off", "clock", "plain"),
    State.MET: ("Done in time", "check", "good"),
    State.LATE: ("Done late", "alert", "caution"),
    State.BREACHED: ("Past due", "alert", "bad"),
    State.ENDED: ("Ended", "minus", "plain"),
    State.PERIOD: ("Period", "ring", "plain"),
}
OUTLOOKS = {
    Outlook.ON_TRACK: ("On track", "check", "good"),
    Outlook.AT_RISK: ("At risk", "alert", "caution"),
    Outlook.WILL_BE_MISSED: ("Will be missed", "cross", "bad"),
    Outlook.UNKNOWN: ("Cannot be told", "question", "plain"),
}


def href_of(entry: Entry) -> str:
    """The page on which somebody acts on it; where there is none, the clocks of the case."""
    if entry.kind == STATUTE and not entry.case:
        return url_for("statute.clocks", text_version=entry.text_version)
    page = KINDS[entry.kind].page
    endpoint = page if page in current_app.view_functions else "case_clocks.index"
    return url_for(endpoint, case_ref=entry.case)
