"""How long the cascade of ownership takes on 100,000 interests.

Beside it the slow obvious definition on a small graph: go through all entities until none is added.
Both find the same entities there; the ratio says what the worklist is worth on any machine.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Sequence
from decimal import Decimal

from casework.screening.ownership import Cascade, Stake, cascade, ownership
from casework.screening.ownership_rules import RULES, THRESHOLD

INTERESTS, ENTITIES, LISTED = 100_000, 80_000, 1_000
SMALL = 2_000
RUNS = 3
WISH = 2.0
RULE = next(rule for rule in RULES.values() if not rule.labels)


def graph(interests: int, entities: int, seed: int = 8283) -> list[Stake]:
    """Shares of 5 to 100 percent, now and then a band; mostly chains, with some circles."""
    dice = random.Random(seed)  # noqa: S311 (a graph, no secret)
    stakes = []
    for _ in range(interests):
        owner, owned = dice.randrange(entities), dice.randrange(entities)
        low = Decimal(dice.choice([5, 10, 25, 50, 60, 75, 100]))
        high = Decimal(100) if dice.random() < 0.1 else low
        stakes.append(Stake(f"E{owner}", f"E{owned}", low, high))
    return stakes


def slow(seeds: Sequence[str], stakes: Sequence[Stake]) -> set[str]:
    """Whoever is held to half or more by those who count, counts; again until nothing is added."""
    names = {end for row in stakes for end in (row.owner, row.owned)}
    members = set(seeds)
    while True:
        added = {
            name
            for name in names - members
            if sum(row.least for row in stakes if row.owned == name and row.owner in members)
            >= THRESHOLD
        }
        if not added:
            return members
        members |= added


def seconds(work: Callable[[], object], runs: int = RUNS) -> float:
    found = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        found.append(time.perf_counter() - began)
    return statistics.median(found)


def quick(seeds: Sequence[str], stakes: Sequence[Stake]) -> Cascade:
    return cascade(seeds, stakes, {place: row.least for place, row in enumerate(stakes)})


def main() -> None:
    stakes = graph(INTERESTS, ENTITIES)
    seeds = [f"E{number}" for number in range(LISTED)]
    listed = {name: ["identified"] for name in seeds}
    alone = seconds(lambda: quick(seeds, stakes))
    whole = seconds(lambda: ownership(RULE, listed, stakes, on=None, countries={}), runs=1)
    small = graph(SMALL, SMALL)
    few = seeds[:100]
    if slow(few, small) != quick(few, small).members:
        raise SystemExit("The worklist and the obvious definition find different entities.")
    ratio = seconds(lambda: slow(few, small), runs=1) / seconds(lambda: quick(few, small))
    verdict = "within" if alone <= WISH else "above"
    print(f"cascade of {INTERESTS:,} interests:  {alone:.3f} s, {verdict} the wish of {WISH} s")
    print(f"answers for every entity:     {whole:.2f} s")
    print(f"obvious definition of {SMALL:,}: {ratio:,.0f} times as long")


if __name__ == "__main__":
    main()
