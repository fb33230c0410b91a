"""The hours around the dated events in which exchanges are counted. Pure.

Hours are counted from 1970-01-01 00:00 UTC; a window holds its first hour and not its last.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from casework.evidence.analysis.markers import Markers
from casework.evidence.analysis.sentences import hours_since_epoch

DAY = 24
# The run-up to a rival's release: material gathered in the last week comes too late for its
# training, and four weeks before it is what the run-up is held against.
RUN_UP_FROM, RUN_UP_TO = 28 * DAY, 7 * DAY


@dataclass(frozen=True, slots=True)
class Windows:
    """Hours from which the windows are counted; None without a marker.

    `release`: the first full hour after the owner's release. `rival`: the hour of the rival's.
    """

    release: int | None
    rival: int | None

    @property
    def run_up(self) -> tuple[int, int] | None:
        if self.rival is None:
            return None
        return self.rival - RUN_UP_FROM, self.rival - RUN_UP_TO

    def columns(self) -> Iterator[tuple[str, str, tuple[int, int]]]:
        """Name of a sum, the column of `r_hour` it adds up, and its window."""
        if self.release is not None:
            for hours in (24, 72):
                span = (self.release, self.release + hours)
                yield f"n{hours}", "n", span
                yield f"new{hours}", "n_new", span
        if self.run_up is not None:
            yield "before", "n", (0, self.run_up[0])
            yield "ahead", "n", self.run_up


def windows_of(markers: Markers) -> Windows:
    release, rival = markers.release, markers.rival_release
    return Windows(
        None if release is None else math.ceil(hours_since_epoch(release.at)),
        None if rival is None else math.floor(hours_since_epoch(rival.starts)),
    )
