from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.screening.ownership import Stake, ownership
from casework.screening.ownership_input import GraphRefused, problems, read_graph
from casework.screening.ownership_rules import RULES

ANSWERS = {"blocked": "caught", "restricted": "caught", "subject": "caught"}
DATA = Path(__file__).parent / "ownership_cases.json"
CASES = json.loads(DATA.read_text())["cases"]


def solve(document):
    graph = read_graph(document)
    return ownership(graph.rule, graph.listed, graph.stakes, on=graph.on, countries=graph.countries)


def edges(*rows):
    return [
        {"owner": owner, "owned": owned, **(share if isinstance(share, dict) else {"pct": share})}
        for owner, owned, share in rows
    ]


def graph(*rows, rule="HR8283_5A", listed=None, as_of=None, **more):
    listed = {"X": ["any"]} if listed is None else listed
    return {"rule": rule, "as_of": as_of, "listed": listed, "edges": edges(*rows), **more}


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_each_official_case_comes_out_as_the_agency_says(case):
    found = solve(case)

    said = {name: ANSWERS.get(word, "not_caught") for name, word in case["expect"].items()}
    assert {name: row.answer for name, row in found.items()} == said
    for name, flags in case.get("expect_flags", {}).items():
        assert set(found[name].flags) == set(flags)


BAND = {"pct": None, "min": "25", "max": "50"}
UNKNOWN = {"pct": None}


@pytest.mark.parametrize(
    ("rows", "listed", "answers"),
    [
        ([("X", "A", "35"), ("Y", "A", "15")], "XY", {"A": "caught"}),
        ([("X", "A", "20"), ("Y", "A", "25")], "XY", {"A": "not_caught"}),
        (
            [(f"X{n}", "A", "4") for n in range(10)],
            [f"X{n}" for n in range(10)],
            {"A": "not_caught"},
        ),
        (
            [("X", "A", "12.2"), ("Y", "A", "27.9"), ("Z", "A", "9.9")],
            "XYZ",
            {"A": "caught"},
        ),
        ([("X", "A", "49"), ("A", "B", "100")], "X", {"A": "not_caught", "B": "not_caught"}),
        ([("X", "A", "49.999999")], "X", {"A": "not_caught"}),
        ([("X", "A", BAND)], "X", {"A": "unresolved"}),
        ([("X", "A", {"pct": None, "min": "75", "max": "100"})], "X", {"A": "caught"}),
        ([("X", "A", BAND), ("Y", "A", BAND)], "XY", {"A": "caught"}),
        ([("X", "A", UNKNOWN)], "X", {"A": "unresolved"}),
        ([("P", "A", UNKNOWN)], "X", {"A": "not_caught", "P": "not_caught"}),
        ([("X", "A", UNKNOWN), ("A", "B", "60")], "X", {"A": "unresolved", "B": "unresolved"}),
    ],
)
def test_stakes_add_up_exactly_and_what_is_not_known_stays_open(rows, listed, answers):
    found = solve(graph(*rows, listed={name: ["any"] for name in listed}))

    assert {name: row.answer for name, row in found.items()} == answers


def test_a_circle_is_told_and_does_not_catch_by_itself():
    found = solve(graph(("X", "A", "30"), ("B", "A", "20"), ("A", "B", "60")))

    assert found["A"].answer == found["B"].answer == "not_caught"
    assert "circular_ownership" in found["A"].flags
    assert found["A"].economic_interest == Decimal("34.090909")


def test_a_product_is_information_beside_the_answer():
    row = solve(graph(("X", "A", "50"), ("A", "B", "50")))["B"]

    assert row.answer == "caught"
    assert row.economic_interest == 25
    assert (row.least, row.most) == (50, 50)
    assert row.via == (("X", "A"), ("A", "B"))
    assert row.ultimate_parent is None


def test_the_last_owner_of_more_than_half_is_the_ultimate_parent():
    found = solve(graph(("X", "A", "60"), ("A", "B", "51"), ("P", "Q", "60"), ("Q", "P", "60")))

    assert found["B"].ultimate_parent == "X"
    assert found["P"].ultimate_parent is None


@pytest.mark.parametrize(
    ("as_of", "listed", "answer", "flag"),
    [
        ("2025-10-15", "EL", "caught", None),
        ("2025-10-15", "MEU", "caught", None),
        ("2025-10-15", "SDN:SDGT", "caught", None),
        ("2025-10-15", "SDN:CUBA", "not_caught", None),
        ("2025-10-15", "SDN", "unresolved", "unknown_share"),
        ("2025-10-15", "UVL", "not_caught", None),
        ("2025-12-01", "EL", "not_caught", "rule_suspended"),
        ("2026-11-09", "EL", "not_caught", "rule_suspended"),
        ("2026-11-10", "EL", "unresolved", "rule_unconfirmed"),
        (None, "EL", "caught", None),
    ],
)
def test_the_export_rule_has_windows_and_lists_of_its_own(as_of, listed, answer, flag):
    row = solve(graph(("X", "A", "60"), rule="BIS_AFFILIATES", listed={"X": [listed]}, as_of=as_of))

    assert row["A"].answer == answer
    assert flag is None or flag in row["A"].flags


def test_the_export_rule_spares_entities_of_the_united_states():
    found = solve(
        graph(
            ("X", "A", "60"),
            ("A", "B", "100"),
            rule="BIS_AFFILIATES",
            listed={"X": ["EL"]},
            countries={"A": "US"},
        )
    )

    assert (found["A"].answer, found["A"].flags) == ("not_caught", ("domestic",))
    assert found["B"].answer == "caught"  # held indirectly, through an owner at home


def test_sectoral_and_full_blocking_are_counted_apart():
    rows = [("X", "A", "60")]

    assert solve(graph(*rows, rule="OFAC50_SSI", listed={"X": ["SSI"]}))["A"].answer == "caught"
    assert solve(graph(*rows, rule="OFAC50", listed={"X": ["SSI"]}))["A"].answer == "not_caught"


names = st.sampled_from("XYABCDEF")
shares = st.decimals(0, 100, places=2)


@st.composite
def stakes(draw):
    first, second = sorted((draw(shares), draw(shares)))
    least, most = draw(st.sampled_from([(first, first), (first, second)]))
    return Stake(draw(names), draw(names), least, most)


graphs = st.lists(stakes(), max_size=14)
LISTED = {"X": ["any"], "Y": ["any"]}


def answers(rows):
    return ownership(RULES["HR8283_5A"], LISTED, rows, on=None, countries={})


@given(graphs, st.sampled_from("XY"), st.sampled_from("ABCDEF"), shares)
def test_a_further_share_of_a_listed_owner_frees_nobody(rows, owner, owned, share):
    before = answers(rows)
    after = answers([*rows, Stake(owner, owned, share, share)])

    for name, row in before.items():
        if row.answer == "caught":
            assert after[name].answer == "caught"
        if row.answer == "unresolved":
            assert after[name].answer != "not_caught"


@given(graphs)
def test_every_graph_has_an_answer_that_its_own_aggregate_bears_out(rows):
    for row in answers(rows).values():
        assert row.least <= row.most <= 100
        reached = {"caught": row.least >= 50, "unresolved": row.most >= 50 > row.least}
        assert reached.get(row.answer, row.most < 50)


@given(graphs, st.randoms())
def test_the_order_of_the_stakes_changes_no_answer(rows, random):
    shuffled = list(rows)
    random.shuffle(shuffled)

    one, other = answers(rows), answers(shuffled)
    assert {name: (row.answer, row.least, row.economic_interest) for name, row in one.items()} == {
        name: (row.answer, row.least, row.economic_interest) for name, row in other.items()
    }


def test_a_long_chain_is_followed_to_its_end():
    rows = [Stake("X", "N0", Decimal(50), Decimal(50))]
    rows += [Stake(f"N{n}", f"N{n + 1}", Decimal(50), Decimal(50)) for n in range(3000)]

    assert answers(rows)["N3000"].answer == "caught"


def test_a_stake_ends_on_its_last_day_and_starts_on_its_first():
    stake = Stake("X", "A", Decimal(50), Decimal(50), date(2026, 1, 1), date(2026, 2, 1))

    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 31), date(2026, 2, 1)]
    assert [stake.in_force(day) for day in days] == [False, True, True, False]


def test_what_is_odd_is_told():
    told = problems(
        read_graph(
            graph(
                ("X", "A", "60"),
                ("Y", "A", {"pct": "50", "start": "2026-01-01"}),
                rule="OFAC50",
                listed={"X": ["SDN"], "Z": ["UVL"]},
            )
        )
    )

    assert [line.split(":")[0] for line in told] == ["Z", "as_of", "A"]


EDGE = {"owner": "X", "owned": "A", "pct": "50"}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"rule": "EU50"}, "rule"),
        ({"rule": None}, "rule"),
        ({"as_of": "2026-02-30"}, "as_of"),
        ({"as_of": 20260101}, "as_of"),
        ({"listed": ["X"]}, "listed"),
        ({"listed": {"X": "SDN"}}, "listed.X"),
        ({"edges": {}}, "edges"),
        ({"edges": [7]}, "edges[0]"),
        ({"edges": [EDGE | {"pct": 50.0}]}, "edges[0].pct"),
        ({"edges": [EDGE | {"pct": "100.1"}]}, "edges[0].pct"),
        ({"edges": [EDGE | {"pct": "-1"}]}, "edges[0].pct"),
        ({"edges": [EDGE | {"pct": "NaN"}]}, "edges[0].pct"),
        ({"edges": [EDGE | {"pct": "1e1"}]}, "edges[0].pct"),
        ({"edges": [EDGE | {"min": "10"}]}, "edges[0].pct"),
        ({"edges": [EDGE | {"pct": None, "min": "60", "max": "50"}]}, "edges[0].max"),
        ({"edges": [EDGE | {"owner": ""}]}, "edges[0].owner"),
        ({"edges": [EDGE | {"owned": None}]}, "edges[0].owned"),
        ({"edges": [EDGE | {"start": "2026-02-01", "end": "2026-01-01"}]}, "edges[0].end"),
        ({"edges": [EDGE | {"percent": "50"}]}, "edges[0].percent"),
        ({"edges": [EDGE | {"interest": 4}]}, "edges[0].interest"),
        ({"countries": {"A": "USA"}}, "countries.A"),
        ({"countrys": {}}, "countrys"),
    ],
)
def test_a_graph_that_does_not_fit_is_refused_by_the_name_of_its_field(change, field):
    with pytest.raises(GraphRefused) as refusal:
        read_graph(graph() | {"edges": [EDGE]} | change)

    assert str(refusal.value).startswith(f"{field}:")


@pytest.mark.parametrize("document", [None, [], "X", 5])
def test_a_document_of_another_shape_is_refused(document):
    with pytest.raises(GraphRefused, match="the document"):
        read_graph(document)
