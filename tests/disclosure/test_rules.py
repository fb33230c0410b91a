from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.disclosure.rules import (
    Course,
    Standing,
    check_answer,
    check_ruling,
    earliest_release,
)
from casework.errors import InvalidValue

DUE = date(2026, 12, 9)
days = st.dates(date(2026, 1, 1), date(2028, 1, 1))


@pytest.mark.parametrize(
    ("course", "on", "standing"),
    [
        (Course(DUE), DUE, Standing.WAITING),
        (Course(DUE), DUE + timedelta(1), Standing.OVERDUE),
        (Course(DUE, "objects"), DUE, Standing.TO_RULE),
        (Course(DUE, "silent"), DUE, Standing.TO_RULE),
        (Course(DUE, "consents"), DUE, Standing.CONSENTED),
        (Course(DUE, "objects", False), DUE, Standing.WITHHELD),
        (Course(DUE, "objects", True, DUE), DUE - timedelta(1), Standing.TO_BE_RELEASED),
        (Course(DUE, "objects", True, DUE), DUE, Standing.RELEASED),
    ],
)
def test_where_a_notice_stands(course, on, standing):
    assert course.standing(on) is standing
    assert course.clears(on) is (standing in {Standing.CONSENTED, Standing.RELEASED})


@given(days, days)
def test_nothing_is_cleared_by_time_alone(due, on):
    assert not Course(due).clears(on)
    assert not Course(due, "silent").clears(on)


@given(days)
def test_against_an_objection_a_release_waits(ruled_on):
    assert earliest_release(Course(DUE, "objects"), ruled_on) >= ruled_on + timedelta(12)
    assert earliest_release(Course(DUE, "silent"), ruled_on) == ruled_on


@pytest.mark.parametrize(
    ("kind", "on", "field"),
    [
        ("perhaps", DUE, "kind"),
        ("silent", DUE, "received_on"),
        ("objects", date(2026, 11, 1), "received_on"),
        ("objects", date(2027, 3, 1), "received_on"),
    ],
)
def test_an_answer_that_cannot_be_is_refused(kind, on, field):
    with pytest.raises(InvalidValue) as refused:
        check_answer(Course(DUE), kind, on, sent_on=date(2026, 11, 24), on=date(2027, 1, 4))
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("course", "released", "reasons", "release_on", "field"),
    [
        (Course(DUE), True, "Why", DUE, "verdict"),
        (Course(DUE, "consents"), True, "Why", DUE, "verdict"),
        (Course(DUE, "objects", True, DUE), True, "Why", DUE, "verdict"),
        (Course(DUE, "objects"), True, " ", DUE, "reasons"),
        (Course(DUE, "objects"), True, "Why", None, "release_on"),
        (Course(DUE, "objects"), True, "Why", DUE, "release_on"),
        (Course(DUE, "objects"), False, "Why", DUE, "release_on"),
    ],
)
def test_a_ruling_needs_answer_reasons_and_a_reasonable_time(
    course, released, reasons, release_on, field
):
    with pytest.raises(InvalidValue) as refused:
        check_ruling(
            course, released=released, reasons=reasons, release_on=release_on, ruled_on=DUE
        )
    assert refused.value.field == field
