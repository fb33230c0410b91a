"""Who is caught through ownership: stakes of caught owners add up, and nothing is multiplied. Pure.

The least fixed point over listed owners: an entity is caught where the stakes held in it by listed
or caught owners reach the threshold; a caught owner's whole stake then counts further down, and
the stake of an owner that is not caught counts for nothing. Solved twice, with the least and with
the most that each stake may be: what only the second reaches is unresolved.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from casework.screening.ownership_interest import circles, interests, parents
from casework.screening.ownership_rules import THRESHOLD, Force, Rule, Seed

ALL = Decimal(100)
MOST_TOLD = 100  # pairs told of one result, the nearest first; a longer chain is cut above
CAUGHT, NOT_CAUGHT, UNRESOLVED = "caught", "not_caught", "unresolved"


@dataclass(frozen=True, slots=True)
class Stake:
    """A direct stake in percent, between `least` and `most`; in force from `starts`, and no more
    on the day `ends`. `control` is influence without a share: it catches nobody.
    """

    owner: str
    owned: str
    least: Decimal
    most: Decimal
    starts: date | None = None
    ends: date | None = None
    control: bool = False

    def in_force(self, on: date | None) -> bool:
        """Without a day every stake counts, whatever its dates."""
        if on is None:
            return True
        return (self.starts is None or self.starts <= on) and (self.ends is None or on < self.ends)


@dataclass(frozen=True, slots=True)
class Result:
    """What holds for one entity. Aggregates are percents held by owners that count; `via` are the
    (owner, owned) pairs that carry them, from the listed owner down, about MOST_TOLD at most;
    `economic_interest` is the product along the chains, which decides nothing, None where a share
    is not exactly known.
    """

    answer: str
    least: Decimal
    most: Decimal
    via: tuple[tuple[str, str], ...]
    flags: tuple[str, ...]
    economic_interest: Decimal | None
    ultimate_parent: str | None


@dataclass(frozen=True, slots=True)
class Cascade:
    """The owners that count, and what they hold together in each entity."""

    members: frozenset[str]
    held: Mapping[str, Decimal]


def ownership(
    rule: Rule,
    listed: Mapping[str, Sequence[str]],
    stakes: Sequence[Stake],
    *,
    on: date | None,
    countries: Mapping[str, str],
) -> dict[str, Result]:
    """An answer for every entity that is not itself listed, in order of name.

    `listed` gives each listed entity its labels; `countries` are ISO 3166-1 alpha-2 codes.
    """
    solved = _Solved(rule, listed, stakes, on, countries)
    names = {name for stake in stakes for name in (stake.owner, stake.owned)} | countries.keys()
    owned = {stake.owned for stake in stakes}
    asked = {
        name for name in names if name not in listed or (name in owned and not solved.counts(name))
    }
    return {name: solved.result(name) for name in sorted(asked)}


def cascade(seeds: Iterable[str], stakes: Iterable[Stake], share: Mapping[int, Decimal]) -> Cascade:
    """The least set that holds the seeds and all that its members own to the threshold or more.
    `share` gives each stake, by its place, the percent that counts.
    """
    down: dict[str, list[tuple[str, Decimal]]] = defaultdict(list)
    for place, stake in enumerate(stakes):
        down[stake.owner].append((stake.owned, share[place]))
    members = set(seeds)
    held: dict[str, Decimal] = defaultdict(Decimal)
    waiting = deque(sorted(members))
    while waiting:
        for owned, percent in down[waiting.popleft()]:
            held[owned] += percent
            if held[owned] >= THRESHOLD and owned not in members:
                members.add(owned)
                waiting.append(owned)
    return Cascade(frozenset(members), held)


class _Solved:
    def __init__(
        self,
        rule: Rule,
        listed: Mapping[str, Sequence[str]],
        stakes: Sequence[Stake],
        on: date | None,
        countries: Mapping[str, str],
    ) -> None:
        self._rule, self._countries, self._on = rule, countries, on
        self._seeds = {name: rule.seed(labels) for name, labels in listed.items()}
        self._all = [stake for stake in stakes if not stake.control]
        self._stakes = [stake for stake in self._all if stake.in_force(on)]
        self._control = [stake for stake in stakes if stake.control and stake.in_force(on)]
        self._force = rule.force(on)
        self._certain = self._cascade({Seed.COUNTS}, self._stakes, most=False)
        self._possible = self._cascade({Seed.COUNTS, Seed.MAY_COUNT}, self._stakes, most=True)
        pairs = [(stake.owner, stake.owned) for stake in self._stakes]
        self._circles = circles(pairs)
        exact = [
            (stake.owner, stake.owned, stake.least if stake.least == stake.most else None)
            for stake in self._stakes
        ]
        self._interests = interests(self._of({Seed.COUNTS}), exact)
        self._parents = parents([(s.owner, s.owned, s.least) for s in self._stakes])
        self._divested = self._caught_before()
        self._into: dict[str, list[Stake]] = defaultdict(list)
        for stake in self._stakes:
            self._into[stake.owned].append(stake)

    def counts(self, name: str) -> bool:
        return self._seeds.get(name, Seed.NOTHING) is not Seed.NOTHING

    def result(self, name: str) -> Result:
        answer = self._answer(name)
        return Result(
            answer,
            min(self._certain.held.get(name, Decimal(0)), ALL),
            min(self._possible.held.get(name, Decimal(0)), ALL),
            self._via(name),
            tuple(self._flags(name, answer)),
            self._interests.get(name, Decimal(0)),
            self._parents.get(name),
        )

    def _of(self, wanted: set[Seed]) -> set[str]:
        return {name for name, seed in self._seeds.items() if seed in wanted}

    def _cascade(self, wanted: set[Seed], stakes: Sequence[Stake], *, most: bool) -> Cascade:
        shares = {n: stake.most if most else stake.least for n, stake in enumerate(stakes)}
        return cascade(self._of(wanted), stakes, shares)

    def _caught_before(self) -> frozenset[str]:
        """Whoever was caught on the eve of some stake's end."""
        if self._on is None:
            return frozenset()
        eves = {
            stake.ends - timedelta(days=1)
            for stake in self._all
            if stake.ends is not None and stake.ends <= self._on
        }
        found = set[str]()
        for eve in eves:
            then = [stake for stake in self._all if stake.in_force(eve)]
            found |= self._cascade({Seed.COUNTS}, then, most=False).members
        return frozenset(found)

    def _arithmetic(self, name: str) -> str:
        """What the shares alone say, whether or not the rule applies."""
        if name in self._certain.members:
            return CAUGHT
        return UNRESOLVED if name in self._possible.members else NOT_CAUGHT

    def _answer(self, name: str) -> str:
        found = self._arithmetic(name)
        if self._is_spared(name) or self._force in {Force.NOT_YET, Force.SUSPENDED}:
            return NOT_CAUGHT
        return UNRESOLVED if found == CAUGHT and self._force is Force.UNCONFIRMED else found

    def _is_spared(self, name: str) -> bool:
        return self._rule.foreign_only and self._countries.get(name, "") == "US"

    def _flags(self, name: str, answer: str) -> Iterable[str]:
        reached = self._arithmetic(name) != NOT_CAUGHT
        if reached and self._is_spared(name):
            yield "domestic"
        if reached and self._force is not Force.IN_FORCE:
            yield f"rule_{self._force}"
        if answer == NOT_CAUGHT and not reached and self._possible.held.get(name):
            yield "minority_listed_owner"
        if any(s.owned == name and s.owner in self._possible.members for s in self._control):
            yield "listed_control"
        if not reached and name in self._divested:
            yield "recent_divestment"
        if name in self._circles:
            yield "circular_ownership"
        if self._arithmetic(name) == UNRESOLVED:
            yield "unknown_share"

    def _via(self, name: str) -> tuple[tuple[str, str], ...]:
        """The stakes that carry the aggregate of `name`, upward through caught owners."""
        found: dict[tuple[str, str], None] = {}
        waiting, seen = deque([name]), {name}
        while waiting and len(found) < MOST_TOLD:
            for stake in self._into[waiting.popleft()]:
                if stake.owner not in self._possible.members or not stake.most:
                    continue
                found.setdefault((stake.owner, stake.owned))
                if stake.owner not in seen and not self.counts(stake.owner):
                    seen.add(stake.owner)
                    waiting.append(stake.owner)
        return tuple(reversed(found))
