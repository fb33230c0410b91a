"""What is said about an exhibit when it is received. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


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
    personal_data: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Pointer:
    """Where matter is held that may not be entered here; there is no field for its text."""

    custodian: str
    system: str
    registry_number: str
