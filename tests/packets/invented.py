"""Parties, ties, claims and exhibits of an invented case. Nobody in it exists."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from decimal import Decimal

from casework.packets.facts import (
    Claim,
    Entity,
    Exhibit,
    Fact,
    Figure,
    Incident,
    Name,
    Pin,
    Relation,
    Response,
)
from casework.packets.words import (
    ClaimStatus,
    EntityKind,
    ResponseKind,
)

LONG_NAME = "Lantern Consolidated Research and Relay Holdings " * 10 + "Limited   "


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def entities() -> tuple[Entity, ...]:
    filing = "Invented company register, entry of 3 Mar 2025 (Ex. 4)"
    return (
        Entity(
            "E-1",
            EntityKind.ORGANIZATION,
            (
                Name("Northern Lantern Intelligence Co., Ltd.", "name in English", filing, "en"),
                Name("北灯智能科技（示例）有限公司", "legal name", filing, "zh-Hans", "Hans"),
                Name("NLI", "also known as", "Report of the model owner (Ex. 1)", "en", "Latn"),
            ),
            "alleged querier",
            identifiers=(
                Fact("Unified social credit code", "91000000EXAMPLE01X", filing, "China"),
            ),
            addresses=(Fact("Registered address", "88 Example Road\nBeijing", filing, "China"),),
            countries=(Fact("Place of incorporation", "Beijing", filing, "China"),),
        ),
        Entity(
            "E-2",
            EntityKind.ORGANIZATION,
            (
                Name(
                    "Полярный Вектор ООО", "legal name", "Invented register (Ex. 5)", "ru", "Cyrl"
                ),
                Name("Polar Vector LLC", "transliteration", "Analyst, ISO 9", "en", "Latn"),
            ),
            "alleged reseller of account access",
            countries=(Fact("Place of incorporation", "Example City", "Ex. 5", "Russia"),),
        ),
        Entity(
            "E-3",
            EntityKind.STATE_BODY,
            (Name("Example Province Innovation Fund", "legal name", filing, "en"),),
            "shareholder",
            subject=False,
        ),
        Entity(
            "E-4",
            EntityKind.PERSON,
            (Name("مريم المثال", "legal name", "Invented register (Ex. 5)", "ar", "Arab"),),
            "shareholder",
            subject=False,
            countries=(Fact("Residence", "Dubai", "Ex. 5", "United Arab Emirates"),),
        ),
        Entity(
            "E-5",
            EntityKind.ORGANIZATION,
            (Name(LONG_NAME.strip(), "legal name", "Invented register (Ex. 5)", "en"),),
            "holding company",
            subject=False,
        ),
    )


def relations() -> tuple[Relation, ...]:
    half, fifty_one = Decimal(50), Decimal("51.00")
    return (
        Relation(
            "E-3", "E-5", "Ex. 4, page 2", low=fifty_one, high=fifty_one, start=date(2024, 1, 9)
        ),
        Relation("E-4", "E-5", "Ex. 5, page 1", low=Decimal(25), high=half),
        Relation("E-5", "E-1", "Ex. 4, page 3", low=Decimal(100), high=Decimal(100)),
        Relation("E-5", "E-2", "Press report, not confirmed"),
        Relation("E-1", "E-2", "Report of the model owner (Ex. 1)", kind="directs"),
    )


def incidents() -> tuple[Incident, ...]:
    silent = Response(
        "E-1",
        ResponseKind.NONE_FOUND,
        "Searched the firm's site and two news archives in English and Chinese.",
        "Search note of 2 Nov 2026",
    )
    denial = Response(
        "Polar Vector LLC",
        ResponseKind.DENIES,
        "The firm says that it resells capacity under a contract and keeps no outputs.",
        "Letter of counsel (Ex. 7)",
        date(2026, 10, 14),
        (Pin(7, "page 2"),),
    )
    return (
        Incident(
            "INC-0007",
            "Synchronized queries for reasoning traces",
            date(2026, 2, 3),
            date(2026, 4, 9),
            "Dates are those of the model owner's report.",
            (
                Claim(
                    "Meridian Models, Inc. (invented model owner)",
                    "Some 2,400 accounts asked for worked reasoning in the same order.",
                    "Owner telemetry",
                    ClaimStatus.ALLEGED,
                    verified=False,
                    source="Report of 20 Apr 2026.",
                    response=silent,
                    said_on=date(2026, 4, 20),
                    figures=(
                        Figure("Exchanges", "over 16,000,000"),
                        Figure("Accounts", "approximately 2,400"),
                    ),
                    pins=(Pin(1, "page 3"), Pin(2, "rows 1 to 400")),
                ),
            ),
        ),
        Incident(
            "INC-0011",
            "Resale of account access through a relay",
            date(2026, 5, 1),
            None,
            "Start as stated by the model owner; no end is known.",
            (
                Claim(
                    "Meridian Models, Inc. (invented model owner)",
                    "A relay sold access to accounts that its buyers could not open themselves.",
                    "Test purchase",
                    ClaimStatus.ASSESSED,
                    verified=True,
                    source="Assessment note of 12 Sep 2026.",
                    response=denial,
                    pins=(Pin(3, "page 1"),),
                ),
            ),
        ),
    )


def exhibits(count: int = 9) -> tuple[Exhibit, ...]:
    titles = ("Report of the model owner", "Usage log, extract", "Receipt of a test purchase")
    return tuple(
        Exhibit(
            number=number,
            title=titles[(number - 1) % 3] + ("" if number < 4 else f", part {number}"),
            source="Meridian Models, Inc.",
            received=datetime(2026, 4, 21, 13, number % 60, tzinfo=UTC),
            media_type="application/pdf",
            size=120_000 * number,
            sha256=digest(f"exhibit {number}"),
            marking="CUI//PROPIN",
            custody="2 transfers, none broken",
        )
        for number in range(1, count + 1)
    )
