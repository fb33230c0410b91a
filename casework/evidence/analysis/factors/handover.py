"""Whether accounts begin where others end, more often than life lines shuffled by days would. Pure.

A hand-over is an account whose first hour lies within 24 hours after the last hour of another of
the cluster. Held against it: the same lives, each of its own length and hour of the day, their days
of beginning dealt out anew.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from casework.evidence.analysis.bootstrap import SEED
from casework.evidence.analysis.factors.view import Lives

Ints = npt.NDArray[np.int64]
WITHIN = 24  # hours
SHUFFLES = 100
FEWEST = 5  # hand-overs; fewer may be chance whatever the shuffles say


@dataclass(frozen=True, slots=True)
class HandOver:
    """Accounts that began after the log's first day, and how many did so at a hand-over.

    `by_chance` is the mean of the shuffles, `most_by_chance` the 95th of a hundred.
    """

    began: int
    taken: int
    by_chance: float
    most_by_chance: float

    @property
    def shown(self) -> bool:
        return self.taken >= FEWEST and self.taken > self.most_by_chance


def hand_over(lives: Lives) -> HandOver | None:
    """None when no account began after the log's first day, or none ended before its last."""
    first, last = lives.first[np.newaxis], lives.last[np.newaxis]
    ended = ((last > first) & (last < lives.log_last - WITHIN)).any()
    began = int((first >= lives.log_first + WITHIN).sum())
    if not began or not ended:
        return None
    taken = int(_taken(first, last, lives)[0])
    days = np.tile(lives.first // 24, (SHUFFLES, 1))
    shuffled = np.random.default_rng(SEED).permuted(days, axis=1) * 24 + lives.first % 24
    by_chance = np.sort(_taken(shuffled, shuffled + lives.last - lives.first, lives))
    most = float(by_chance[int(SHUFFLES * 0.95)])
    return HandOver(began, taken, float(by_chance.mean()), most)


def _taken(first: Ints, last: Ints, lives: Lives) -> Ints:
    """Hand-overs of each row of life lines; the rows are laid end to end and searched at once."""
    rows = np.broadcast_to(np.arange(len(first))[:, np.newaxis], first.shape)
    apart = rows * (int(last.max()) + 2 * WITHIN)
    begins = first >= lives.log_first + WITHIN
    starts = (first + apart)[begins]
    ends = np.sort((last + apart)[(last > first) & (last < lives.log_last - WITHIN)])
    reach = np.searchsorted(ends, starts, side="right")
    held = reach - np.searchsorted(ends, starts - WITHIN, side="left") > 0
    return np.bincount(rows[begins][held], minlength=len(first))
