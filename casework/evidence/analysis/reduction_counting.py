"""Counting equal keys by sorting them, within a bound on memory.

A key packs an account's number (upper half) and what is counted (lower half) into 64 bits. Sorting
such keys costs a fraction of a hash table of the same size.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]
Counted = tuple[Numbers, Numbers]

_LOWER_BITS: Final = 32
_LOWER: Final = (1 << _LOWER_BITS) - 1
# A cut between two keys never parts those that differ in the lowest bit alone (see the hours).
_EVEN: Final = ~1
# Counts are kept beside the keys of a stretch when there are fewer than this share of its rows;
# sorting everything again is cheaper otherwise.
_WORTH_COUNTING: Final = 0.5
_SAMPLE: Final = 1000


def pack(accounts: Codes, values: npt.NDArray[np.integer]) -> Numbers:
    """Keys of rows; values lie between 0 and 2^32 - 1."""
    keys = accounts.astype(np.int64)
    keys <<= _LOWER_BITS
    keys |= values
    return keys


def accounts_of(keys: Numbers) -> Numbers:
    return keys >> _LOWER_BITS


def values_of(keys: Numbers) -> Numbers:
    return keys & _LOWER


def starts_of(keys: Numbers) -> Numbers:
    """Where each run of equal keys begins; the keys are sorted."""
    begins = np.ones(len(keys), np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=begins[1:])
    return np.flatnonzero(begins)


def sums_of(weights: Numbers, starts: Numbers) -> Numbers:
    """The sum of the weights of each run."""
    return np.add.reduceat(weights, starts) if len(starts) else np.empty(0, np.int64)


@dataclass(frozen=True, slots=True)
class Part:
    """Keys of one stretch in order: different ones with `counts`, or all of them without."""

    keys: Path
    counts: Path | None
    size: int

    def cut(self, after: int | None, before: int | None) -> tuple[Numbers, Numbers | None]:
        """The keys from `after` on that lie below `before`, with their counts."""
        mapped = np.memmap(self.keys, np.int64, "r", shape=(self.size,))
        first = 0 if after is None else int(np.searchsorted(mapped, after))
        last = self.size if before is None else int(np.searchsorted(mapped, before))
        keys = _read(self.keys, first, last)
        return keys, None if self.counts is None else _read(self.counts, first, last)


@dataclass
class Tally:
    """Counts of one kind over all stretches of a log.

    Those of one stretch stay in memory. Those of several lie in `folder`, sorted, and are merged
    a range of keys at a time, about `most` keys together.
    """

    folder: Path
    name: str
    most: int
    several: bool
    held: Counted | None = None
    parts: list[Part] = field(default_factory=list)
    sample: list[Numbers] = field(default_factory=list)

    def add(self, keys: Numbers) -> None:
        """Count the keys of one stretch; they are sorted in place."""
        if not len(keys):
            return
        keys.sort()
        starts = starts_of(keys)
        if not self.several:
            self.held = keys[starts], np.diff(starts, append=len(keys))
        elif len(starts) > _WORTH_COUNTING * len(keys):
            self._keep(keys, None)
        else:
            self._keep(keys[starts], np.diff(starts, append=len(keys)))

    def pieces(self) -> Iterator[Counted]:
        """The sums, key by key in order; no key is in two pieces."""
        if self.held is not None:
            yield self.held
        elif self.parts:
            cuts = self._cuts()
            for after, before in zip([None, *cuts], [*cuts, None], strict=True):
                yield _merged([part.cut(after, before) for part in self.parts])

    def _keep(self, keys: Numbers, counts: Numbers | None) -> None:
        number = len(self.parts)
        path = self.folder / f"{self.name}-{number}-keys"
        beside = None if counts is None else self.folder / f"{self.name}-{number}-counts"
        keys.tofile(path)
        if counts is not None and beside is not None:
            counts.tofile(beside)
        self.parts.append(Part(path, beside, len(keys)))
        self.sample.append(keys[:: max(1, len(keys) // _SAMPLE)].copy())

    def _cuts(self) -> list[int]:
        """Keys at which to part the work, from a sample of the stretches."""
        sample = np.sort(np.concatenate(self.sample))
        wanted = sum(part.size for part in self.parts) // self.most + 1
        places = np.linspace(0, len(sample), wanted + 1)[1:-1].astype(np.int64)
        return sorted({int(key) & _EVEN for key in sample[places]})


def _read(path: Path, first: int, last: int) -> Numbers:
    return np.fromfile(path, np.int64, last - first, offset=first * np.int64().itemsize)


def _merged(parts: list[tuple[Numbers, Numbers | None]]) -> Counted:
    keys = np.concatenate([part[0] for part in parts])
    if all(counts is None for _, counts in parts):
        keys.sort()
        starts = starts_of(keys)
        return keys[starts], np.diff(starts, append=len(keys))
    weights = np.concatenate([np.ones(len(k), np.int64) if n is None else n for k, n in parts])
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    starts = starts_of(keys)
    return keys[starts], sums_of(weights[order], starts)
