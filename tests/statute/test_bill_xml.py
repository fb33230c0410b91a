from __future__ import annotations

import pytest

from casework.statute.bill_xml import (
    LARGEST,
    BillTextRefused,
    ProvisionText,
    describe,
    is_text_of,
    match,
    read_bill,
)
from casework.statute.loader import load_pack

PACK = load_pack("hr8283_ih_2026_04_15")
HEAD = (
    '<!DOCTYPE bill PUBLIC "-//US Congress//DTDs/bill.dtd//EN" "bill.dtd">'
    '<bill bill-stage="Introduced-in-House"><form><congress>119th CONGRESS</congress>'
    "<legis-num>H. R. 8283</legis-num></form><legis-body>"
)
SECTION = "<section><enum>7.</enum><header>Aim</header><text>Be <term>brief</term>.</text>"


def bill(body: str, head: str = HEAD) -> bytes:
    return f"{head}{body}</legis-body></bill>".encode()


def whole() -> bytes:
    """A bill that has every place of the pack, its words our own."""
    return bill("".join(_section(name) for name in PACK.provisions if "(" not in name))


def _section(name: str) -> str:
    return f"<section><enum>{name}.</enum>{_below(name, 0)}</section>"


def _below(name: str, depth: int) -> str:
    level = ("paragraph", "subparagraph", "clause", "subclause", "item")[depth]
    children = [
        each
        for each in PACK.provisions
        if each.startswith(f"{name}(") and each.count("(") == depth + 1
    ]
    return "".join(
        f"<{level}><enum>({each[len(name) + 1 : -1]})</enum><text>Place.</text>"
        f"{_below(each, depth + 1)}</{level}>"
        for each in children
    )


def test_a_bill_with_every_place_leaves_nothing_unmatched():
    text = read_bill(whole())

    assert is_text_of(text, PACK.act)
    assert match(PACK, text.provisions) == []


def test_a_place_missing_on_either_side_is_named():
    provisions = [*read_bill(whole()).provisions[1:], ProvisionText("9", "", "")]

    assert match(PACK, provisions) == ["1", "9"]


def test_words_are_read_through_marks_and_continued():
    body = (
        f"{SECTION}<paragraph><enum>(A)</enum><header>One</header><text>First,</text>"
        "<clause><enum>(ii)</enum><text>deep</text></clause>"
        "<continuation-text>last.</continuation-text></paragraph></section>"
    )

    assert read_bill(bill(f"<title><enum>I</enum>{body}</title>")).provisions == (
        ProvisionText("7", "Aim", "Be brief."),
        ProvisionText("7(A)", "One", "First, last."),
        ProvisionText("7(A)(ii)", "", "deep"),
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [("8283", "8169"), ("119th", "118th"), ("Introduced-in", "Reported-in"), ("H. R.", "S.")],
)
def test_another_bill_or_stage_is_told_apart(old, new):
    text = read_bill(bill(f"{SECTION}</section>", HEAD.replace(old, new)))

    assert not is_text_of(text, PACK.act)
    assert describe(text)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not well-formed"),
        (b"\x00\x01", "not well-formed"),
        (b'<?xml version="1.0" encoding="nonsense"?><bill/>', "not well-formed"),
        (b"<html/>", "not a <bill>"),
        (b"<bill/>", "no <legis-body>"),
        (bill(""), "no numbered section"),
        (bill("<section><text>x</text></section>"), "has no <enum>"),
        (bill(f"{SECTION}</section>{SECTION}</section>"), "stands twice"),
        (bill("<title>" * 40 + "</title>" * 40), "nests deeper"),
        (b'<!DOCTYPE bill [<!ENTITY a "b">]><bill>&a;</bill>', "declares entities"),
        (b" " * (LARGEST + 1), "larger than"),
    ],
)
def test_what_is_not_a_bill_is_refused_with_the_reason(content, reason):
    with pytest.raises(BillTextRefused, match=reason):
        read_bill(content)


def test_a_bill_without_number_or_congress_belongs_to_no_pack():
    text = read_bill(bill(f"{SECTION}</section>", "<bill><legis-body>"))

    assert (text.number, text.congress, is_text_of(text, PACK.act)) == ("", 0, False)
    assert "without number" in describe(text)
