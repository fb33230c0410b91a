from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.screening.facts import (
    AddressFact,
    CountryFact,
    IdentifierFact,
    NameFact,
    RelationFact,
)
from casework.screening.interchange import bods, bods_reading, ftm
from casework.screening.interchange.bands import read_band, write_band
from casework.screening.interchange.records import Document, Link, Party
from casework.screening.interchange.schema import faults

ON = date(2026, 11, 24)


def write_bods(document):
    return bods.write(document, publisher="Docket", on=ON)


FORMATS = {"ftm": (ftm.write, ftm.read), "bods": (write_bods, bods_reading.read)}

texts = st.text(
    st.characters(categories=["L", "N"], max_codepoint=0x9FFF), min_size=1, max_size=12
).map(lambda text: normalize("NFC", text))
codes = st.sampled_from(["CN", "HK", "RU", "SG", "US"])
shares = st.one_of(st.none(), st.integers(0, 100_000_000).map(lambda n: Decimal(n).scaleb(-6)))
days = st.one_of(st.none(), st.dates(date(1990, 1, 1), date(2030, 1, 1)))


def kept(kinds):
    """Identifiers of kinds that both formats carry; strong ones have no country of their own."""
    return st.lists(st.builds(IdentifierFact, st.sampled_from(kinds), texts), max_size=3)


@st.composite
def facts(draw):
    kind = draw(
        st.sampled_from(["owns", "controls", "directs", "parent_of", "state_body_of", "officer_of"])
    )
    low, high = sorted([draw(shares), draw(shares)], key=lambda share: share or Decimal(0))
    if kind != "owns":
        low = high = None
    if low is None and high is not None:
        low = draw(st.sampled_from([None, Decimal(0)]))
    starts, ends = draw(days), draw(days)
    if starts and ends and ends < starts:
        starts, ends = ends, starts
    return RelationFact(kind, low, high, starts, ends, draw(st.one_of(st.just(""), texts)))


@st.composite
def documents(draw):
    keys = [f"P{number}" for number in range(draw(st.integers(1, 4)))]
    parties = []
    for key in keys:
        kind = draw(st.sampled_from(["organization", "person", "state_body"]))
        others = draw(st.lists(texts, max_size=2, unique=True))
        tie = "national" if kind == "person" else "incorporated"
        parties.append(
            Party(
                key,
                kind,
                (NameFact(draw(texts)), *(NameFact(text, "alias") for text in others)),
                tuple(draw(kept(["lei", "uscc", "ogrn", "inn", "tax", "domain", "email"]))),
                tuple(draw(st.lists(st.builds(AddressFact, texts, codes), max_size=2))),
                tuple(CountryFact(code, tie) for code in draw(st.lists(codes, max_size=1))),
            )
        )
    pairs = [(a, b) for a in keys for b in keys if a != b]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=4)) if pairs else []
    return Document(tuple(parties), tuple(Link(a, b, draw(facts())) for a, b in chosen))


def by_text(name):
    return name.text


def by_kind(row):
    return (row.kind, row.value)


def by_ends(link):
    fact = link.fact
    bounds = [(share is None, share or Decimal(0)) for share in (fact.low, fact.high)]
    return (link.first, link.second, fact.kind, bounds, str(fact.starts_on), str(fact.ends_on),
            fact.note)  # fmt: skip


def loose(document):
    """The document without the order of facts, which no format promises."""
    return (
        {
            replace(
                party,
                names=(party.names[0], *sorted(party.names[1:], key=by_text)),
                identifiers=tuple(sorted(party.identifiers, key=by_kind)),
            )
            for party in document.parties
        },
        sorted(document.links, key=by_ends),
    )


@pytest.mark.parametrize("name", FORMATS)
@given(document=documents())
@settings(max_examples=40, deadline=None)
def test_what_a_format_carries_comes_back_unchanged(name, document):
    write, read = FORMATS[name]

    text, dropped = write(document)

    assert dropped == ()
    found = read(text)
    assert found.left_out == ()
    assert loose(found) == loose(document)


LOSSY = Document(
    (
        Party(
            "A",
            "organization",
            (NameFact("深度", "legal", "zh-Hans"), NameFact("Shendu", "transliteration")),
            (IdentifierFact("account", "a1"), IdentifierFact("lei", "X", "CN")),
            (),
            (CountryFact("CN", "headquartered"), CountryFact("CN", "national")),
        ),
        Party("B", "person", (NameFact("Li"),)),
    ),
    (Link("A", "B", RelationFact("supplies_accounts_to")),),
)


@pytest.mark.parametrize(
    ("name", "dropped"),
    [
        (
            "ftm",
            [
                "An identifier of the kind account",
                "That a name is a transliteration: written as an alias",
                "The country that issued an identifier",
                "The language of a name",
            ],
        ),
        (
            "bods",
            [
                "A relation of the kind supplies_accounts_to",
                "That a name is a transliteration: written as an alternate name",
                "That a party is headquartered in a country",
                "That a party is national in a country",
                "The country that issued an identifier",
                "The language of a name",
            ],
        ),
    ],
)
def test_what_a_format_cannot_carry_is_told(name, dropped):
    assert list(FORMATS[name][0](LOSSY)[1]) == dropped


def test_the_statements_fit_the_schema_and_are_the_same_each_time():
    text, _ = write_bods(LOSSY)

    assert [list(faults(each, bods_reading.SCHEMA)) for each in json.loads(text)] == [[], []]
    assert {each["publicationDetails"]["bodsVersion"] for each in json.loads(text)} == {"0.4"}
    assert write_bods(LOSSY)[0] == text


@pytest.mark.parametrize("text", ["51", "25-50", ">=25", "<=50", ""])
def test_a_band_is_written_as_it_is_read(text):
    assert write_band(*read_band(text)) == text
