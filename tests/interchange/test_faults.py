from __future__ import annotations

import json
from decimal import Decimal

import pytest

from casework.screening.interchange import bods_reading, ftm
from casework.screening.interchange.records import DocumentRefused


def row(id_, schema, **properties):
    return json.dumps({"id": id_, "schema": schema, "properties": properties})


TWO = [row("a", "Company", name=["A"]), row("b", "Company", name=["B"])]


def owned(**more):
    return row("o", "Ownership", **{"owner": ["a"], "asset": ["b"], **more})


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (owned(percentage=["fifty"]), "row 3: percentage 'fifty': Write a share"),
        (owned(percentage=["101"]), "row 3: percentage '101'"),
        (owned(percentage=["50-20"]), "row 3: The lower bound is above the upper bound."),
        (owned(asset=["a"]), "row 3: a party cannot own or control itself"),
        (
            owned(startDate=["2026-02-01"], endDate=["2026-01-01"]),
            "row 3: The end lies before the start.",
        ),
        (owned(startDate=["2026-02-30"]), "row 3: startDate '2026-02-30' is not a day"),
        (owned(asset=["c"]), "row 3: names 'c', which is no party of this file"),
        (owned(asset=["a", "b"]), "row 3: needs exactly one owner and one asset"),
        (row("a", "Person", name=["Twice"]), "row 3: the id a is used twice"),
        (row("c", "Person"), "row 3: a party without a name"),
        (row("c", "Person", name=["Zero\u202eWidth"]), "row 3: a text holds a character"),
        ('{"id": "c"}', "row 3: schema: is missing"),
        ('{"id": "c", "schema": "Person", "properties": {"name": "x"}}', "expected a list"),
        ("{", "row 3: is not JSON"),
        ("[" * 20_000, "row 3: is not JSON"),
        ("7", "row 3: it: expected an object"),
    ],
)
def test_a_row_of_ftm_that_is_wrong_is_named_with_the_reason(line, fault):
    with pytest.raises(DocumentRefused) as refused:
        ftm.read("\n".join([*TWO, line]))

    assert fault in str(refused.value)


def test_what_ftm_holds_beyond_the_record_is_told_and_left_out():
    lines = [
        row("a", "Company", name=["A"], sector=["AI"], address=["Somewhere"], country=["xk"]),
        row("b", "Vessel", name=["Boat"]),
        row("c", "Person", name=["C"]),
        row("d", "Directorship", director=["c"], organization=["a"], role=["Chair"],
            startDate=["2020"]),
        row("e", "UnknownLink", subject=["c"], object=["a"], role=["cousin"]),
    ]  # fmt: skip

    found = ftm.read("\n".join(lines))

    assert [row.fact.note for row in found.links] == ["Chair"]
    assert set(found.left_out) == {
        "A link with the role 'cousin'",
        "An address without a country",
        "Entities of the schema Vessel",
        "The property sector of a party",
        "What lies in 'XK', no country of ISO 3166",
        "startDate that names a year or month only",
    }


def statement(id_, kind, **details):
    return {"recordId": id_, "recordType": kind, "recordDetails": details}


PARTIES = [statement("a", "entity", name="A"), statement("b", "entity", name="B")]


def held(interest, **more):
    details = {"subject": "b", "interestedParty": "a", "interests": [interest], **more}
    return statement("r", "relationship", **details)


@pytest.mark.parametrize(
    ("share", "low", "high"),
    [
        ({"exact": 33.333333}, "33.333333", "33.333333"),
        ({"minimum": 25, "maximum": 50}, "25", "50"),
        ({"exclusiveMinimum": 25, "exclusiveMaximum": 50}, "25.000001", "49.999999"),
        ({"minimum": 75}, "75", None),
        ({}, None, None),
    ],
)
def test_a_share_of_bods_keeps_its_bounds(share, low, high):
    text = json.dumps([*PARTIES, held({"type": "shareholding", "share": share})])

    fact = bods_reading.read(text).links[0].fact

    assert (fact.low, fact.high) == tuple(None if b is None else Decimal(b) for b in (low, high))


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ([held({"type": "shareholding", "share": {"exact": "fifty"}})], "row 3: share.exact"),
        ([held({"type": "shareholding", "share": {"exact": 1e99}})], "row 3: share.exact"),
        ([held({"type": "shareholding", "share": {"exclusiveMinimum": 100}})], "row 3: A share"),
        ([held({"type": "shareholding"}, subject="a")], "row 3: a party cannot own"),
        (
            [held({"type": "shareholding", "startDate": "2026-02-01", "endDate": "2026-01-01"})],
            "row 3: The end lies before the start.",
        ),
        ([statement("x", "trust")], "recordType: 'trust' is none of"),
        ([statement("x", "person", names=[{"fullName": " "}])], "row 3: a party without a name"),
        ([{"recordId": "x"}], "row 3: recordType: is missing"),
        (["x"], "row 3: it: expected an object"),
    ],
)
def test_a_statement_of_bods_that_is_wrong_is_named_with_the_reason(rows, fault):
    with pytest.raises(DocumentRefused) as refused:
        bods_reading.read(json.dumps([*PARTIES, *rows]))

    assert fault in str(refused.value)


@pytest.mark.parametrize("text", ["", "{}", "[", "[]", "\x00"])
@pytest.mark.parametrize("read", [ftm.read, bods_reading.read])
def test_a_file_without_a_party_is_refused(read, text):
    with pytest.raises(DocumentRefused):
        read(text)


def test_indirect_interests_closed_records_and_unnamed_owners_are_left_out():
    rows = [
        *PARTIES,
        held({"type": "shareholding", "directOrIndirect": "indirect"}),
        {**statement("c", "entity", name="C"), "recordStatus": "new"},
        {**statement("c", "entity", name="C"), "recordStatus": "closed"},
        statement("s", "relationship", subject="b", interestedParty={"reason": "unknown"}),
    ]

    found = bods_reading.read(json.dumps(rows))

    assert [party.key for party in found.parties] == ["a", "b"]
    assert found.links == ()
    assert len(found.left_out) == 3
