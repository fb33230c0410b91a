"""Rows of a pack that tell time: recorded events and the clocks that start from them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """Something that happens on a day, local to Washington, and may start a clock."""

    id: str
    title: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """One way to count a clock from the event `starts`.

    A deadline adds `business_days`, `days` and `months`, in that order. A `span` is a window
    of `years_back` years instead: `rolling` ends on the event, `calendar` covers whole
    calendar years before it. `default` marks the reading that the application relies on.
    """

    words: str
    starts: str
    business_days: int = 0
    days: int = 0
    months: int = 0
    span: str = ""
    years_back: int = 0
    default: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Clock:
    """A period with its provision; `yields_to` names the clock that prevails when earlier."""

    id: str
    title: str
    lead: str
    citation: str
    authority: str
    readings: tuple[Reading, ...]
    yields_to: str = ""
