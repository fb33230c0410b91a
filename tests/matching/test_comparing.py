from __future__ import annotations

import pytest

from casework.screening.matching.explain import AGAINST, reasons
from casework.screening.matching.subjects import REVIEW, WEAK_MOST, Query, judge
from casework.screening.matching.words import Weights
from tests.matching.names import party, score, verdict

DEEPSEEK = "Hangzhou DeepSeek Artificial Intelligence Basic Technology Research Co., Ltd"


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("Chevon Corporation", "Chevron Corporation"),
        ("Hewlett-Packard Co.", "Hewlett Packard Co."),
        ("PricewaterhouseCoopers LLP", "Pricewaterhouse Coopers LLP"),
        ("Technologies Huawei", "Huawei Technologies Co., Ltd."),
        ("U.S. Department of State", "United States Department of State"),
        ("Gazprom", "ПАО «Газпром»"),
        ("OAO Gazprom", "Open Joint Stock Company Gazprom"),
        ("JSC Murom Instrument-Making Plant",
         "Акционерное общество “Муромский приборостроительный завод”"),
        ("华为", "華為技術有限公司"),
        ("华为技术有限公司", "Huawei Technologies Co., Ltd."),
        ("DeepSeek", DEEPSEEK),
        ("杭州深度求索人工智能基础技术研究有限公司", DEEPSEEK),
        ("Bank Melli", "بنك ملي"),
        ("中国电子科技集团公司第十四研究所",
         "China Electronics Technology Group Corporation 14th Research Institute (CETC 14)"),
    ],
)  # fmt: skip
def test_names_of_one_organization_reach_review(query, listed):
    assert score(query, listed) >= REVIEW


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("ООО «Бай»", "ООО «Байкал»"),
        ("BWI Industries, Inc.", "BAE Industries, Inc."),
        ("Tactical Kittens Corporation", "Tactical Missiles Corporation JSC"),
        ("Sparkles Business Corporation", "Sporks Business Corporation"),
        ("Beijing Orchard Computing", "Hangzhou Orchard Computing"),
        ("Orchard Computing of France", "Orchard Computing of Japan"),
        ("Bank of Trade", "Export Bank"),
        ("Global Technology Group", "Lantern Technology Group"),
    ],
)
def test_names_of_different_organizations_stay_below_review(query, listed):
    assert score(query, listed) < REVIEW


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("Putin, Vladimir", "Vladimir Putin"),
        ("Muhammad bin Salman", "Mohammed bin Salman"),
        ("Usama bin Ladin", "Osama bin Laden"),
        ("N. Nazarbayev", "Nursultan Nazarbayev"),
        ("Ramimakhlouf", "Rami Makhlouf"),
        ("Sergey Viktorovich Lavrov", "Sergey Lavrov"),
        ("Ротенберг Аркадий", "Arkadii Romanovich Rotenberg"),
        ("习近平", "Xi Jinping"),
        ("習近平", "Jinping Xi"),
        ("محمد عمر", "Mohammed Omar"),
        ("عبد الرحمن", "Abd al-Rahman"),
    ],
)
def test_names_of_one_person_reach_review(query, listed):
    assert score(query, listed, kind="person") >= REVIEW


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("Viktor Yakunin", "Vladimir Yakunin"),
        ("Malik Magomedovich Barkhanoev", "Malik Ruslanovich Barkhanoev"),
        ("Ahmad Ibrahim", "Anwar Ibrahim"),
        ("Ali", "Wali"),
        ("Sergey Ivanov", "Sergey Viktorovich Lavrov"),
        ("Wang Wei", "Li Wei"),
    ],
)
def test_names_of_different_persons_stay_below_review(query, listed):
    assert score(query, listed, kind="person") < REVIEW


def test_another_city_is_said_to_speak_against():
    here, there = (
        score(f"{city} DeepSeek Technology", DEEPSEEK) for city in ("Hangzhou", "Beijing")
    )
    found = verdict("Beijing DeepSeek Technology", DEEPSEEK)
    told = [reason.text for reason in reasons(found, "organization") if reason.speaks == AGAINST]

    assert here - there > 0.1
    assert "The names give different places: beijing, listed hangzhou." in told


def test_another_number_speaks_against():
    found = verdict("Carlyle Partners VII L.P.", "Carlyle Partners VIII L.P.")

    assert found.score < 0.9
    assert any("numbers: 7, listed 8" in str(each) for each in reasons(found, "organization"))


def test_reasons_say_that_a_published_brand_was_used():
    told = [str(each) for each in reasons(verdict("深度求索", DEEPSEEK), "organization")]

    assert any("深度求索, in general use for deepseek; verify at https://" in each for each in told)


def test_an_alias_on_record_is_found_without_any_brand_table():
    assert score("果园", DEEPSEEK, "果园") == 1


def test_a_weak_alias_alone_never_reaches_review():
    assert score("Orchid", "Lantern Works", weak=("Orchid",)) == WEAK_MOST < REVIEW


def test_a_weak_alias_supports_a_name_that_is_near():
    alone = score("Lanterm Works", "Lantern Works")
    found = verdict("Lanterm Works", "Lantern Works", weak=("Lanterm Works",))

    assert found.score > alone
    assert "A weak alias agrees as well: Lanterm Works." in map(str, reasons(found, "organization"))


def test_common_words_of_the_lists_tell_less():
    common = Weights({"mohammad": 900, "ali": 900}, 10_000)
    query = Query(name="Mohammad Zarqun", kind="person")
    rare = judge(query, party("Zarqun Karim", kind="person"), common)
    often = judge(query, party("Mohammad Karim", kind="person"), common)

    assert rare.score > often.score


def test_a_party_without_names_is_not_judged():
    assert judge(Query(name="Orchard"), party(), Weights()) is None
