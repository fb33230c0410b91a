"""What a packet says: hostile text, fairness, empty sections, recipients."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest

from casework.packets.render import build_html, render_packet

from . import sample


def test_what_an_outsider_typed_is_printed_and_never_obeyed(printed):
    packet = printed("hostile")
    joined = re.sub(r"\s+", " ", packet.text)

    assert sorted(packet.file.attachments) == ["manifest.json", "packet.json"]
    assert "root:" not in packet.text
    assert sample.SCRIPT in joined
    assert sample.ATTACH in joined
    assert "Acme[U+202E]ltd[U+202C] Group" in joined
    assert "a[U+0000]b[U+0007]c" in joined
    assert "REDACTED (b)(6)" in joined
    raw = packet.rendered.pdf
    assert b"/JavaScript" not in raw
    assert b"/OpenAction" not in raw


def test_an_allegation_and_its_denial_stand_on_the_same_page(rich):
    page = next(page for page in rich.pages if "A relay sold access" in page)

    assert "Denies the claim" in page
    assert "Letter of counsel" in page


def test_figures_and_names_are_kept_as_they_were_said(rich):
    for words in ("over 16,000,000", "北灯智能科技", "Полярный Вектор", "introduced, not law"):
        assert words in rich.text


def test_an_empty_packet_says_in_each_section_that_there_is_nothing(printed):
    packet = printed("empty")
    joined = re.sub(r"\s+", " ", packet.text)

    for words in (
        "No summary was written.",
        "No party is named",
        "No ownership or other tie is recorded.",
        "No incident is linked",
        "No element has been answered.",
        "Nothing has been computed",
        "No evidence that points the other way",
        "No answer of the accused is on file.",
        "Silence is not consent.",
        "No measure is recommended.",
        "No other measure is recorded",
        "No choice between readings",
        "No exhibit is attached",
        "No item is in the record.",
    ):
        assert words in joined


@pytest.mark.parametrize("code", ["state", "treasury", "justice", "congress", "public"])
def test_every_recipient_has_a_template_for_each_of_its_sections(code):
    html = build_html(sample.rich(code))

    assert html.count("<h1 ") == 1 + len(sample.rich(code).cover.recipient.sections)


def test_a_packet_can_be_set_on_a4(font_cache):
    drawn = render_packet(sample.empty(), cache=font_cache, paper="a4")

    with pikepdf.open(BytesIO(drawn.pdf)) as file:
        wide, high = (round(float(side)) for side in file.pages[0].mediabox[2:])
    assert (wide, high) == (595, 842)


def test_exhibits_are_not_linked_where_the_index_is_left_out():
    case = sample.rich()
    short = replace(case.cover, recipient=replace(case.cover.recipient, sections=("findings",)))

    html = build_html(replace(case, cover=short))

    assert "#exhibit-" not in html
