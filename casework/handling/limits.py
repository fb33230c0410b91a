"""Who may have an item under its limited dissemination controls, as sets that can be joined. Pure.

The controls are those of the CUI registry (32 CFR 2002.16). Joining two items keeps only the
readers that both allow, so the join is idempotent, commutative, associative and never wider.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

NOFORN, FED_ONLY, FEDCON, NOCON = "NOFORN", "FED ONLY", "FEDCON", "NOCON"
DL_ONLY, REL_TO, DISPLAY_ONLY = "DL ONLY", "REL TO", "DISPLAY ONLY"
COUNSEL: Final = frozenset({"AC", "AWP"})
CONTROLS: Final = (NOFORN, FED_ONLY, FEDCON, NOCON, DL_ONLY, REL_TO, DISPLAY_ONLY, *sorted(COUNSEL))
HOME: Final = "US"

EMPLOYEE, CONTRACTOR, OUTSIDE = "federal_employee", "federal_contractor", "outside"
AFFILIATIONS: Final = {
    EMPLOYEE: "Federal employee",
    CONTRACTOR: "Contractor of the government",
    OUTSIDE: "Neither: an owner of models, a partner",
}
_EVERYBODY: Final = frozenset(AFFILIATIONS)
_STAFFED: Final = {
    FED_ONLY: frozenset({EMPLOYEE}),
    FEDCON: frozenset({EMPLOYEE, CONTRACTOR}),
    NOCON: frozenset({EMPLOYEE, OUTSIDE}),
}


@dataclass(frozen=True, slots=True)
class Limits:
    """`affiliations` and `countries` (ISO 3166-1 alpha-2; None is all) are those who may see it.

    `kept` means it is shown and never handed over, `listed` that a list of persons names its
    readers, `counsel` which privileges of counsel it carries.
    """

    affiliations: frozenset[str] = _EVERYBODY
    countries: frozenset[str] | None = None
    kept: bool = False
    listed: bool = False
    counsel: frozenset[str] = frozenset()

    def __or__(self, other: Limits) -> Limits:
        return Limits(
            self.affiliations & other.affiliations,
            _both(self.countries, other.countries),
            self.kept or other.kept,
            self.listed or other.listed,
            self.counsel | other.counsel,
        )


def _both(left: frozenset[str] | None, right: frozenset[str] | None) -> frozenset[str] | None:
    if left is None or right is None:
        return left if right is None else right
    return left & right


def limits_of(controls: Iterable[str], countries: Iterable[str] = ()) -> Limits:
    """The limits that the controls of one item set. A control that is not known shuts out all but
    listed readers: what cannot be read is not opened.
    """
    found = Limits()
    for control in controls:
        found |= _limit(control, frozenset({HOME, *countries}))
    return found


def _limit(control: str, abroad: frozenset[str]) -> Limits:
    if control in _STAFFED:
        return Limits(affiliations=_STAFFED[control])
    if control == NOFORN:
        return Limits(countries=frozenset({HOME}))
    if control in {REL_TO, DISPLAY_ONLY}:
        return Limits(countries=abroad, kept=control == DISPLAY_ONLY)
    if control in COUNSEL:
        return Limits(counsel=frozenset({control}))
    return Limits(listed=True)


def controls_of(limits: Limits) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The controls that say the limits, in the order of the alphabet, and the countries that go
    with them, the home country first.
    """
    words = [word for word, allowed in _STAFFED.items() if allowed == limits.affiliations]
    words += sorted(limits.counsel) + [DL_ONLY] * limits.listed
    countries = limits.countries
    if limits.kept:
        words.append(DISPLAY_ONLY)
    elif countries is not None:
        words.append(NOFORN if countries <= {HOME} else REL_TO)
    named = countries_in_order(countries or ()) if {DISPLAY_ONLY, REL_TO} & set(words) else ()
    return tuple(sorted(words)), named


def countries_in_order(codes: Iterable[str]) -> tuple[str, ...]:
    """The home country first, the others by code, each once."""
    return (HOME, *sorted(set(codes) - {HOME}))


def contradiction(controls: Sequence[str], countries: Sequence[str], *, listed: int) -> str:
    """Why these controls do not go together, as a sentence; empty where they do.

    `listed` counts the persons on the list of the item.
    """
    chosen = set(controls)
    if strange := sorted(chosen - set(CONTROLS)):
        return f"There is no dissemination control “{strange[0]}”."
    for left, right, why in _REFUSED:
        if {left, right} <= chosen:
            return why
    abroad = set(countries) - {HOME}
    if chosen & {REL_TO, DISPLAY_ONLY} and not abroad:
        word = REL_TO if REL_TO in chosen else DISPLAY_ONLY
        return f"{word} names the countries: add at least one besides the United States."
    if abroad and not chosen & {REL_TO, DISPLAY_ONLY}:
        return "Countries go with REL TO or DISPLAY ONLY only. Choose one, or remove them."
    if DL_ONLY in chosen and not listed:
        return "DL ONLY needs a list: put at least one person on the list first."
    return ""


_REFUSED: Final = (
    (NOFORN, REL_TO, "NOFORN keeps it from every other country, REL TO opens it: choose one."),
    (NOFORN, DISPLAY_ONLY, "NOFORN keeps it from every other country: DISPLAY ONLY shows it."),
    (REL_TO, DISPLAY_ONLY, "REL TO hands it over and DISPLAY ONLY does not: choose one."),
    (FED_ONLY, FEDCON, "FED ONLY shuts contractors out and FEDCON lets them in: choose one."),
    (FED_ONLY, NOCON, "FED ONLY shuts contractors out already: leave NOCON away."),
    (FEDCON, NOCON, "FEDCON lets contractors in and NOCON shuts them out: choose one."),
)
