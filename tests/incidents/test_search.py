from __future__ import annotations

import uuid
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.errors import InvalidValue
from casework.incidents.search import SORTS, Place, fold, read_place

KEY = uuid.UUID(int=7)


@pytest.mark.parametrize(
    ("sort", "value"),
    [
        ("submitted", datetime(2026, 11, 24, 15, 0, tzinfo=UTC)),
        ("alleged", date(2026, 6, 10)),
        ("window", date(2026, 6, 10)),
        ("window", None),
        ("title", "示范 “quoted” ☃"),
    ],
)
def test_a_place_survives_the_address(sort, value):
    place = Place(value, KEY)

    assert read_place(place.token(), sort) == place


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(token=st.text(max_size=60), sort=st.sampled_from(sorted(SORTS)))
def test_any_other_text_is_refused_in_words(token, sort):
    with pytest.raises(InvalidValue):
        read_place(token, sort)


@pytest.mark.parametrize("text", ["", "  a\tb\n", "Ünïcode", "中文 字"])
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


def test_width_and_case_do_not_matter():
    assert fold("ＯＲＣＨＩＤ  Straße") == "orchid strasse"
