import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.screening.names import folded, lookalike_words, script_words, scripts


@pytest.mark.parametrize(
    ("written", "sought"),
    [
        ("Orchid  COMPUTE\tLtd", "orchid compute ltd"),
        ("ＯＲＣＨＩＤ", "orchid"),
        ("Straße", "strasse"),
        ("ООО «ПРИМЕР»", "ооо «пример»"),
        ("Cafe\u0301", "café"),
        ("示范\u200b深度", "示范深度"),
        ("شركة\u200cالمثال", "شركةالمثال"),
    ],
)
def test_names_that_read_alike_fold_alike(written, sought):
    assert folded(written) == folded(sought)


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert folded(folded(text)) == folded(text)


@given(st.text())
def test_a_name_is_found_whatever_normal_form_it_is_typed_in(text):
    assert folded(unicodedata.normalize("NFD", text)) == folded(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Orchid Compute", ("Latn",)),
        ("示范深度研究", ("Hani",)),
        ("Пример", ("Cyrl",)),
        ("شركة", ("Arab",)),
        ("ひらがな漢", ("Hira", "Hani")),
        ("한국", ("Hang",)),
        ("ＯＲＣＨＩＤ", ("Latn",)),
        ("360 + 7", ("Zyyy",)),
        ("", ("Zyyy",)),
        ("𐎠", ("Zzzz",)),
    ],
)
def test_scripts_are_told_commonest_first(text, codes):
    assert scripts(text) == codes


def test_scripts_have_words():
    assert script_words("示范深度 AI") == "Chinese characters, Latin"


@given(st.text())
def test_every_text_has_scripts_that_have_words(text):
    assert script_words(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Orсhid Compute", ("Orсhid",)),  # the third letter is Cyrillic
        ("Orchid Пример", ()),
        ("示范AI", ()),
    ],
)
def test_a_word_that_mixes_letters_that_look_alike_is_told(text, words):
    assert lookalike_words(text) == words
