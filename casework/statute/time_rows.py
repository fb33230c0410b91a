"""Rows of a pack that tell time: recorded events and the clocks that start from them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """Something that happens on a day, local to Washington, and may start a clock.

    An event `of_case` happens in each case anew and is never recorded for the Act as a whole.
    """

    id: str
    title: str
    of_case: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """One way to count a clock from the event `starts`.

    A deadline adds `business_days`, `days` and `months`, in that order. A `span` is a window
    of `years_back` years instead: `rolling` ends on the event, `calendar` covers whole
    calendar years before it. `default` marks the reading that the application relies on.
    `use` names what the application asks this very reading for, where a clock has several.
    """

    words: str
    starts: str
    business_days: int = 0
    days: int = 0
    months: int = 0
    span: str = ""
    years_back: int = 0
    default: bool = False
    use: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Clock:
    """A period with its provision; `yields_to` names the clock that prevails when earlier.

    `use` is the word by which the application asks for it (see `uses.py`). `pauses` names the
    events that stop the count until they end; nothing else does. A clock `of_case` times a step
    of one case by our own policy and is no clock of the Act. `was` is the id of an earlier text.
    """

    id: str
    title: str
    lead: str
    citation: str
    authority: str
    readings: tuple[Reading, ...]
    yields_to: str = ""
    use: str = ""
    pauses: tuple[str, ...] = ()
    of_case: bool = False
    was: str = ""

    @property
    def main(self) -> Reading:
        """The reading that the application relies on, the first where there are several."""
        return next(each for each in self.readings if each.default)
