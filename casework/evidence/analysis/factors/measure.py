"""A measure, a factor, and the logic of three values by which one follows from the other. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

SHOWN, NOT_SHOWN, CANNOT = "shown", "not_shown", "cannot_be_computed"
PLACES = 9  # sums of fractions differ in their last bits from run to run; nine places do not


@dataclass(frozen=True, kw_only=True, slots=True)
class Measure:
    """One figure about a cluster.

    `value` is None when it cannot be computed, and `missing` then says for want of what. `range` is
    the 95 % bootstrap interval over accounts (for the distance to an uncertain event, the interval
    of the event). `threshold` is what the rule asks for, as text; `shown` whether the value reaches
    it (None: no rule, or no value). `decides` says whether the factor's state looks at it.
    """

    id: str
    value: float | None
    unit: str
    formula: str
    baseline: float | None = None
    range: tuple[float, float] | None = None
    threshold: str | None = None
    shown: bool | None = None
    decides: bool = False
    sentence: str
    twin: str
    missing: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return {
            "value": rounded(self.value),
            "unit": self.unit,
            "formula": self.formula,
            "baseline": rounded(self.baseline),
            "range": None if self.range is None else [rounded(end) for end in self.range],
            "threshold": self.threshold,
            "shown": bool(self.shown),
            "decides": self.decides,
            "missing": list(self.missing),
            "sentence": self.sentence,
            "twin": self.twin,
        }


@dataclass(frozen=True, slots=True)
class Factor:
    """A factor of purpose; `shown` None means it cannot be computed, for want of `missing`."""

    shown: bool | None
    measures: tuple[Measure, ...]
    missing: tuple[str, ...] = field(default=())

    @property
    def state(self) -> str:
        return CANNOT if self.shown is None else SHOWN if self.shown else NOT_SHOWN

    def as_dict(self) -> dict[str, Any]:
        return {
            "state": self.state,
            "missing": list(self.missing),
            "measures": {measure.id: measure.as_dict() for measure in self.measures},
        }


def factor(measures: Sequence[Measure], *, shown: bool | None, also: Iterable[str] = ()) -> Factor:
    """The factor with what its undecided measures miss; nothing is missing once it is decided.

    `also` is what is missing of figures told under another factor.
    """
    if shown is not None:
        return Factor(shown, tuple(measures))
    wanted = {
        word
        for measure in measures
        if measure.decides and measure.shown is None
        for word in measure.missing
    }
    return Factor(None, tuple(measures), tuple(sorted(wanted.union(also))))


def missed(measure: Measure) -> str:
    """The sentence of a measure below its threshold, said as what it is: speaking against."""
    return f"{measure.sentence} The threshold ({measure.threshold}) is not reached."


def both(*parts: bool | None) -> bool | None:
    """All of them: False as soon as one is, None while one is open."""
    return at_least(len(parts), parts)


def either(*parts: bool | None) -> bool | None:
    """Any of them: True as soon as one is, None while one is open."""
    return at_least(1, parts)


def at_least(needed: int, parts: Iterable[bool | None]) -> bool | None:
    """Whether `needed` parts hold; None when the open ones could still turn it."""
    told = list(parts)
    sure = sum(part is True for part in told)
    if sure >= needed:
        return True
    return None if sure + sum(part is None for part in told) >= needed else False


def rounded(number: float | None) -> float | int | None:
    """Rounded to PLACES; a whole number stays one, and -0.0 becomes 0."""
    if number is None or isinstance(number, int):
        return number
    return round(number, PLACES) + 0.0
