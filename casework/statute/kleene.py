"""Strong three-valued logic after Kleene: an unknown part decides nothing by itself."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Truth(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    INSUFFICIENT = "insufficient"


_OPPOSITE = {
    Truth.MET: Truth.NOT_MET,
    Truth.NOT_MET: Truth.MET,
    Truth.INSUFFICIENT: Truth.INSUFFICIENT,
}


def opposite(value: Truth) -> Truth:
    return _OPPOSITE[value]


def all_of(values: Iterable[Truth]) -> Truth:
    """Not met as soon as one value is; met only when every value is, so met of none."""
    answer = Truth.MET
    for value in values:
        if value is Truth.NOT_MET:
            return value
        if value is Truth.INSUFFICIENT:
            answer = value
    return answer


def any_of(values: Iterable[Truth]) -> Truth:
    """Met as soon as one value is; not met only when no value can be, so not met of none."""
    return opposite(all_of(opposite(value) for value in values))


def truth(*, known: bool) -> Truth:
    return Truth.MET if known else Truth.NOT_MET
