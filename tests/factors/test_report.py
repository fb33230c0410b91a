"""The report as a document: the same for the same log, whatever accounts are called."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from casework.evidence.analysis.factors.accounts_signs import SIGNS_TOLD
from casework.evidence.analysis.linking_signs import SIGNS
from casework.evidence.analysis.markers import read_markers
from casework.evidence.analysis.offers import offers
from tests.factors import groups
from tests.factors.logs import Log

MARKERS = read_markers(
    {
        "releases": [{"model": "model-2", "ts": "2026-05-09T14:00:00Z"}],
        "rival_releases": [{"model": "rival-x", "ts": "2026-06-10T00:00:00Z"}],
    }
)


def both_groups():
    return groups.office(groups.campaign(groups.others(Log())), cluster=2)


@pytest.fixture(scope="module")
def report():
    return both_groups().report(MARKERS)


def test_the_same_log_gives_the_same_report_to_the_letter(report):
    again = both_groups()
    again.rows.reverse()
    assert json.dumps(again.report(MARKERS)) == json.dumps(report)


def test_accounts_by_other_names_have_the_same_figures():
    report = both_groups().report(MARKERS)
    renamed = both_groups()
    names = sorted({row["account_id"] for row in renamed.rows})
    other = dict(zip(names, [f"x{n * 7919 % 1009:04d}" for n in range(len(names))], strict=True))
    renamed.rows = [row | {"account_id": other[row["account_id"]]} for row in renamed.rows]
    renamed.clusters = {other[name]: c for name, c in renamed.clusters.items()}
    for mine, theirs in zip(report["clusters"], renamed.report(MARKERS)["clusters"], strict=True):
        for cluster in (mine, theirs):
            # Linking draws its random groups in the order of names.
            del cluster["factors"]["ii"]["measures"]["mix_bits"]
        assert mine["factors"] == theirs["factors"]
        assert mine["innocent"] == theirs["innocent"]
        assert len(mine["contrary"]) == len(theirs["contrary"])


def test_the_campaign_gets_attention_and_the_office_does_not(report):
    campaign, office = report["clusters"]
    assert [campaign["cluster_id"], office["cluster_id"]] == ["C1", "C2"]
    assert campaign["attention"]
    assert not office["attention"]
    assert office["factors"]["iii"]["state"] == "not_shown"


def test_attention_asks_for_coordination_and_shape_and_one_more():
    lone = groups.campaign(groups.others(Log()), signs=("even_volume",))
    assert not lone.report(MARKERS)["clusters"][0]["attention"]


def test_every_measure_has_all_its_parts(report):
    parts = {"value", "unit", "formula", "baseline", "range", "threshold"}
    parts |= {"shown", "sentence", "twin"}
    for cluster in report["clusters"]:
        for factor in cluster["factors"].values():
            for measure in factor["measures"].values():
                assert parts <= set(measure)
                assert measure["value"] is not None or measure["missing"] or not measure["decides"]
                low, high = measure["range"] or (0, 0)
                assert low <= high


def test_ranges_take_in_the_figure(report):
    ranged = 0
    for measure in report["clusters"][0]["factors"]["i"]["measures"].values():
        if measure["range"]:
            ranged += 1
            assert measure["range"][0] <= measure["value"] <= measure["range"][1]
    assert ranged >= 5


def test_the_days_of_the_series_add_up_to_the_exchanges(report):
    for cluster in report["clusters"]:
        series = cluster["series"]
        assert sum(n for _, n, _, _ in series["daily"]) == cluster["exchanges"]
        assert sum(n for _, _, n in series["week"]) == cluster["exchanges"]
        assert sum(n for *_, n in series["lives"]) <= cluster["exchanges"]
        assert len(series["week"]) == 168
        assert series["lorenz"][0] == [0, 0]
        assert series["lorenz"][-1] == [1, 1]


def test_the_week_begins_on_monday(report):
    office = report["clusters"][1]["series"]["week"]
    assert sum(n for dow, _, n in office if dow >= 5) == 0


def test_the_network_is_small_and_its_ends_meet(report):
    for cluster in report["clusters"]:
        network = cluster["series"]["network"]
        ids = [node["id"] for node in network["nodes"]]
        assert 0 < len(ids) <= 200
        assert len(set(ids)) == len(ids)
        for edge in network["edges"]:
            assert {edge["from"], edge["to"]} <= set(ids)
        accounts = [node for node in network["nodes"] if node["kind"] == "accounts"]
        assert sum(node["accounts"] for node in accounts) == cluster["accounts"]


def test_at_most_sixty_lives_are_drawn_first_and_last_among_them():
    log = Log()
    for who in range(200):
        log.add(f"a{who:03d}", who, times=2, cluster=1)
    lives = log.report()["clusters"][0]["series"]["lives"]
    assert len(lives) == 60
    assert [lives[0][0], lives[-1][0]] == ["a000", "a199"]


def test_what_is_offered_names_its_place_and_sets_no_answer(report):
    offered = offers(report)
    assert {offer.factor for offer in offered} == {"i", "ii", "iii", "iv"}
    reuse = next(offer for offer in offered if offer.pinpoint.endswith("tpl_reuse"))
    assert reuse.pinpoint == "report.json, cluster C1, factor (i), measure tpl_reuse"
    assert reuse.sentence.startswith("Cluster C1: 100 % of the cluster's 600 exchanges carry")
    assert not reuse.speaks_against
    assert any(offer.speaks_against for offer in offered)
    assert all("C2" not in offer.sentence for offer in offered)


def test_a_prompt_sent_word_for_word_by_two_accounts_is_replay():
    log = Log()
    log.add("a", 0, times=3, cluster=1, prompt_hash="p").add("b", 1, cluster=1, prompt_hash="p")
    log.add("b", 2, times=4, cluster=1, prompt_hash="q")
    measures = log.report()["clusters"][0]["factors"]["iii"]["measures"]
    assert measures["replay"]["value"] == 0.5


def test_sign_ups_of_one_day_are_told_of_accounts_the_log_saw_begin():
    log = Log().add("old", 0, cluster=1)
    for who in range(4):
        log.add(f"new{who}", 100 + who, cluster=1)
    log.add("late", 400, cluster=1)
    measure = log.report()["clusters"][0]["factors"]["iii"]["measures"]["sign_up_burst"]
    assert measure["value"] == 0.8
    assert measure["sentence"].startswith("Of 5 accounts first seen after the log's first day 4")


def test_markers_and_parameters_are_on_record(report):
    assert report["markers"]["releases"][0]["model"] == "model-2"
    assert report["parameters"]["set"]
    assert MARKERS.release.at == datetime(2026, 5, 9, 14, tzinfo=UTC)


def test_every_sign_of_acting_together_has_a_formula_and_an_innocent_twin():
    assert {sign.id for sign in SIGNS} == set(SIGNS_TOLD)
