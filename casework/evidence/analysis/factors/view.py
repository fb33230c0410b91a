"""One cluster beside its replicates, the baseline and the organisations compared. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from casework.evidence.analysis.bootstrap import Floats, interval
from casework.evidence.analysis.factors import formulas
from casework.evidence.analysis.factors.sums import Sums
from casework.evidence.analysis.sentences import known, verb, whole


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure of the cluster, of the baseline, its range, and the organisations' figures."""

    value: float | None
    baseline: float | None
    range: tuple[float, float] | None
    compared: Floats


@dataclass(frozen=True, slots=True)
class Loads:
    """Exchanges on an active day, by account; accounts with fewer than five exchanges are left out.

    `own` are the cluster's in the order of its members (NaN for those left out), `ginis` the
    coefficients of the baseline and of the organisations compared.
    """

    own: Floats
    baseline: float | None
    compared: Floats


@dataclass(frozen=True, slots=True)
class Lives:
    """The first and the last hour of each account, and of the log, from 1970-01-01 00:00 UTC."""

    first: npt.NDArray[np.int64]
    last: npt.NDArray[np.int64]
    log_first: int
    log_last: int


@dataclass(frozen=True, slots=True)
class Hours:
    """Exchanges of the cluster by hour: hour, exchanges, exchanges on the new model."""

    hour: npt.NDArray[np.int64]
    n: npt.NDArray[np.int64]
    n_new: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class View:
    """All that the measures of one cluster are computed from.

    `replicates` has a row for each draw; `draws` says how often it counts each account (a column
    for each, in the order of `loads` and `lives`); `counts` are whole numbers told by name (see
    `counts`), `rest_counts` the baseline's; `signs` are rows of the table `coordination` by name,
    `focus` the row of that table, empty without one; `present` names the columns of the log that
    hold anything.
    """

    number: int
    own: Sums
    replicates: Sums
    rest: Sums
    compared: Sums
    loads: Loads
    lives: Lives
    hours: Hours
    counts: Mapping[str, float]
    rest_counts: Mapping[str, float]
    signs: Mapping[str, Mapping[str, Any]]
    focus: Mapping[str, Any]
    draws: Floats
    present: frozenset[str]
    limits: Mapping[str, float]

    def read(self, formula: Callable[[Sums], Floats]) -> Reading:
        """The formula on the cluster, on its replicates, on the baseline and on the compared."""
        replicates = formula(self.replicates)
        value = known(float(formula(self.own)))
        return Reading(
            value,
            known(float(formula(self.rest))),
            interval(replicates, self.accounts, value),
            finite(formula(self.compared)),
        )

    def read_gini(self) -> Reading:
        """Evenness of load; each replicate counts the sorted loads as often as it drew them."""
        used = np.isfinite(self.loads.own)
        order = np.argsort(self.loads.own[used], kind="stable")
        loads = self.loads.own[used][order]
        if len(loads) < 2:  # noqa: PLR2004 - one load is even with itself
            return Reading(None, self.loads.baseline, None, self.loads.compared)
        times = self.draws[:, used][:, order]
        value = known(float(formulas.gini(loads, np.ones(len(loads)))))
        return Reading(
            value,
            self.loads.baseline,
            interval(formulas.gini(loads, times), len(loads), value),
            self.loads.compared,
        )

    @property
    def exchanges(self) -> int:
        return int(self.own["n"])

    @property
    def accounts(self) -> int:
        return int(self.own["accounts"])


def finite(figures: Floats) -> Floats:
    """The figures that are defined."""
    return figures[np.isfinite(figures)]


def _middle(figures: Sequence[float]) -> float:
    """The median of sorted figures."""
    half = len(figures) // 2
    return figures[half] if len(figures) % 2 else (figures[half - 1] + figures[half]) / 2


def twin(
    innocent: str,
    reading: Reading,
    write: Callable[[float], str],
    reaches: Callable[[float], bool] | None = None,
) -> str:
    """What else shows the same, and the same figure of the declared organisations in this log."""
    figures = np.sort(reading.compared).tolist()
    if not figures:
        return f"{innocent} The log holds no declared organisation to compare with."
    many = whole(len(figures))
    told = (
        f"The one declared organisation compared in this log: {write(figures[0])}."
        if len(figures) == 1
        else f"{many} declared organisations compared in this log: {write(figures[0])} to"
        f" {write(figures[-1])}, middle {write(_middle(figures))}."
    )
    if reaches is None:
        return f"{innocent} {told}"
    reaching = sum(1 for figure in figures if reaches(figure))
    reach = verb(max(1, reaching), "reaches", "reach")
    return (
        f"{innocent} {told} {whole(reaching) if reaching else 'None'} of {many} {reach} the"
        " threshold."
    )
