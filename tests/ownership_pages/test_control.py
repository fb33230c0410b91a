from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from casework.screening.control import Bond, controllers, ultimate_parents, weaker_ties

ON = date(2026, 11, 24)


def bonds(*rows):
    return [
        Bond(f"{upper}-{lower}", kind, upper, lower, Decimal(least) if least else None, *days)
        for upper, kind, lower, least, *days in rows
    ]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([("P", "owns", "S", "51")], {"P": ("P-S",)}),
        ([("P", "owns", "S", "50")], {}),
        ([("P", "owns", "S", None)], {}),
        ([("P", "parent_of", "S", None)], {"P": ("P-S",)}),
        ([("T", "owns", "P", "60"), ("P", "parent_of", "S", None)], {"T": ("T-P", "P-S")}),
        ([("P", "owns", "S", "60"), ("S", "owns", "P", "60")], {}),
        ([("P", "owns", "S", "60", None, date(2026, 11, 23))], {}),
        ([("P", "owns", "S", "60", date(2026, 11, 25))], {}),
        ([("P", "owns", "S", "60", ON, ON)], {"P": ("P-S",)}),
        ([("P", "controls", "S", None)], {}),
    ],
)
def test_the_ultimate_parent_is_the_last_one_of_more_than_half(rows, found):
    assert {row.party: row.path for row in ultimate_parents("S", bonds(*rows), ON)} == found


def test_whoever_directs_or_controls_is_found_through_others_and_in_circles():
    rows = bonds(
        ("D", "directs", "S", None),
        ("M", "controls", "D", None),
        ("S", "controls", "M", None),
        ("Body", "state_body_of", "M", None),
        ("Half", "owns", "S", "50"),
        ("Officer", "officer_of", "S", None),
        ("Far", "owns", "M", "10"),
    )

    assert [row.party for row in controllers("S", rows, ON)] == ["D", "M", "Body"]
    assert [row.party for row in weaker_ties("S", rows, ON)] == ["Half", "Officer"]
