"""What two owners' cases are compared by: keyed hashes of what the accounts of a cluster shared.

The values compared are those of the accepted rows: addresses and payment instruments are tokens of
the programme key already, template hashes are as the owner made them. The tag is one more keyed
hash over epoch and kind, so that neither a database nor a template hash seen elsewhere says what
was met. Whoever holds the key can try every address: tags are never handed out.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

KINDS: Final = ("address", "payment", "template")
DIGITS: Final = 32

# Only what is rare enough to mean something, and never a single person's (data minimisation): an
# indicator of at least three accounts of clusters that deserve attention and of at most 400.
LEAST_ACCOUNTS: Final = 3
MOST_ACCOUNTS: Final = 400


@dataclass(frozen=True, slots=True)
class Shared:
    """One indicator of a log: how many accounts of its clusters used it, in how many exchanges,
    and the days (UTC) between which those clusters were active.
    """

    kind: str
    tag: str
    accounts: int
    exchanges: int
    first_on: date
    last_on: date


def tag(key: bytes, epoch: str, kind: str, value: str) -> str:
    """The first 128 bits of HMAC-SHA-256, 32 hex digits."""
    said = f"tag\0{epoch}\0{kind}\0{value}".encode()
    return hmac.new(key, said, hashlib.sha256).hexdigest()[:DIGITS]


def shared(
    ties: Iterable[Mapping[str, str]],
    clusters: Iterable[Mapping[str, Any]],
    *,
    public: Collection[str],
    epoch: str,
    key: bytes,
) -> list[Shared]:
    """The tags of a run, by kind and tag. `ties` are rows of `account_id`, `cluster_id`, `kind`,
    `v`, `n`; `clusters` are those of the report; `public` are templates known to be public.
    """
    active = {row["cluster_id"]: row for row in clusters if row["attention"]}
    met: dict[tuple[str, str], list[Mapping[str, str]]] = {}
    for row in ties:
        if row["kind"] in KINDS and row["cluster_id"] in active and row["v"] not in public:
            met.setdefault((row["kind"], row["v"]), []).append(row)
    return sorted(
        (
            _of(kind, tag(key, epoch, kind, value), rows, active)
            for (kind, value), rows in met.items()
            if LEAST_ACCOUNTS <= len({row["account_id"] for row in rows}) <= MOST_ACCOUNTS
        ),
        key=lambda one: (one.kind, one.tag),
    )


def _of(
    kind: str, made: str, rows: list[Mapping[str, str]], active: Mapping[str, Mapping[str, Any]]
) -> Shared:
    where = [active[row["cluster_id"]] for row in rows]
    return Shared(
        kind,
        made,
        len({row["account_id"] for row in rows}),
        sum(int(row["n"]) for row in rows),
        min(date.fromisoformat(one["first"][:10]) for one in where),
        max(date.fromisoformat(one["last"][:10]) for one in where),
    )
