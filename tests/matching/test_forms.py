from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from casework.screening.matching.forms import forms
from casework.screening.matching.grams import EVERY, grams
from casework.screening.matching.han import numeral, simplified
from casework.screening.matching.legal import contrast

names = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=40
) | st.sampled_from(
    [
        "杭州深度求索人工智能有限公司",
        "ПАО «Газпром»",
        "شركة النفط ش.م.م",
        "Siemens AG",
        "S.C. Johnson & Son",
    ]
)
kinds = st.sampled_from(["organization", "person", "vessel", "aircraft", "other"])


@pytest.mark.parametrize(
    ("name", "form", "legal"),
    [
        ("Siemens Aktiengesellschaft", "siemens", "ag"),
        ("Volkswagen Bank G.m.b.H.", "volkswagen bank", "gmbh"),
        ("SAMSUNG ELECTRONICS CO., LTD.", "samsung electronics", "ltd"),
        ("P.T. Astra International", "astra international", "jsc"),
        ("ООО «Ромашка»", "romashka", "llc"),
        ("ПАО «Газпром»", "gazprom", "pjsc"),
        ("شركة النفط ش.م.م", "company oil", "llc"),
        ("華為技術有限公司", "huawei technology", "ltd"),
        ("中国电子科技集团公司第十四研究所",
         "china electronics technology group corporation 14 research institute", ""),
        ("Акционерное общество “Муромский приборостроительный завод”",
         "murom instrument making plant", "jsc"),
        ("Acme JOYNT STOCK COMPANY", "acme", "jsc"),
        ("Company Limited", "company", "ltd"),
        ("The Of", "the of", ""),
    ],
)  # fmt: skip
def test_the_first_form_of_an_organization(name, form, legal):
    first = forms(name, "organization")[0]

    assert (first.text, first.legal_form) == (form, legal)


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("习近平", "xi jinping"),
        ("欧阳娜娜", "ouyang nana"),
        ("Mr. J.R. Smith", "j r smith"),
        ("Путин, Владимир", "putin vladimir"),
        ("محمد عمر", "mhmd amr"),
    ],
)
def test_the_form_of_a_person(name, form):
    assert [each.text for each in forms(name, "person")] == [form]


def test_a_chinese_name_is_kept_in_pinyin_as_well_as_in_english():
    assert [form.how for form in forms("杭州深度求索人工智能有限公司", "organization")] == [
        "branded",
        "translated",
        "spelled",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("第十四", (3, 14)),
        ("第二十一", (4, 21)),
        ("五〇一", (3, 501)),
        ("三", (0, 0)),
        ("十", (0, 0)),
    ],
)
def test_chinese_numerals(text, found):
    assert numeral(text) == found


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [("ltd", "llc", "form"), ("ltd", "jsc", "family"), ("jsc", "jsc inc", ""), ("", "ltd", "")],
)
def test_legal_forms_differ_by_themselves_or_by_family(one, other, differ):
    assert contrast(one, other) == differ


@pytest.mark.parametrize("name", ["华为", "Газпром", "ОМЗ", "李", "3M"])
def test_short_names_have_pieces(name):
    assert len(grams(forms(name, "organization")[0].text, name) - {EVERY}) > 1


def test_traditional_characters_have_the_pieces_of_simplified_ones():
    assert simplified("華為") == "华为"
    assert "#华为" in grams("huawei", "華為")


@example("㊀𡑠", "organization")  # a character that no dictionary of readings has
@given(names, kinds)
def test_a_form_is_its_own_form(name, kind):
    """Made again from itself a spelled form stays as it is, but for a legal form or title that
    taking off another one has brought to an end.
    """
    for form in forms(name, kind):
        again = forms(form.text, kind)[0].text
        assert set(again.split()) <= set(form.text.split()) or not form.text
        assert forms(again, kind)[0].text == again or len(forms(again, kind)[0].text) < len(again)


@given(names, kinds)
def test_forms_are_plain_words_and_there_is_always_one(name, kind):
    found = forms(name, kind)

    assert found
    for form in found:
        assert form.text == " ".join(form.text.split())
        assert all(char.isalnum() for char in form.text.replace(" ", ""))
        assert EVERY in grams(form.text, name)


@given(names, kinds)
def test_case_and_compatibility_forms_do_not_count(name, kind):
    if name.isascii():
        assert forms(name.upper(), kind) == forms(name.lower(), kind)
