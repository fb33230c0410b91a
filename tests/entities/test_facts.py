from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import InvalidValue
from casework.screening.countries import COUNTRIES, countries_by_name
from casework.screening.facts import (
    AddressFact,
    CountryFact,
    IdentifierFact,
    NameFact,
    RelationFact,
    SourceFact,
)
from casework.screening.shares import Holding, overfull, percent

A, B, C = (UUID(int=number) for number in (1, 2, 3))
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    "fact",
    [
        NameFact("示范深度研究有限公司", "legal", "zh-Hans"),
        NameFact("x" * 500),
        NameFact("شركة", "alias", "fa-IR"),
        IdentifierFact("lei", "anything a source gives"),
        AddressFact("1 Example Road", "CN"),
        CountryFact("CN", "headquartered"),
        RelationFact("owns", Decimal(50), Decimal(50)),
        RelationFact("owns", Decimal(0), Decimal(100)),
        RelationFact("controls", starts_on=TODAY, ends_on=TODAY),
        SourceFact("Register", "registry", url="https://register.example/1"),
    ],
)
def test_a_well_formed_fact_passes(fact):
    fact.check()


@pytest.mark.parametrize(
    ("fact", "field"),
    [
        (NameFact(" "), "text"),
        (NameFact("x" * 501), "text"),
        (NameFact("Orchid", "nickname"), "kind"),
        (NameFact("Orchid", "legal", "Chinese"), "language"),
        (IdentifierFact("lei", ""), "value"),
        (IdentifierFact("shoe_size", "42"), "kind"),
        (IdentifierFact("tax", "42", "ZZ"), "country"),
        (AddressFact("", "CN"), "text"),
        (AddressFact("1 Example Road", ""), "country"),
        (CountryFact("XX", "located"), "country"),
        (CountryFact("CN", "friend"), "tie"),
        (RelationFact("admires"), "kind"),
        (RelationFact("owns", Decimal("-0.1")), "low"),
        (RelationFact("owns", Decimal(1), Decimal("100.000001")), "high"),
        (RelationFact("owns", Decimal(60), Decimal(50)), "high"),
        (RelationFact("controls", Decimal(50), Decimal(50)), "low"),
        (RelationFact("owns", starts_on=TODAY, ends_on=date(2026, 11, 23)), "ends_on"),
        (SourceFact("", "registry"), "title"),
        (SourceFact("Register", ""), "basis"),
        (SourceFact("Register", "registry", url="javascript:alert(1)"), "url"),
    ],
)
def test_a_malformed_fact_names_the_field(fact, field):
    with pytest.raises(InvalidValue) as refusal:
        fact.check()

    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("text", "share"),
    [("50", "50"), ("33.333333", "33.333333"), (" 49.9 %", "49.9"), ("0", "0"), ("100", "100")],
)
def test_a_share_is_read_exactly(text, share):
    assert percent(text) == Decimal(share)


@pytest.mark.parametrize(
    "text", ["", "100.000001", "101", "-1", "1e1", "NaN", "33.3333333", "33,3", "٥٠", "fifty"]
)
def test_a_share_that_cannot_be_read_is_refused_with_an_example(text):
    with pytest.raises(ValueError, match=r"33\.3"):
        percent(text)


@given(st.decimals(0, 100, places=6))
def test_every_share_with_six_places_survives_being_written_and_read(share):
    assert percent(f"{share:f}") == share


def test_shares_above_a_hundred_are_told():
    holdings = [Holding(A, C, Decimal(60)), Holding(B, C, Decimal("40.000001"))]

    assert overfull(holdings, TODAY) == {C: Decimal("100.000001")}


@pytest.mark.parametrize(
    "holdings",
    [
        [Holding(A, C, Decimal(60)), Holding(B, C, Decimal(40))],
        [Holding(A, C, Decimal(60)), Holding(B, C, None)],
        [Holding(A, C, Decimal(60)), Holding(A, C, Decimal(70))],
        [Holding(A, C, Decimal(60)), Holding(B, C, Decimal(60), ends_on=date(2026, 11, 23))],
        [Holding(A, C, Decimal(60)), Holding(B, C, Decimal(60), starts_on=date(2026, 11, 25))],
        [Holding(A, C, Decimal(60)), Holding(A, B, Decimal(60))],
    ],
)
def test_shares_that_can_all_be_right_are_not_told(holdings):
    assert overfull(holdings, TODAY) == {}


def test_countries_bear_the_names_in_common_use():
    assert COUNTRIES["TW"] == "Taiwan"
    assert len(countries_by_name()) == len(COUNTRIES) > 240
