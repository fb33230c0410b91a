"""The constants of the analysis, read from the set that ships beside this file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

SHIPPED = Path(__file__).with_name("parameters.toml")


@dataclass(frozen=True, kw_only=True, slots=True)
class TieLimits:
    """When a shared indicator counts, and how much; shares lie between 0 and 1."""

    least_exchanges: int
    least_share: float
    always_from: int
    most_on_address: int
    most_on_payment: int
    most_share: float
    most_floor: int
    weight_payment: float
    weight_template: float
    weight_half: float
    weight_near: float
    weight_address: float


@dataclass(frozen=True, kw_only=True, slots=True)
class NearLimits:
    """When two fingerprints of prompts are near each other."""

    distance: int
    least_accounts: int
    own_templates_above: float
    halves_of_account: int
    halves_of_log: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CommunityLimits:
    """How the graph of accounts and indicators is divided."""

    resolution: float
    tolerance: float
    rounds: int


@dataclass(frozen=True, kw_only=True, slots=True)
class MemberLimits:
    """What holds an account in a cluster."""

    sharers: int
    payers: int
    majority: float
    kind_share: float
    prompts_share: float
    prompts_kinds: int
    reworded_many: int
    reworded_seldom: int
    smallest: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SignLimits:
    """When a sign of acting together is shown."""

    certainty: float
    even_ratio: float
    country_share: float
    countries_share: float
    countries_excess: float
    begun_excess: float
    begun_days: int
    begun_after: int
    begun_release_days: int
    clock_ratio: float
    country_accounts: int
    ground_share: float
    ground_group: int
    one_country: float
    one_clock: float
    one_network: float
    ground_org: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Parameters:
    """One set of constants; `set` names it in every report."""

    set: str
    ties: TieLimits
    near: NearLimits
    communities: CommunityLimits
    members: MemberLimits
    signs: SignLimits
    factors: Mapping[str, float]

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@cache
def shipped() -> Parameters:
    """The set in use. Raises TypeError when the file lacks a constant or names one too many."""
    read = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))
    return Parameters(
        set=read.pop("set"),
        ties=TieLimits(**read.pop("ties")),
        near=NearLimits(**read.pop("near")),
        communities=CommunityLimits(**read.pop("communities")),
        members=MemberLimits(**read.pop("members")),
        signs=SignLimits(**read.pop("signs")),
        factors=read.pop("factors"),
        **read,
    )
