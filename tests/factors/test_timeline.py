"""The time line of another model, which may speak against the allegation."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from casework.evidence.analysis.markers import Markers, Release, RivalEvent
from tests.factors import groups
from tests.factors.logs import START, Log

FIRST = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(hours=START)


def at(day):
    return FIRST + timedelta(days=day)


def rival(day, until=None, **told):
    fields = {"kind": "release"} | told
    return Markers(
        (),
        (
            RivalEvent(
                "rival-x", starts=at(day), ends=at(day if until is None else until), **fields
            ),
        ),
    )


def steady(log, days, *, rise_from=None, times=3):
    """A cluster of twenty and forty others, every day; the cluster trebles from a day on."""
    for day in days:
        for who in range(20):
            more = times if rise_from is not None and day >= rise_from else 1
            log.add(f"actor-{who:02d}", day * 24 + who, times=more, cluster=1)
    for day in range(60):
        for who in range(40):
            log.add(f"other-{who:02d}", day * 24 + who % 24)
    return log


def timeline(log, markers):
    cluster = log.report(markers)["clusters"][0]
    return cluster["factors"]["iv"]["measures"], cluster


def test_a_rise_before_the_rivals_release_is_shown_against_the_other_accounts():
    measures, cluster = timeline(steady(Log(), range(56), rise_from=28), rival(56))
    assert measures["surge"]["value"] == pytest.approx(3, rel=0.01)
    assert measures["surge"]["shown"]
    assert cluster["factors"]["iv"]["state"] == "shown"


def test_a_rise_that_all_accounts_share_is_none():
    log = steady(Log(), range(56), rise_from=28)
    for day in range(28, 60):
        for who in range(40):
            log.add(f"other-{who:02d}", day * 24 + who % 24, times=2)
    assert timeline(log, rival(56))[0]["surge"]["value"] == pytest.approx(1, rel=0.01)


def test_a_fall_before_the_rivals_release_speaks_against():
    log = steady(Log(), range(56))
    log.rows = [
        row
        for row in log.rows
        if row["account_id"] < "actor-05" or row["account_id"] >= "b" or row["h"] < START + 28 * 24
    ]
    measures, cluster = timeline(log, rival(56))
    assert measures["surge"]["value"] < 1
    assert any(
        sentence.startswith("Before the rival's release the cluster's exchanges fell")
        for sentence in cluster["contrary"]
    )


def test_what_came_after_the_rivals_release_cannot_have_served_it():
    measures, cluster = timeline(steady(Log(), range(40, 56)), rival(30))
    assert measures["in_time"]["value"] == 0
    assert measures["first_before"]["value"] < 0
    assert cluster["contrary"][0] == (
        "None of the cluster's exchanges came in time to serve the release of rival-x"
        " (2026-05-29 00:00 UTC)."
    )


def test_too_short_a_time_before_the_release_speaks_against():
    cluster = timeline(steady(Log(), range(30, 45)), rival(50))[1]
    assert cluster["contrary"][0].startswith(
        "The cluster began 20 days before the release of rival-x"
    )


def test_mostly_too_late_speaks_against():
    cluster = timeline(steady(Log(), range(10, 40)), rival(24))[1]
    assert cluster["contrary"][0].startswith("Only 23 % of the exchanges came in time")


def test_an_uncertain_event_gives_an_interval_with_its_confidence_and_source():
    markers = rival(30, until=40, kind="training", confidence="low", source="press report")
    found = timeline(steady(Log(), range(56)), markers)[0]
    assert found["first_before"]["range"] == [30, 40]
    assert found["in_time"]["range"] == pytest.approx([30 / 56, 40 / 56], abs=1e-9)
    assert found["first_before"]["sentence"] == (
        "The cluster began 30.0 days before the training of rival-x (between 2026-05-29 00:00 UTC"
        " and 2026-06-08 00:00 UTC) [Confidence low; press report]."
    )
    assert found["surge"]["missing"] == ["a rival's release"]


def test_less_than_a_week_before_the_run_up_is_too_little_to_compare():
    measures, _ = timeline(steady(Log(), range(56)), rival(33))
    assert measures["surge"]["missing"] == ["a week of exchanges before and within the run-up"]


def test_moving_no_sooner_than_others_speaks_against():
    log = groups.others(groups.campaign(Log()))
    for row in log.rows:
        row["is_new"] = int(row["h"] >= START + 240 and row["account_id"].startswith("other"))
    # The cluster needs 200 exchanges in the window, so that the figure alone decides.
    for who in range(20):
        log.add(f"actor-{who:03d}", 250, times=12, cluster=1)
    cluster = log.report(Markers((Release("model-2", at(10)),)))["clusters"][0]
    measure = cluster["factors"]["iv"]["measures"]["adopt72"]
    assert (measure["value"], measure["baseline"], measure["shown"]) == (0, 1, False)
    assert any("did not move first" in sentence for sentence in cluster["contrary"])
