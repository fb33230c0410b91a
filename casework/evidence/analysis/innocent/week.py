"""When a cluster works: office hours in the zone that suits best, hours of the day, days. Pure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from casework.evidence.analysis.factors.view import Hours

Ints = npt.NDArray[np.int64]
OFFICE = range(8, 18)  # ten hours of a working day
ZONES = range(-12, 15)  # whole hours from UTC
WORKING_DAYS = 5
_EPOCH_DAY = 3  # 1970-01-01 was a Thursday; Monday is 0
_AT_WORK = np.array([day * 24 + hour for day in range(WORKING_DAYS) for hour in OFFICE])


@dataclass(frozen=True, slots=True)
class Office:
    """The zone (hours from UTC) in which most exchanges fall into office hours, and how many.

    `weekend` is the mean of a Saturday or Sunday over the sum of that and the mean of another day:
    level traffic gives 0.5. None when the cluster was active for less than a week.
    """

    zone: int
    share: float
    weekend: float | None

    @property
    def zone_name(self) -> str:
        return f"UTC{self.zone:+d}" if self.zone else "UTC"


def office(hours: Hours) -> Office:
    """Read in the zone that suits an office best: the explanation is given its best chance."""
    week = np.bincount((hours.hour + _EPOCH_DAY * 24) % 168, weights=hours.n, minlength=168)
    # A zone ahead of UTC sees its Monday begin so many hours earlier: the week is turned back.
    shares = {zone: float(np.roll(week, zone)[_AT_WORK].sum() / week.sum()) for zone in ZONES}
    zone = max(shares, key=lambda z: (shares[z], -abs(z), z))
    return Office(zone, shares[zone], _weekend(hours, zone))


def busiest_stretch(hours: Hours, length: int) -> tuple[int, float]:
    """The `length` hours of the day (UTC, around midnight too) that hold most: first, share."""
    of_day = np.bincount(hours.hour % 24, weights=hours.n, minlength=24)
    around = np.concatenate([of_day, of_day[: length - 1]])
    sums = np.convolve(around, np.ones(length), mode="valid")
    first = int(np.argmax(sums))
    return first, float(sums[first] / of_day.sum())


def busiest_days(hours: Hours, days: int) -> float:
    """Share of the exchanges on the busiest days (UTC)."""
    by_day = np.sort(_by_day(hours.hour // 24, hours.n))
    return float(by_day[-days:].sum() / by_day.sum())


def days_spanned(hours: Hours) -> int:
    """Days from the first exchange to the last, both counted."""
    return int(hours.hour[-1] // 24 - hours.hour[0] // 24 + 1)


def share_between(hours: Hours, first: float, last: float) -> float:
    """Share of the exchanges in the hours from `first` on and before `last`."""
    inside = (hours.hour >= first) & (hours.hour < last)
    return float(hours.n[inside].sum() / hours.n.sum())


def _weekend(hours: Hours, zone: int) -> float | None:
    day = (hours.hour + zone) // 24
    span = np.arange(day.min(), day.max() + 1)
    free = (span + _EPOCH_DAY) % 7 >= WORKING_DAYS
    if len(span) < 7:  # noqa: PLR2004 - a week
        return None
    resting = (day + _EPOCH_DAY) % 7 >= WORKING_DAYS
    at_rest = hours.n[resting].sum() / free.sum()
    at_work = hours.n[~resting].sum() / (~free).sum()
    return float(at_rest / (at_rest + at_work))


def _by_day(day: Ints, n: Ints) -> npt.NDArray[np.float64]:
    return np.bincount(day - day.min(), weights=n).astype(np.float64)
