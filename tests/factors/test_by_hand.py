"""Logs of twelve rows, measured by hand."""

from __future__ import annotations

import math
from datetime import UTC, datetime

import pytest

from casework.evidence.analysis.markers import Markers, Release
from tests.factors.logs import Log

SIX_O_CLOCK = datetime(2026, 4, 29, 6, tzinfo=UTC)


@pytest.fixture(scope="module")
def measured():
    """Cluster: 8 exchanges, 6 coding and 2 math. Others: 4, 1 coding and 3 math."""
    log = Log()
    shared, both = {"template_hash": "t1"}, {"cluster": 1, "capability": "coding"}
    log.add("a", 0, **both, **shared)
    log.add("a", 6, **both, **shared, is_new=1)
    log.add("a", 12, cluster=1, capability="math", **shared, is_new=1)
    log.add("a", 18, cluster=1, capability="math")
    log.add("b", 0, **both, **shared)
    log.add("b", 6, **both, is_new=1)
    log.add("c", 0, **both, **shared)
    log.add("c", 0, **both)
    log.add("d", 0, capability="coding")
    log.add("d", 1, capability="math")
    log.add("e", 6, capability="math", is_new=1)
    log.add("e", 7, capability="math", minute=1)
    assert len(log.rows) == 12
    report = log.report(Markers((Release("model-2", SIX_O_CLOCK),)))
    return report["clusters"][0]["factors"]


def value(measured, factor, name):
    return measured[factor]["measures"][name]["value"]


def test_the_distance_of_the_mixes(measured):
    # 3/4 log2(3/4 : 1/4) + 1/4 log2(1/4 : 3/4)
    assert value(measured, "ii", "kl_bits") == pytest.approx(0.5 * math.log2(3), abs=1e-9)
    assert value(measured, "ii", "focus_share") == 0.75
    assert value(measured, "ii", "top_lift") == 3.0


def test_the_rhythm_of_the_day(measured):
    # Hours 0, 6, 12 and 18 with 4, 2, 1 and 1: east 4 - 1, north 2 - 1.
    assert value(measured, "i", "circ_r1") == pytest.approx(math.sqrt(10) / 8, abs=1e-9)
    assert measured["i"]["measures"]["circ_r1"]["baseline"] is not None


def test_all_in_the_first_minute_of_the_quarter_hour(measured):
    assert value(measured, "i", "r15") == 1.0


def test_the_share_of_exchanges_on_a_prompt_of_three_accounts(measured):
    found = measured["i"]["measures"]["tpl_reuse"]
    assert found["value"] == 5 / 8
    assert found["baseline"] == 0
    assert found["sentence"].startswith(
        "62 % of the cluster's 8 exchanges carry the one template that at least three"
    )


def test_the_share_on_the_new_model_in_72_hours(measured):
    # After 06:00 the cluster has a6, a12, a18, b6, three of them new; the others e6 and e7.
    found = measured["iv"]["measures"]["adopt72"]
    assert (found["value"], found["baseline"]) == (0.75, 0.5)
    assert found["shown"] is False  # four exchanges are fewer than 200


def test_the_counts(measured):
    assert value(measured, "i", "exchanges") == 8
    assert value(measured, "i", "tokens") == 240
    assert value(measured, "i", "active_hours") == 4
    assert value(measured, "iii", "accounts") == 3


def test_the_evenness_of_two_loads():
    log = Log()
    log.add("a", 0, times=5, cluster=1)
    log.add("b", 0, times=3, cluster=1).add("b", 24, times=2, cluster=1)
    log.add("d", 0, times=2)
    assert len(log.rows) == 12
    # Loads on an active day: 5 and 2.5.
    factors = log.report()["clusters"][0]["factors"]
    assert value(factors, "i", "gini") == pytest.approx(1 / 6, abs=1e-9)
