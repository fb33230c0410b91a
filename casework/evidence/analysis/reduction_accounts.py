"""The accounts of a log: their numbers, and their sums."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from casework.evidence.analysis.reduction_columns import (
    NOTHING,
    Codes,
    Dictionary,
    Numbers,
    Stretch,
    needed,
    whole_numbers,
)
from casework.evidence.analysis.reduction_counting import starts_of

_LATEST = np.iinfo(np.int32).max
# Sums go through 64-bit floats, which are exact for whole numbers below this.
_EXACT = 1 << 53


class Accounts:
    """Accounts by the number they got when they were first read.

    `numbers()` leads from there to their place in byte order among the accounts that have rows.
    """

    def __init__(self) -> None:
        self.dictionary = Dictionary(pa.string(), _LATEST)
        self.sums = {name: np.zeros(0, np.int64) for name in ("n", "out_tok", "in_tok")}

    def read(self, stretch: Stretch) -> Codes:
        """The account of each row."""
        codes = self.dictionary.codes(needed(stretch, "account_id"))
        if len(codes) and codes.min() == NOTHING:
            raise RuntimeError("A row that was accepted has no account_id.")
        self._add("n", codes, None)
        self._add("out_tok", codes, whole_numbers(needed(stretch, "output_tokens")))
        self._add("in_tok", codes, whole_numbers(needed(stretch, "input_tokens")))
        return codes

    def _add(self, name: str, codes: Codes, weights: Numbers | None) -> None:
        size = len(self.dictionary.values)
        found = np.bincount(codes, weights, minlength=size)
        if found.max(initial=0) >= _EXACT:
            raise RuntimeError(f"The sum {name} of an account is too large to be exact.")
        sums = found.astype(np.int64)
        sums[: len(self.sums[name])] += self.sums[name]
        self.sums[name] = sums

    def numbers(self) -> npt.NDArray[np.int32]:
        """For each code the account's number `a`; NOTHING where no row is left."""
        used = np.flatnonzero(self.sums["n"])
        order = pc.sort_indices(self.dictionary.values.take(pa.array(used))).to_numpy()
        numbers = np.full(len(self.dictionary.values), NOTHING, np.int32)
        numbers[used[order]] = np.arange(len(used), dtype=np.int32)
        return numbers

    def table(self, first: Codes, last: Codes) -> pa.Table:
        """Rows of the table `account`; first and last hour are given by code."""
        numbers = self.numbers()
        used = np.flatnonzero(numbers != NOTHING)
        return pa.table(
            {
                "a": numbers[used],
                "account_id": self.dictionary.values.take(pa.array(used)),
                **{name: sums[used] for name, sums in self.sums.items()},
                "first_h": first[used],
                "last_h": last[used],
            }
        )


class Spans:
    """The first and last hour of each account, from keys in order."""

    def __init__(self, accounts: int) -> None:
        self.first = np.full(accounts, _LATEST, np.int32)
        self.last = np.full(accounts, -_LATEST, np.int32)

    def add(self, accounts: Numbers, hours: Numbers) -> None:
        """Rows sorted by account, then hour."""
        starts = starts_of(accounts)
        ends = np.append(starts[1:], len(accounts)) - 1
        owners = accounts[starts]
        self.first[owners] = np.minimum(self.first[owners], hours[starts])
        self.last[owners] = np.maximum(self.last[owners], hours[ends])
