"""What the test itself remembers of a walk, so that nothing is asked of the product twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from uuid import UUID

from tests.whole_path.people import person_of


@dataclass
class Docket:
    """One case as the test knows it. `subjects` maps what a subject is to its id."""

    reference: str
    title: str
    incident: str
    subjects: dict[str, UUID]
    names: dict[str, str]
    path: list[str]
    text_version: str
    exhibits: list[str] = field(default_factory=list)


@dataclass
class Ledger:
    """Ids of accounts, cases by reference, recusals as (reference, person), ballots by motion in
    the order of casting as (agency, choice), hashes of frozen rows by table and id.
    """

    officers: dict[str, UUID] = field(default_factory=dict)
    dockets: dict[str, Docket] = field(default_factory=dict)
    recused: set[tuple[str, str]] = field(default_factory=set)
    ballots: dict[UUID, list[tuple[str, str]]] = field(default_factory=dict)
    shown: dict[UUID, UUID] = field(default_factory=dict)
    frozen: dict[tuple[str, str], str] = field(default_factory=dict)
    entries: int = 0
    chained: int = 0
    last_hash: bytes = bytes(32)
    seconds: int = 0
    days: int = 0
    reached: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)

    def is_recused(self, reference: str, name: str) -> bool:
        return (reference, person_of(name)) in self.recused
