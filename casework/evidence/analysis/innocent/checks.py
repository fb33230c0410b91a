"""How an explanation is tested: every check it rests on must hold. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from casework.evidence.analysis.factors.measure import both, either, rounded
from casework.evidence.analysis.sentences import capital

MOSTLY, NEARLY_ALL = 0.5, 0.8
FITS, DOES_NOT_FIT, CANNOT_BE_TESTED = "fits", "does_not_fit", "cannot_be_tested"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing the explanation would lead one to see.

    `says` is a clause with the figure and what would fit, without a full stop; for a check that is
    open (`holds` None) it says what the log lacks. `figures` are by name.
    """

    says: str
    holds: bool | None
    figures: dict[str, float | None]


@dataclass(frozen=True, slots=True)
class Explanation:
    """An explanation and how it fared."""

    id: str
    title: str
    checks: tuple[Check, ...]

    @property
    def fits(self) -> str:
        told = both(*(check.holds for check in self.checks))
        return CANNOT_BE_TESTED if told is None else FITS if told else DOES_NOT_FIT

    @property
    def because(self) -> str:
        """The checks that settled it: those that failed, else those that are open, else all."""
        wanted = {DOES_NOT_FIT: False, CANNOT_BE_TESTED: None, FITS: True}[self.fits]
        clauses = dict.fromkeys(check.says for check in self.checks if check.holds is wanted)
        return capital("; ".join(clauses)) + "."

    def as_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "title": self.title,
            "tested": self.fits != CANNOT_BE_TESTED,
            "fits": self.fits,
            "because": self.because,
            "figures": {
                name: rounded(value)
                for check in self.checks
                for name, value in check.figures.items()
            },
        }


def at_least(name: str, value: float | None, bound: float, says: str, lacking: str) -> Check:
    """Holds from `bound` on; open without a value."""
    return _bounded(name, value, None if value is None else value >= bound, says, lacking)


def at_most(name: str, value: float | None, bound: float, says: str, lacking: str) -> Check:
    """Holds up to `bound`; open without a value."""
    return _bounded(name, value, None if value is None else value <= bound, says, lacking)


def any_of(checks: Sequence[Check]) -> Check:
    """Holds when one of the checks does."""
    holds = either(*(check.holds for check in checks))
    told = [check for check in checks if check.holds is holds]
    figures = {name: value for check in checks for name, value in check.figures.items()}
    return Check(" and ".join(check.says for check in told), holds, figures)


def _bounded(
    name: str,
    value: float | None,
    holds: bool | None,  # noqa: FBT001 - one of three values, never a switch
    says: str,
    lacking: str,
) -> Check:
    return Check(says if value is not None else lacking, holds, {name: value})
