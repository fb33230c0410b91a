"""How long before each event of a rival's the cluster began and ended, and what of it could serve.

Context only. An uncertain event gives an interval; its confidence and source are told.
"""

from __future__ import annotations

from casework.evidence.analysis.factors.measure import Measure
from casework.evidence.analysis.factors.view import View
from casework.evidence.analysis.factors.windows import RUN_UP_FROM, RUN_UP_TO
from casework.evidence.analysis.markers import Markers, RivalEvent
from casework.evidence.analysis.sentences import (
    capital,
    count,
    decimal,
    hours_since_epoch,
    moment,
    percent,
)

_CHANCE = "Models come out every month: nearness in time may be chance."
# Exchanges of the last week before a release come too late for what is released.
_LEFT = {"training": 0, "preview": RUN_UP_TO, "release": RUN_UP_TO}
_KINDS = {
    "training": "training of {model}",
    "preview": "preview of {model}",
    "release": "release of {model}",
}


def leads(view: View, markers: Markers) -> tuple[Measure, ...]:
    """Three measures for each event, numbered from the second event on."""
    return tuple(
        measure
        for number, rival in enumerate(markers.rivals, start=1)
        for measure in _of_event(view, rival, "" if number == 1 else f"_{number}")
    )


def leads_against(view: View, markers: Markers) -> list[str]:
    """What came too late for an event, or all but too late."""
    told: list[str] = []
    for rival in markers.rivals:
        usable = _usable(view, rival)[1]
        begun = _days_to(rival, int(view.hours.hour[0]))[1]
        name = _name(rival)
        if usable == 0:
            told.append(f"None of the cluster's exchanges came in time to serve the {name}.")
        elif usable < 0.5:  # noqa: PLR2004 - less than half of them
            told.append(
                f"Only {percent(usable)} of the exchanges came in time to serve the {name}."
            )
        elif rival.kind == "release" and begun < RUN_UP_FROM / 24:
            told.append(
                f"The cluster began {count(begun, 'days')} before the {name}: a short time in which"
                " to gather material, train on it and release."
            )
    return told


def _of_event(view: View, rival: RivalEvent, suffix: str) -> tuple[Measure, ...]:
    low, high = _usable(view, rival)
    return (
        _lead(view, rival, f"first_before{suffix}", int(view.hours.hour[0]), "began"),
        _lead(view, rival, f"last_before{suffix}", int(view.hours.hour[-1]), "ended"),
        Measure(
            id=f"in_time{suffix}",
            value=low,
            unit="share of exchanges",
            formula="exchanges before the start of the event (before a release or preview: 7 days"
            " earlier) / exchanges",
            range=None if rival.starts == rival.ends else (low, high),
            sentence=f"{percent(low)} of the exchanges came before the {_name(rival)}"
            f"{_margin(rival)}{_told(rival)}.",
            twin=_CHANCE,
        ),
    )


def _lead(view: View, rival: RivalEvent, id: str, hour: int, what: str) -> Measure:  # noqa: A002
    low, high = _days_to(rival, hour)
    when = "before" if low >= 0 else "after"
    return Measure(
        id=id,
        value=low,
        unit="days",
        formula=f"start of the event - hour in which the cluster {what}; negative is after it",
        range=None if rival.starts == rival.ends else (low, high),
        sentence=f"The cluster {what} {decimal(abs(low), 1)} days {when} the {_name(rival)}"
        f"{_told(rival)}.",
        twin=_CHANCE,
    )


def _days_to(rival: RivalEvent, hour: int) -> tuple[float, float]:
    """Days from an hour to the start and to the end of the event."""
    return (
        (hours_since_epoch(rival.starts) - hour) / 24,
        (hours_since_epoch(rival.ends) - hour) / 24,
    )


def _usable(view: View, rival: RivalEvent) -> tuple[float, float]:
    """Share of exchanges in time, if the event was as early as it may be, and as late."""
    margin = _LEFT[rival.kind]
    total = max(1, int(view.hours.n.sum()))
    early, late = (
        int(view.hours.n[view.hours.hour < hours_since_epoch(at) - margin].sum()) / total
        for at in (rival.starts, rival.ends)
    )
    return early, late


def _name(rival: RivalEvent) -> str:
    named = _KINDS[rival.kind].format(model=rival.model)
    if rival.starts == rival.ends:
        return f"{named} ({moment(rival.starts)})"
    return f"{named} (between {moment(rival.starts)} and {moment(rival.ends)})"


def _margin(rival: RivalEvent) -> str:
    return " by 7 days or more" if _LEFT[rival.kind] else ""


def _told(rival: RivalEvent) -> str:
    """Confidence and source of the event, where they are given."""
    parts = [f"confidence {rival.confidence}" if rival.confidence else "", rival.source]
    given = "; ".join(part for part in parts if part)
    return f" [{capital(given)}]" if given else ""
