from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.incidents.report import (
    EARLIEST,
    Answer,
    Handling,
    SourceLine,
    Volume,
    faults,
    read_content,
)
from tests.incidents.answers import report

TODAY = date(2026, 11, 24)
LATEST = date(2040, 1, 1)
DAYS = st.dates(min_value=EARLIEST, max_value=LATEST)
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
TEXTS = st.text(max_size=40)


def test_a_sound_report_has_no_fault():
    assert faults(report(), on=TODAY) == {}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"alleged_on": TODAY + timedelta(days=1)}, "alleged_on"),
        ({"alleged_on": EARLIEST - timedelta(days=1)}, "alleged_on"),
        ({"window_start": date(2027, 1, 1), "window_end": None}, "window_start"),
        ({"window_start": date(2026, 5, 2), "window_end": date(2026, 5, 1)}, "window_end"),
        ({"window_start": None}, "window_start"),
        ({"exchanges": Volume(None, "over")}, "exchanges"),
        ({"exchanges": Volume(5, "")}, "exchanges_qualifier"),
        ({"tokens": Volume(-1, "about")}, "tokens"),
        ({"accounts": Volume(2**63, "over")}, "accounts"),
        ({"channel": "rumour"}, "channel"),
        ({"claim_status": "determined"}, "claim_status"),
        ({"claim_status": "assessed"}, "claim_status"),
        ({"claim_status": "disputed"}, "response"),
        ({"answer": Answer("none_found")}, "response_on"),
        ({"answer": Answer("none_found", "No.", TODAY)}, "response_text"),
        ({"answer": Answer("denies", "", TODAY, "A letter")}, "response_text"),
        ({"answer": Answer("denies", "It is untrue.", TODAY)}, "response_source"),
        ({"answer": Answer("denies", "No.", date(2030, 1, 1), "A letter")}, "response_on"),
        ({"sources": ()}, "sources"),
        ({"sources": (SourceLine("Page"),) * 41}, "sources"),
        ({"sources": (SourceLine("Page", url="javascript:alert(1)"),)}, "sources-0-url"),
        ({"sources": (SourceLine("Page", accessed_on=date(2030, 1, 1)),)}, "sources-0-accessed_on"),
    ],
)
def test_each_fault_is_told_at_its_field(changes, field):
    found = faults(report(**changes), on=TODAY)

    assert list(found) == [field]
    assert found[field].endswith(".")


@UNHURRIED
@given(start=DAYS, end=DAYS)
def test_a_window_is_refused_exactly_when_it_is_reversed(start, end):
    found = faults(report(window_start=start, window_end=end), on=LATEST)

    assert ("window_end" in found) == (end < start)


@UNHURRIED
@given(
    title=TEXTS,
    start=st.none() | DAYS,
    count=st.none() | st.integers(0, 2**63 - 1),
    sources=st.lists(st.builds(SourceLine, TEXTS, published_on=st.none() | DAYS), max_size=3),
    codes=st.dictionaries(TEXTS, st.lists(TEXTS, max_size=3).map(tuple), max_size=3),
    kept=st.booleans(),
)
def test_content_is_read_back_as_the_same_report(title, start, count, sources, codes, kept):
    told = report(
        title=title,
        window_start=start,
        exchanges=Volume(count, "over"),
        sources=tuple(sources),
        terms=codes,
        handling=(Handling("model", kept),),
    )

    assert read_content(told.content()) == told
