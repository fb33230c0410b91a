"""How far a measure would move had other accounts of the same kind been seen. Pure.

Accounts are drawn again with replacement: each account of a replicate counts a Poisson(1) number of
times, which for many accounts is the multinomial draw and needs no sorting. The seed is fixed and
the accounts come in the order of their own figures, so that the same log gives the same range
whatever the accounts are called. The baseline is taken as it is.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
REPLICATES = 200  # enough for the 2.5th and the 97.5th of a hundred, cheap enough for each cluster
FEWEST = 3  # accounts; the spread of two says nothing
SEED = 8283


def weights(accounts: int) -> Floats:
    """How often each account counts: REPLICATES rows, one column for each account."""
    return np.random.default_rng(SEED).poisson(1.0, (REPLICATES, accounts)).astype(np.float64)


def in_own_order(matrix: Floats) -> npt.NDArray[np.intp]:
    """The order of rows by what they hold; equal rows may change places without effect."""
    if not len(matrix):
        return np.arange(0)
    return np.lexsort(tuple(matrix[:, column] for column in range(matrix.shape[1])))


def interval(
    replicates: npt.NDArray[Any], accounts: int, value: float | None
) -> tuple[float, float] | None:
    """The middle 95 % of the replicates; None with too few accounts or where half are undefined.

    Near the end of a scale replicates lie to one side of the figure: the range then ends with it.
    """
    usable = np.sort(replicates[np.isfinite(replicates)])
    if value is None or accounts < FEWEST or usable.size * 2 < replicates.size:
        return None
    left_out = int(usable.size * 0.025)
    return min(float(usable[left_out]), value), max(float(usable[-1 - left_out]), value)
