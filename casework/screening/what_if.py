"""Shares supposed, not recorded: what the rules would say, which share settles a doubt. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from casework.screening.ownership import ALL, UNRESOLVED, Result, Stake, cascade
from casework.screening.ownership_rules import THRESHOLD, Rule, Seed
from casework.screening.shares import percent

UNKNOWN, NONE = "unknown", "none"
NOTHING = Decimal(0)
_BAND = re.compile(r"(?P<low>[^-–]+)[-–](?P<high>[^-–]+)")


@dataclass(frozen=True, slots=True)
class Change:
    """A direct share in percent, supposed in place of all that is on record for the pair. `most`
    of zero means that the owner holds nothing.
    """

    owner: str
    owned: str
    least: Decimal
    most: Decimal


@dataclass(frozen=True, slots=True)
class Difference:
    """What one rule says of an entity on record and under the supposition; None: nothing asked."""

    name: str
    before: Result | None
    after: Result | None


@dataclass(frozen=True, slots=True)
class Settling:
    """An open share and where it decides, whatever the other open shares are: from `caught_from`
    percent on the entity is caught, below `clear_below` it is not. None: it does not decide so.
    """

    owner: str
    owned: str
    caught_from: Decimal | None
    clear_below: Decimal | None


def read_share(text: str) -> tuple[Decimal, Decimal]:
    """Least and most of `51`, `25-50`, `unknown` or `none`; ValueError says how to write it."""
    plain = text.strip().lower()
    if plain in {UNKNOWN, NONE}:
        return NOTHING, ALL if plain == UNKNOWN else NOTHING
    band = _BAND.fullmatch(plain)
    least, most = (band["low"], band["high"]) if band else (plain, plain)
    try:
        low, high = percent(least), percent(most)
    except ValueError:
        raise ValueError(
            "Write a share from 0 to 100 with at most six decimal places (33.3), a range (25-50),"
            " or one of the words unknown and none."
        ) from None
    if high < low:
        raise ValueError("The lower end of the range is above its upper end.")
    return low, high


def write_share(least: Decimal, most: Decimal) -> str:
    """The text that `read_share` reads."""
    if (least, most) == (NOTHING, ALL):
        return UNKNOWN
    if not most:
        return NONE
    return f"{least:f}" if least == most else f"{least:f}-{most:f}"


def supposed(stakes: Iterable[Stake], changes: Iterable[Change]) -> list[Stake]:
    """The stakes with each changed pair replaced, whatever its dates; of two changes of one pair
    the later counts. Influence without a share stays.
    """
    last = {(row.owner, row.owned): row for row in changes}
    kept = [row for row in stakes if row.control or (row.owner, row.owned) not in last]
    added = [Stake(row.owner, row.owned, row.least, row.most) for row in last.values() if row.most]
    return kept + added


def oversubscribed(live: Iterable[Stake]) -> dict[str, Decimal]:
    """What is owned to more than 100 percent even by the least that each stake in force may be."""
    total: dict[str, Decimal] = defaultdict(Decimal)
    for row in live:
        total[row.owned] += row.least
    return {owned: held for owned, held in total.items() if held > ALL}


def differences(
    before: Mapping[str, Result], after: Mapping[str, Result]
) -> tuple[Difference, ...]:
    """The entities whose answer or aggregate would be another, in order of name."""
    pairs = [Difference(name, before.get(name), after.get(name)) for name in {*before, *after}]
    changed = [pair for pair in pairs if _told(pair.before) != _told(pair.after)]
    return tuple(sorted(changed, key=lambda pair: pair.name))


def _told(result: Result | None) -> tuple[str, Decimal, Decimal] | None:
    return None if result is None else (result.answer, result.least, result.most)


def settling(
    rule: Rule,
    listed: Mapping[str, Sequence[str]],
    stakes: Sequence[Stake],
    *,
    name: str,
    result: Result,
    on: date | None,
) -> tuple[Settling, ...]:
    """The open shares on the way to `name` that alone would decide an unresolved result."""
    if result.answer != UNRESOLVED:
        return ()
    live = [row for row in stakes if not row.control and row.in_force(on)]
    pairs = set(result.via)
    open_ = [
        place
        for place, row in enumerate(live)
        if row.least < row.most and (row.owner, row.owned) in pairs
    ]
    return tuple(_decisive(rule, listed, live, name, open_))


def _decisive(
    rule: Rule,
    listed: Mapping[str, Sequence[str]],
    live: Sequence[Stake],
    name: str,
    places: Sequence[int],
) -> Iterator[Settling]:
    seeds = {party: rule.seed(labels) for party, labels in listed.items()}
    sure = [party for party, seed in seeds.items() if seed is Seed.COUNTS]
    maybe = [party for party, seed in seeds.items() if seed is not Seed.NOTHING]
    least = {place: row.least for place, row in enumerate(live)}
    most = {place: row.most for place, row in enumerate(live)}
    certain = cascade(sure, live, least)
    for place in places:
        row = live[place]
        raised = cascade(sure, live, least | {place: row.most})
        lowered = cascade(maybe, live, most | {place: row.least})
        up = down = None
        if name in raised.members and name not in certain.members:
            up = THRESHOLD - certain.held.get(row.owned, NOTHING) + row.least
        if name not in lowered.members:
            down = THRESHOLD - lowered.held.get(row.owned, NOTHING) + row.least
        if up is not None or down is not None:
            yield Settling(row.owner, row.owned, up, down)
