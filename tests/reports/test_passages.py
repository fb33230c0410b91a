from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import InvalidValue
from casework.reports.document import Sentence
from casework.reports.passages import (
    case_refs,
    for_the_public,
    parse,
    plain_text,
    refuse_classified,
    unsourced,
    written_out,
)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two.", [("One.", ()), ("Two.", ())]),
        ("One. [public: A]", [("One.", ("public: A",))]),
        ("One [public: A]. Two.", [("One.", ("public: A",)), ("Two.", ())]),
        ("Early. Late. [INC-2026-00001#volumes; government: Register]",
         [("Early.", ()), ("Late.", ("INC-2026-00001#volumes", "government: Register"))]),
        ("The U.S. Government saw No. 4 too.", [("The U.S. Government saw No. 4 too.", ())]),
        ("第一句。第二句。", [("第一句。", ()), ("第二句。", ())]),
        ("Газпром? Да.", [("Газпром?", ()), ("Да.", ())]),
    ],
)  # fmt: skip
def test_a_text_is_read_sentence_by_sentence_with_what_each_rests_on(text, sentences):
    assert [(one.text, one.refs) for paragraph in parse(text) for one in paragraph] == sentences


def test_a_blank_line_begins_a_paragraph_and_a_line_end_does_not():
    assert len(parse("One.\nTwo.\n\nThree.")) == 2


@pytest.mark.parametrize(
    "ref",
    ["INC-26-1#volumes", "INC-2026-00001", "INC-2026-00001#price", "exhibit:3", "public:",
     "see above", "MEA-2026-00001#exhibit:0"],
)  # fmt: skip
def test_a_source_of_no_known_form_is_refused_by_name(ref):
    with pytest.raises(InvalidValue, match="is no source"):
        parse(f"A sentence. [{ref}]")


@pytest.mark.parametrize(
    "text",
    ["(S//NF) The source said", "TOP SECRET", "top of it SECRET//NOFORN", "(TS) One.", "//ORCON"],
)
def test_a_classification_marking_is_refused(text):
    with pytest.raises(InvalidValue, match="classification marking"):
        refuse_classified(text)


@pytest.mark.parametrize(
    "text", ["account(s) of it", "a secret of trade", "CUI//PROPIN", "(U) One."]
)
def test_plain_words_and_unclassified_marks_pass(text):
    refuse_classified(text)


def test_the_public_reads_sentences_with_their_public_sources_alone():
    found = for_the_public(parse("One. [public: A; INC-2026-00001#volumes; government: B]"))

    assert found == ((Sentence("One.", ("public: A",)),),)


def test_sentences_without_a_source_and_items_of_cases_are_told_apart():
    paragraphs = parse("One. Two. [public: A] Three. [MEA-2026-00001#exhibit:3]")

    assert unsourced(paragraphs) == ["One."]
    assert case_refs(paragraphs) == {"MEA-2026-00001#exhibit:3"}


_WORDS = st.text("abcdeАБ中 ", min_size=1, max_size=12).map(lambda text: f"A{text.strip()}.")
_REFS = st.lists(
    st.sampled_from(["public: A", "government: B", "INC-2026-00001#claim"]), max_size=2, unique=True
).map(tuple)


@given(st.lists(st.lists(st.builds(Sentence, _WORDS, _REFS), min_size=1, max_size=4), min_size=1))
def test_what_was_read_is_read_again_from_what_the_editor_shows(paragraphs):
    once = parse(written_out(paragraphs))

    assert parse(written_out(once)) == once
    assert plain_text(once).replace(" ", "") == plain_text(paragraphs).replace(" ", "")
