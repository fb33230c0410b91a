from __future__ import annotations

import itertools
import re
from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import NotFound
from casework.evidence.drawing import frame
from casework.evidence.drawing.draw import draw, draw_on_paper, for_paper, plots_for
from casework.evidence.drawing.lives import followers
from casework.evidence.drawing.series import series_of
from casework.pictures import svg

from .reports import CHINESE, FIRST, LONG, report, series

NAMES = ["volume", "week", "capabilities", "network", "lives", "lorenz"]
EMPTY = {
    "daily": [],
    "week": [],
    "capabilities": [],
    "lives": [],
    "network": {"nodes": [], "edges": []},
    "lorenz": [],
}
SVG = "{http://www.w3.org/2000/svg}"
RELEASE = {"model": "model-a-2", "ts": "2026-04-16T23:30:00-02:00"}
RIVAL = {"model": "rival-x", "kind": "training", "from": "2026-04-17T00:00:00Z",
         "to": "2026-04-19T00:00:00Z"}  # fmt: skip


def drawn(name, **changes):
    return draw(report(**changes), "C1")[name]


def texts(picture):
    return list(ET.fromstring(picture.svg).iter(f"{SVG}text"))


def overhanging(picture):
    """Letters that leave the picture, by the measure that cut them."""
    found = []
    for one in texts(picture):
        wide = svg.width(one.text, float(one.get("font-size")))
        left = float(one.get("x")) - wide * {"start": 0, "middle": 0.5, "end": 1}[
            one.get("text-anchor")
        ]  # fmt: skip
        if left < -1 or left + wide > frame.WIDE + 1:
            found.append(one.text)
    return found


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "rows",
    [
        series(),
        series(days=1, lives=1, groups=1),
        series(days=400, lives=60, groups=150),
        EMPTY,
        series(week=[[0, 0, 1]], lorenz=[[0.0, 0.0], [1.0, 1.0]]),
    ],
    ids=["ordinary", "one day", "400 days", "nothing", "one hour"],
)
def test_each_picture_says_its_title_and_words_and_stays_inside_its_frame(name, rows):
    picture = drawn(name, series=rows)
    title = ET.fromstring(picture.svg).find(f"{SVG}title").text

    assert title == f"{picture.title}. {picture.description}"
    assert overhanging(picture) == []
    assert picture.table.header
    assert all(len(row) == len(picture.table.header) for row in picture.table.rows)
    assert not re.search(r"NaN|inf|style=|<script|href", picture.svg)


@pytest.mark.parametrize("name", NAMES)
def test_only_black_white_and_grey_are_used(name):
    tones = set(re.findall(r"#[0-9a-f]{6}", drawn(name).svg))

    for tone in tones:
        red, green, blue = (int(tone[at : at + 2], 16) for at in (1, 3, 5))
        assert max(red, green, blue) - min(red, green, blue) <= 16, tone


@pytest.mark.parametrize("name", NAMES)
def test_the_same_report_gives_the_same_picture(name):
    assert drawn(name) == drawn(name)


def test_names_are_escaped_and_an_override_is_not_passed_on():
    rows = series(capabilities=[["<b>x</b>\u202e&", 0.5, 0.5]])

    picture = drawn("capabilities", series=rows)

    assert "<b>" not in picture.svg
    assert "\u202e" not in picture.svg
    assert picture.table.rows[0][0] == "<b>x</b>\u202e&"


def test_a_cluster_that_the_report_does_not_hold_is_not_found():
    with pytest.raises(NotFound, match="The report has no cluster C9"):
        draw(report(), "C9")


def test_volume_names_markers_inside_the_log_and_says_those_outside():
    later = {"model": "later-y", "kind": "training", "from": "2027-01-01T00:00:00Z",
             "to": "2027-01-02T00:00:00Z"}  # fmt: skip
    markers = {"releases": [RELEASE], "rival_releases": [RIVAL, later]}

    picture = drawn("volume", markers=markers)

    words = [one.text for one in texts(picture)]
    assert "model-a-2 released by the owner" in words
    assert "rival-x trained by another developer" in words
    assert "later-y trained by another developer" not in words
    assert "17 Apr 2026" in picture.description, "23:30 at UTC-2 is the next day in UTC"
    assert "Not drawn: later-y trained by another developer, 1 Jan 2027 to 2 Jan 2027." in (
        picture.description
    )


def test_the_area_of_the_new_model_stands_on_the_same_scale_as_all_models():
    rows = series(daily=[[FIRST.isoformat(), 10, 10, 10]])

    areas = re.findall(r'<path d="(M[^"]+Z)" fill="([^"]+)"', drawn("volume", series=rows).svg)

    assert areas[0][0] == areas[1][0], "all went to the new model"
    assert areas[0][1] != areas[1][1]


def test_a_long_table_is_added_up_on_paper_and_keeps_the_sum():
    whole = report(series=series(days=400))

    paper = draw_on_paper(for_paper(series_of(whole, "C1")))["volume"].table

    assert len(paper.rows) <= 10
    assert paper.rows[0][0] == "15 Apr 2026 to 24 May 2026"
    assert sum(int(row[1].replace(",", "")) for row in paper.rows) == sum(
        row[1] for row in whole["clusters"][0]["series"]["daily"]
    )


def test_what_paper_does_not_draw_is_not_kept_for_paper():
    full = series_of(report(series=series(lives=60, groups=100)), "C1")
    kept = for_paper(full)

    assert draw_on_paper(kept) == draw_on_paper(full)
    assert len(kept.lives) == 20


def test_the_week_tells_its_zone_its_scale_and_its_weekend():
    picture = drawn("week", series=series(week=[[5, 7, 3], [0, 9, 1]]))

    assert "(UTC)" in picture.title
    assert [one.text for one in texts(picture)][-4:] == ["0", "1", "2", "3"]
    assert "Saturday from 07:00 to 08:00 UTC, 3" in picture.description
    assert "Saturday and Sunday: 75.0% of all" in picture.description
    assert "without any: 166 of 168" in picture.description
    assert len(picture.table.rows) == 24


def test_a_very_long_capability_list_is_cut_and_says_so():
    many = [[f"capability {at}", 0.02, 0.02] for at in range(50)]

    picture = drawn("capabilities", series=series(capabilities=many))

    assert "Further capabilities in the table: 34." in picture.description
    assert len(picture.table.rows) == 50


def test_long_names_are_cut_in_the_picture_and_whole_in_the_table():
    assert any(one.text.endswith("…") for one in texts(drawn("lives")))
    assert drawn("lives").table.rows[0][0] == f"{LONG}-0"
    assert [CHINESE in row for row in drawn("capabilities").table.rows].count(True) == 1


def test_an_account_that_begins_within_a_day_of_anothers_end_follows_it():
    picture = drawn("lives", series=series(lives=3))

    assert "2 among those shown" in picture.description
    assert picture.table.rows[0][-1] == f"{LONG}-1"
    assert picture.table.rows[2][-1] == ""


@pytest.mark.parametrize(
    ("hours", "follows"), [(0, False), (1, True), (24, True), (25, False), (-3, False)]
)
def test_a_hand_over_needs_a_beginning_after_the_end_and_within_24_hours(hours, follows):
    first = series_of(report(), "C1").lives[0]
    second = type(first)(
        "b", first.last + timedelta(hours=hours), first.last + timedelta(hours=60), 1
    )

    assert bool(followers([first, second])) is follows


def test_a_gini_that_could_not_be_computed_is_said_to_be_so():
    told = report()
    told["clusters"][0]["factors"]["i"]["measures"]["gini"]["value"] = None

    assert "not computed" in draw(told, "C1")["lorenz"].description


def test_files_are_made_of_clusters_with_attention_only_the_largest_first():
    told = report(clusters=3)
    told["clusters"][1]["attention"] = False
    told["clusters"][2]["accounts"] = 99

    names = [name for name, _ in plots_for(told)]

    assert names[:6] == [f"C3-{name}.svg" for name in NAMES]
    assert names[6:] == [f"C1-{name}.svg" for name in NAMES]


@given(st.integers(0, 10**12))
def test_a_scale_starts_at_nothing_reaches_the_most_and_has_six_steps_at_most(most):
    ticks = frame.steps(most)

    assert ticks[0] == 0
    assert ticks[-1] >= max(most, 1)
    assert 2 <= len(ticks) <= 6
    assert len({after - before for before, after in itertools.pairwise(ticks)}) == 1


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 5000))
def test_at_most_six_days_are_named_on_an_axis_the_first_among_them(first, span):
    named = frame.dates(first, first + timedelta(days=span))

    assert named[0] == first
    assert 1 <= len(named) <= 6
    assert named[-1] <= first + timedelta(days=span)
