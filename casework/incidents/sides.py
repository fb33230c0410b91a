"""On whose side a party of a report stands. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Protocol

# A report names them and does not accuse them; no element is answered about them.
OWNERS_SIDE: Final = frozenset({"model_owner", "authorized_provider", "cloud_host"})


class EntityLike(Protocol):
    @property
    def name(self) -> str: ...


class PartyLike(Protocol):
    @property
    def role(self) -> str: ...
    @property
    def entity(self) -> EntityLike: ...


def accused_in(parties: Iterable[PartyLike]) -> list[str]:
    """Names of those whom a report accuses, each once, in the order of the parties."""
    return list(
        dict.fromkeys(party.entity.name for party in parties if party.role not in OWNERS_SIDE)
    )
