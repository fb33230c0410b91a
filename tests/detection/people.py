"""Small logs of groups of accounts: a campaign, and those it must not be taken for.

Every group is a list of accounts; an account says how much it asks, when, from where and with which
prompts. All of it is invented. Labels are kept here and never written into the log.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

DAYS = 40
RELEASE_DAY = 20
OFFSET = {"US": -6, "GB": 0, "SG": 8}


@dataclass(frozen=True)
class Account:
    kind: str
    name: str
    exchanges: int
    countries: tuple[str, ...]
    addresses: tuple[str, ...]
    hours: tuple[int, int] = (17, 23)  # local time; (0, 24) is round the clock
    days: tuple[int, int] = (0, DAYS)
    prompts: tuple[str, ...] = ()
    prompted: float = 0.0
    reworded: bool = False
    focus: str | None = None
    payer: str | None = None
    org: str | None = None
    network: int = 4_200_000_000
    only_days: tuple[int, ...] = field(default=())


def population(seed: int = 5) -> list[Account]:
    """Strangers and every everyday group, without any campaign."""
    chance = np.random.default_rng(seed)
    groups = (strangers, office, undeclared_office, reseller, course, universities, agent_users)
    return [account for group in groups for account in group(chance)]


def strangers(chance: np.random.Generator, number: int = 160) -> list[Account]:
    return [_stranger(chance, f"stranger-{i}") for i in range(number)]


def _stranger(chance: np.random.Generator, name: str) -> Account:
    first = int(chance.integers(0, DAYS - 5)) if chance.random() < 0.4 else 0
    return Account(
        kind="stranger",
        name=name,
        exchanges=4 + int(chance.lognormal(2.8, 1.3)),
        countries=(str(chance.choice(list(OFFSET))),),
        addresses=(f"home-{name}",),
        days=(first, DAYS),
        payer=f"card-{name}" if chance.random() < 0.6 else None,
        network=4_200_000_000 + int(chance.integers(0, 12)),
    )


def campaign(seed: int = 5, number: int = 40, *, reworded: bool = False) -> list[Account]:
    """Even load, hired addresses in every country, one prompt library, cards of their own."""
    chance = np.random.default_rng([seed, 1])
    pool = [f"hired-{i}" for i in range(number)]
    library = [f"library-{i}" for i in range(40)]
    return [
        Account(
            kind="campaign",
            name=f"campaign-{i}",
            exchanges=int(chance.integers(110, 140)),
            countries=tuple(OFFSET),
            addresses=tuple(chance.choice(pool, 4, replace=False)),
            hours=(0, 24),
            days=(8 + int(chance.integers(0, 3)), DAYS),
            prompts=tuple(chance.choice(library, 12, replace=False)),
            prompted=0.7,
            reworded=reworded,
            focus="agentic_tool_use",
            payer=f"card-campaign-{i}",
            network=4_200_000_100 + i % 9,
        )
        for i in range(number)
    ]


def household_of_a_hired_address() -> list[Account]:
    """Four people on one card; the address of the first is also hired out to the campaign."""
    told = {"kind": "family", "countries": ("GB",), "payer": "card-family"}
    first = Account(name="family-0", exchanges=30, addresses=("hired-0", "home-family"), **told)
    rest = [
        Account(name=f"family-{i}", exchanges=30 + 9 * i, addresses=("home-family",), **told)
        for i in range(1, 4)
    ]
    return [first, *rest]


def relayed(seed: int = 5, number: int = 40) -> list[Account]:
    """End users behind a relay: nothing in the log tells them from strangers."""
    chance = np.random.default_rng([seed, 2])
    return [replace(_stranger(chance, f"relayed-{i}"), kind="relayed") for i in range(number)]


def office(
    chance: np.random.Generator, number: int = 50, org: str | None = "org-1"
) -> list[Account]:
    kind = "office" if org else "undeclared office"
    return [
        Account(
            kind=kind,
            name=f"{kind}-{i}",
            exchanges=5 + int(chance.lognormal(3.3, 1.1)),
            countries=("US",),
            addresses=(f"nat-{kind}-1", f"nat-{kind}-2"),
            hours=(9, 17),
            prompts=tuple(f"{kind}-{j}" for j in range(8)),
            prompted=0.3,
            payer=f"card-{kind}" if org else f"card-{kind}-{i}",
            org=org,
            network=4_200_000_200 + (org is None),
        )
        for i in range(number)
    ]


def undeclared_office(chance: np.random.Generator) -> list[Account]:
    return office(chance, 40, None)


def reseller(chance: np.random.Generator, number: int = 40) -> list[Account]:
    return [
        Account(
            kind="reseller",
            name=f"reseller-{i}",
            exchanges=5 + int(chance.lognormal(3.5, 1.3)),
            countries=("US",),
            addresses=tuple(f"cloud-{j}" for j in range(4)),
            hours=(0, 24),
            prompts=tuple(f"product-{j}" for j in range(8)),
            prompted=0.5,
            payer="card-reseller",
            org="org-reseller",
            network=4_200_000_300,
        )
        for i in range(number)
    ]


def course(chance: np.random.Generator, number: int = 30) -> list[Account]:
    return [
        Account(
            kind="course",
            name=f"course-{i}",
            exchanges=int(chance.integers(20, 40)),
            countries=("GB",),
            addresses=("campus-1", "campus-2"),
            hours=(14, 16),
            prompts=("task-1", "task-2", "task-3"),
            prompted=0.6,
            focus="coding",
            network=4_200_000_400,
            only_days=(5, 12, 19, 26),
        )
        for i in range(number)
    ]


def universities(chance: np.random.Generator) -> list[Account]:
    """Five teams of six that run the same public benchmark at once after the release."""
    return [
        Account(
            kind="university",
            name=f"university-{team}-{i}",
            exchanges=20 + int(chance.pareto(1.3) * 40),
            countries=(tuple(OFFSET)[team % 3],),
            addresses=(f"university-{team}",),
            hours=(0, 24),
            prompts=tuple(f"benchmark-{j}" for j in range(8)),
            prompted=0.9,
            focus="math",
            payer=f"card-university-{team}",
            org=f"org-university-{team}" if team % 2 else None,
            network=4_200_000_500 + team,
            only_days=(RELEASE_DAY + 1, RELEASE_DAY + 2, 3 + 5 * team),
        )
        for team in range(5)
        for i in range(6)
    ]


def agent_users(chance: np.random.Generator, number: int = 110) -> list[Account]:
    """Unrelated users of one open-source agent: its prompts, one focus, lives of their own."""
    prompts = [f"agent-{i}" for i in range(30)]
    return [
        replace(
            _stranger(chance, f"agent-{i}"),
            kind="agent",
            exchanges=6 + int(chance.pareto(1.3) * 40) % 600,
            hours=(9, 18),
            prompts=tuple(chance.choice(prompts, 15, replace=False)),
            prompted=0.8,
            focus="coding",
        )
        for i in range(number)
    ]
