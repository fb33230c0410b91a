from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.pictures.layout import grid
from casework.pictures.svg import width, wrap
from casework.screening.picture import Node, NodeKind, Tie, ownership_picture, share_text
from casework.screening.picture_clusters import clustered
from casework.screening.picture_timeline import Span, timeline_picture, window_text

LAST = date.max.toordinal()
SVG = "{http://www.w3.org/2000/svg}"


def parsed(picture):
    return ET.fromstring(picture.svg)


def texts(picture):
    return [one.text for one in parsed(picture).iter(SVG + "text")]


def pyramid(count):
    nodes = [Node(f"n{at}", f"Company {at}") for at in range(count)]
    ties = [Tie(f"n{at // 5}", f"n{at}", Decimal(60), Decimal(60)) for at in range(1, count)]
    return nodes, ties


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (Decimal("51.00"), Decimal("51.00"), "51%"),
        (Decimal(50), Decimal("75.5"), "50% to 75.5%"),
        (Decimal(100), None, "at least 100%"),
        (None, Decimal(10), "at most 10%"),
        (Decimal(0), Decimal(0), "0%"),
        (None, None, "share unknown"),
    ],
)
def test_a_share_is_written_as_it_is_known(low, high, words):
    assert share_text(low, high) == words


def test_an_unknown_share_is_dashed_and_a_known_one_is_not():
    nodes = [Node("a", "A"), Node("b", "B")]

    known = ownership_picture(nodes, [Tie("a", "b", Decimal(1), Decimal(1))], title="T").svg
    unknown = ownership_picture(nodes, [Tie("a", "b")], title="T").svg

    assert "stroke-dasharray" not in known
    assert "1%" in known
    assert "stroke-dasharray" in unknown
    assert "unknown" in unknown


def test_the_arrow_ends_at_the_owned_party_below_its_owner():
    nodes = [Node("b", "Owned"), Node("a", "Owner")]

    picture = parsed(ownership_picture(nodes, [Tie("a", "b")], title="T"))

    owned, owner = (float(box.get("y")) for box in picture.iter(SVG + "rect") if box.get("stroke"))
    line = next(one for one in picture.iter(SVG + "path") if one.get("fill") == "none")
    assert owner < owned
    assert float(line.get("d").split()[-1]) == owned


@pytest.mark.parametrize(
    ("kind", "shape", "rounded"),
    [
        (NodeKind.ORGANIZATION, "rect", False),
        (NodeKind.PERSON, "rect", True),
        (NodeKind.STATE_BODY, "polygon", False),
    ],
)
def test_the_shape_of_a_box_tells_what_the_party_is(kind, shape, rounded):
    picture = parsed(ownership_picture([Node("a", "A", kind)], [], title="T"))

    box = next(one for one in picture.iter() if one.get("stroke"))
    assert box.tag == SVG + shape
    assert (box.get("rx") is not None) == rounded


def test_a_picture_holds_for_a_strict_policy_and_is_one_image():
    nodes, ties = pyramid(12)

    picture = ownership_picture(nodes, ties, title='A "title" <b>')
    root = parsed(picture)

    assert not re.search(r"style|class=|<script|href|on[a-z]+=", picture.svg)
    assert root.get("role") == "img"
    assert [one.text for one in root.iter(SVG + "title")] == [picture.alternative]


@given(st.text(min_size=1, max_size=300))
def test_any_name_gives_well_formed_markup_without_direction_overrides(name):
    picture = ownership_picture([Node("a", name)], [], title=name)

    shown = "".join(text or "" for text in texts(picture))
    assert not set(shown) & set("\u202d\u202e\u2066\u2067\x00")


@given(
    st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14)), max_size=40),
    st.integers(1, 6),
)
def test_no_two_boxes_share_a_place_whatever_the_circles(pairs, columns):
    nodes = [str(at) for at in range(15)]

    cells = grid(nodes, [(str(a), str(b)) for a, b in pairs], columns=columns)

    assert set(cells) == set(nodes)
    assert len(set(cells.values())) == len(nodes)
    assert all(0 <= cell.column < columns for cell in cells.values())


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(10, 19)), max_size=30))
def test_owners_stand_above_what_they_own_where_there_is_no_circle(pairs):
    nodes = [str(at) for at in range(20)]
    ties = [(str(a), str(b)) for a, b in pairs]

    cells = grid(nodes, ties, columns=4)

    assert all(cells[owner].row < cells[owned].row for owner, owned in ties)


def test_a_circle_of_ownership_is_drawn_with_every_arrow():
    nodes = [Node("a", "A"), Node("b", "B"), Node("c", "C")]
    ties = [Tie("a", "b"), Tie("b", "c"), Tie("c", "a"), Tie("a", "a")]

    picture = parsed(ownership_picture(nodes, ties, title="T"))

    assert sum(one.get("fill") == "none" for one in picture.iter(SVG + "path")) == 4


def test_two_hundred_parties_are_all_drawn():
    nodes, ties = pyramid(200)

    picture = ownership_picture(nodes, ties, title="T")

    joined = " ".join(text for text in texts(picture) if text)
    assert all(re.search(rf"Company {at}\b", joined) for at in range(200))


@pytest.mark.parametrize("limit", [5, 28, 150])
def test_a_crowd_is_gathered_below_the_limit_and_nobody_is_lost_from_the_count(limit):
    nodes, ties = pyramid(400)

    shown, drawn = clustered(nodes, ties, limit)

    assert len(shown) <= limit
    assert sum(node.count + node.below for node in shown) == 400
    names = {node.id for node in shown}
    assert all(tie.owner in names and tie.owned in names for tie in drawn)


def test_like_shareholders_become_one_box_with_the_span_of_their_shares():
    owners = [Node(f"p{at}", f"Person {at}", NodeKind.PERSON) for at in range(50)]
    ties = [Tie(node.id, "x", Decimal(at + 1), Decimal(at + 1)) for at, node in enumerate(owners)]

    shown, drawn = clustered([*owners, Node("x", "X", subject=True)], ties, 10)

    assert [node.label for node in shown] == ["50 persons", "X"]
    assert (drawn[0].low, drawn[0].high) == (Decimal(1), Decimal(50))


def test_a_subject_is_never_gathered_into_a_crowd():
    nodes, ties = pyramid(100)
    nodes[77] = Node("n77", "The subject", subject=True)

    shown, _ = clustered(nodes, ties, 8)

    assert "The subject" in [node.label for node in shown]


def test_a_tie_to_nobody_is_refused():
    with pytest.raises(KeyError, match="ghost"):
        ownership_picture([Node("a", "A")], [Tie("a", "ghost")], title="T")


def test_the_same_data_gives_the_same_picture():
    nodes, ties = pyramid(60)

    assert ownership_picture(nodes, ties, title="T") == ownership_picture(nodes, ties, title="T")


def test_the_alternative_names_the_ties_and_counts_the_rest():
    nodes, ties = pyramid(20)

    words = ownership_picture(nodes, ties, title="Ties").alternative

    assert words.startswith(
        "Ties: parties shown 20, ties shown 19. Company 0 owns Company 1 (60%)."
    )
    assert words.endswith("7 further ties are in the table.")


@given(st.text(max_size=400), st.integers(1, 5))
def test_wrapped_lines_are_few_and_fit(text, lines):
    wrapped = wrap(text, 114.0, lines)

    assert 1 <= len(wrapped) <= lines
    assert all(width(line) <= 114.0 for line in wrapped)


def test_chinese_is_as_wide_as_its_signs_and_breaks_between_them():
    assert width("深度求索", 10) == 40
    assert wrap("北灯智能科技示例有限公司北京", 60.0, 4)[0] == "北灯智能科"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 2, 3), date(2026, 4, 9), "3 Feb 2026 to 9 Apr 2026"),
        (date(2026, 2, 3), date(2026, 2, 3), "3 Feb 2026"),
        (date(2026, 2, 3), None, "from 3 Feb 2026, end not known"),
        (None, date(2026, 2, 3), "until 3 Feb 2026, start not known"),
        (None, None, "dates not known"),
    ],
)
def test_a_window_is_said_with_what_is_known_of_it(first, last, words):
    assert window_text(first, last) == words


def bars(picture):
    return [one for one in parsed(picture).iter(SVG + "rect") if one.get("stroke")]


def test_windows_are_bars_in_proportion_and_open_ones_are_dashed():
    month = Span("A", date(2026, 1, 1), date(2026, 1, 31), "Alleged")
    two = Span("B", date(2026, 1, 1), date(2026, 3, 3), "Determined")
    still = Span("C", date(2026, 2, 1), None, "Determined")

    picture = timeline_picture([month, two, still, Span("D", None, None, "Alleged")], title="T")

    one, double, open_ = bars(picture)
    assert float(double.get("width")) == pytest.approx(2 * float(one.get("width")), rel=0.01)
    assert [bar.get("fill") for bar in (one, double, open_)] == ["#ffffff", "#1b1b1b", "#ffffff"]
    assert open_.get("stroke-dasharray")
    assert "dates not known" in texts(picture)
    assert "B: 1 Jan 2026 to 3 Mar 2026, determined." in picture.alternative


@given(st.lists(st.tuples(st.dates(), st.integers(0, 4000)), min_size=1, max_size=8))
def test_every_bar_stays_on_the_axis(starts):
    spans = [
        Span("A", first, date.fromordinal(min(first.toordinal() + days, LAST)), "Alleged")
        for first, days in starts
    ]

    picture = timeline_picture(spans, title="T")

    for bar in bars(picture):
        assert float(bar.get("x")) >= 172
        assert float(bar.get("x")) + float(bar.get("width")) <= 172 + 330 + 5.2


def test_a_timeline_without_dates_has_no_axis():
    picture = timeline_picture([Span("A", None, None, "Alleged")], title="T")

    assert not list(parsed(picture).iter(SVG + "path"))
