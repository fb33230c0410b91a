"""What an officer says about a usage log, and how its columns are read. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

READABLE = frozenset({"application/vnd.apache.parquet", "text/csv", "application/x-ndjson"})
# A log may be mapped anew and asked for again in these states.
OPEN_STATES = frozenset({"mapping", "failed", "cancelled"})
WAITING_STATES = frozenset({"queued", "taking_in", "running"})


@dataclass(frozen=True, kw_only=True, slots=True)
class LogFacts:
    """`sampling` is in the owner's words; the window is in UTC, its end excluded."""

    title: str
    owner: str
    sampling: str
    window_from: datetime | None = None
    window_to: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """`columns` leads from our name of a column to theirs, `capabilities` from their word to ours;
    `zone` (IANA) is that of times without one, empty where there are none; `epoch_unit` is s, ms,
    us or empty.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    capabilities: Mapping[str, str] = field(default_factory=dict)
    zone: str = ""
    epoch_unit: str = ""

    def as_dict(self) -> dict[str, Any]:
        return {
            "columns": dict(self.columns),
            "capabilities": dict(self.capabilities),
            "zone": self.zone,
            "epoch_unit": self.epoch_unit,
        }


def reading_in(kept: Mapping[str, Any]) -> Reading:
    """The reading as a log keeps it; an empty one before anybody has mapped the columns."""
    return Reading(
        columns=kept.get("columns", {}),
        capabilities=kept.get("capabilities", {}),
        zone=kept.get("zone", ""),
        epoch_unit=kept.get("epoch_unit", ""),
    )


def hash_of_parts(hashes: Sequence[str]) -> str:
    """SHA-256 in hex of the hashes of the parts in their order, one a line."""
    return hashlib.sha256("".join(f"{one}\n" for one in hashes).encode()).hexdigest()
