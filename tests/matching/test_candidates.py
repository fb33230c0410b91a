from __future__ import annotations

from itertools import pairwise

import pytest

from casework.screening.queries.candidates import Query, match, plain_reasons

DEEPSEEK = "Hangzhou DeepSeek Artificial Intelligence Basic Technology Research Co., Ltd"


@pytest.fixture
def lists(add_entry):
    add_entry("DS", DEEPSEEK, "深度求索", countries=["CN"])
    add_entry("HW", "华为技术有限公司", "Huawei Technologies Co., Ltd.", countries=["CN"])
    add_entry("GP", "Gazprom PJSC", "ПАО «Газпром»", countries=["RU"], source="ofac-sdn",
              identifiers=[{"kind": "inn", "value": "7736050003"}])  # fmt: skip
    add_entry("MO", "MOHAMMED OMAR", ("Alkhatar", "weak"), kind="person",
              dates=[{"kind": "birth", "text": "circa 1960"}])  # fmt: skip
    add_entry("OLD", "Lantern Orchard Works", ended=2)
    add_entry("SAYS-NOT", "Vasiliy Orlov", kind="other")


@pytest.mark.parametrize(
    ("name", "kind", "entry_id"),
    [
        ("华为", "", "HW"),
        ("華為", "organization", "HW"),
        ("Huawei", "", "HW"),
        ("Hauwei Technologies", "", "HW"),
        ("Газпром", "organization", "GP"),
        ("Gasprom", "", "GP"),
        ("深度求索", "", "DS"),
        ("DeepSeek", "", "DS"),
        ("杭州深度求索人工智能基础技术研究有限公司", "", "DS"),
        ("محمد عمر", "person", "MO"),
        ("Omar, Mohamad", "", "MO"),
        ("Orlov Vasily", "person", "SAYS-NOT"),
    ],
)
def test_the_party_meant_comes_first(db, lists, name, kind, entry_id):
    found = match(db, Query(name=name, kind=kind))

    assert found[0].entry_id == entry_id
    assert found[0].score >= 0.7


def test_a_match_says_why(db, lists):
    found = match(db, Query(name="Gazprom", kind="organization", countries=("CN",)))[0]

    assert (found.source, found.name, found.matched_name) == (
        "ofac-sdn",
        "Gazprom PJSC",
        "Gazprom PJSC",
    )
    assert found.entry.entry_id == "GP"
    assert {"text": "The countries differ: CN, listed RU.", "against": True} in plain_reasons(found)


@pytest.mark.parametrize(
    ("query", "least", "most"),
    [
        (Query(name="Gasprom", identifiers=(("inn", "7736 050003"),)), 0.97, 1),
        (Query(name="Gazprom", identifiers=(("inn", "7700000000"),)), 0.8, 0.9),
        (Query(name="Mohammed Omar", born=1961), 1, 1),
        (Query(name="Mohammed Omar", born=1985), 0.8, 0.9),
    ],
)
def test_what_is_known_beside_the_name_counts(db, lists, query, least, most):
    assert least <= match(db, query)[0].score <= most


def test_an_ended_wording_is_not_found(db, lists):
    assert not match(db, Query(name="Lantern Orchard Works"))


def test_a_kind_keeps_the_other_kind_out(db, lists):
    assert not match(db, Query(name="Mohammed Omar", kind="organization"))
    assert not match(db, Query(name="Gazprom", kind="person"))


def test_a_weak_alias_is_only_shown_below_review(db, lists):
    found = match(db, Query(name="Alkhatar", kind="person"))

    assert [(each.entry_id, each.score) for each in found] == [("MO", 0.69)]


def test_the_best_come_first_within_limit_and_threshold(db, add_entry):
    for place in range(12):
        add_entry(f"E{place:02}", f"Orchard Lantern Works {chr(97 + place) * 4}")
    found = match(db, Query(name="Orchard Lantern works"), limit=5, threshold=0.5)

    assert len(found) == 5
    assert all(one.score >= other.score for one, other in pairwise(found))
    assert all(each.score > 0.9 for each in match(db, Query(name="Orchard Lantern"), threshold=0.9))


def test_keys_and_order_of_import_do_not_count(db, add_entry):
    names = ["Orchard Lantern", "Orchard Lanterns", "Orchid Lantern", "Orchard Lantern Works"]
    for entry_id, name in enumerate([*names, *reversed(names)]):
        add_entry(f"E{entry_id}", name)
    found = match(db, Query(name="Orchard Lantern"), threshold=0)

    assert [each.score for each in found[::2]] == [each.score for each in found[1::2]]
    assert [each.name for each in found[::2]] == [each.name for each in found[1::2]]


def test_a_name_without_any_known_piece_is_sought_by_its_beginning(db, add_entry):
    add_entry("Q", "Qo")

    assert [each.entry_id for each in match(db, Query(name="Qu"), threshold=0)] == ["Q"]


@pytest.mark.parametrize("name", ["", "  ", "!?", "\u200b", "%", "_"])
def test_nothing_is_found_for_nothing(db, lists, name):
    assert match(db, Query(name=name), threshold=0) == []


def test_common_names_do_not_drown_the_rare_one(db, add_entry):
    for place in range(60):
        add_entry(f"M{place}", f"Mohammad Karim{chr(97 + place % 26)}{place}", kind="person")
    add_entry("Z", "Zarqun Mohammad Karim", kind="person")

    assert match(db, Query(name="Mohammad Zarqun", kind="person"))[0].entry_id == "Z"
