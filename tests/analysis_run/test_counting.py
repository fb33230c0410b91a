from __future__ import annotations

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from casework.evidence.analysis.reduction_counting import Tally, accounts_of, pack, values_of

rows = st.lists(st.tuples(st.integers(0, 5), st.sampled_from([0, 1, 2, 3, 2**32 - 1])), max_size=40)


def packed(pairs: list[tuple[int, int]]) -> np.ndarray:
    accounts = np.array([pair[0] for pair in pairs], np.int32)
    return pack(accounts, np.array([pair[1] for pair in pairs], np.int64))


@given(st.lists(rows, max_size=5), st.integers(1, 30), st.booleans())
def test_every_row_is_counted_once_however_the_work_is_parted(
    stretches: list[list[tuple[int, int]]], most: int, more: bool
) -> None:
    several = more or len(stretches) > 1
    with TemporaryDirectory() as folder:
        tally = Tally(Path(folder), "t", most, several)
        for stretch in stretches:
            tally.add(packed(stretch))
        found = [
            (int(account), int(value), int(n))
            for keys, counts in tally.pieces()
            for account, value, n in zip(accounts_of(keys), values_of(keys), counts, strict=True)
        ]

    expected = Counter(pair for stretch in stretches for pair in stretch)
    assert found == [(*pair, n) for pair, n in sorted(expected.items())]


@given(rows)
def test_keys_that_differ_in_the_lowest_bit_alone_stay_in_one_piece(
    pairs: list[tuple[int, int]],
) -> None:
    with TemporaryDirectory() as folder:
        tally = Tally(Path(folder), "t", 1, several=True)
        tally.add(packed(pairs))
        halves = [set((keys >> 1).tolist()) for keys, _ in tally.pieces()]

    assert sum(map(len, halves)) == len(set().union(*halves))
