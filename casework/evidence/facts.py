"""What is said about an exhibit, and about a file on its way in. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, kw_only=True, slots=True)
class Description:
    """What is said about an exhibit; handling words are codes of the pack's vocabularies."""

    title: str
    description: str = ""
    bearing: str
    basis: str
    received_from: str
    dated_on: date | None = None
    owner_confidential: bool = True
    trade_secret: bool = False
    tlp: str = "TLP:AMBER"
    cui_category: str = ""
    cui_specified: bool = False
    dissemination: tuple[str, ...] = ()
    releasable_to: tuple[str, ...] = ()
    statute: str = ""
    personal_data: bool = False

    def as_plain(self) -> dict[str, Any]:
        """For a JSON column; `from_plain` is the way back."""
        day = self.dated_on.isoformat() if self.dated_on else None
        return {**asdict(self), "dated_on": day}

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Description:
        day = plain["dated_on"]
        return cls(**{**plain, "dated_on": date.fromisoformat(day) if day else None})


@dataclass(frozen=True, kw_only=True, slots=True)
class Announced:
    """A file that is to come in pieces: its name, its size in bytes, and the SHA-256 (hex) that
    its sender gave, empty where none was given.
    """

    file_name: str
    size: int
    sha256_told: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pointer:
    """Where matter is held that may not be entered here; there is no field for its text."""

    custodian: str
    system: str
    registry_number: str
