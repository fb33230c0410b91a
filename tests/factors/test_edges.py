"""Logs that lack something: nothing is invented, and nothing is not a number."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from casework.evidence.analysis.markers import Markers, Release, RivalEvent
from tests.factors import groups
from tests.factors.logs import Log

MARKERS = Markers(
    (Release("model-2", datetime(2026, 5, 9, 14, tzinfo=UTC)),),
    (
        RivalEvent(
            "rival-x",
            "release",
            datetime(2026, 6, 10, tzinfo=UTC),
            datetime(2026, 6, 10, tzinfo=UTC),
        ),
    ),
)


OPTIONAL = frozenset(
    ("ip", "payment_fp", "org_id", "country", "capability", "template_hash", "user_agent")
)


def one_account():
    return Log().add("only", 5, times=7, cluster=1, capability="coding", template_hash="t")


def one_hour():
    log = Log()
    for who in range(20):
        log.add(f"a{who}", 3, times=4, cluster=1, capability="coding", ip="x")
    return groups.others(log)


def all_alike():
    log = Log()
    for who in range(20):
        log.add(f"a{who}", 3, times=6, cluster=1, capability="coding", template_hash="t", ip="x")
    return log


LOGS = {
    "empty": Log,
    "one account": one_account,
    "one hour": one_hour,
    "all rows alike": all_alike,
    "no cluster": lambda: groups.others(Log()),
    "required columns only": lambda: groups.campaign(
        groups.others(
            Log(
                without=frozenset(
                    [
                        "ip",
                        "payment_fp",
                        "org_id",
                        "country",
                        "capability",
                        "template_hash",
                        "user_agent",
                    ]
                )
            )
        )
    ),
    "everything": lambda: groups.office(groups.campaign(groups.others(Log())), cluster=2),
}


@pytest.mark.parametrize("name", LOGS)
@pytest.mark.parametrize("markers", [Markers(), MARKERS], ids=["no markers", "markers"])
def test_every_log_gives_a_report_in_strict_json(name, markers):
    report = LOGS[name]().report(markers)
    text = json.dumps(report, allow_nan=False)
    assert "nan" not in text.lower().replace("tenant", "")
    for cluster in report["clusters"]:
        assert isinstance(cluster["contrary"], list)
        assert set(cluster["factors"]) == {"i", "ii", "iii", "iv"}


def test_an_empty_log_has_no_cluster_and_says_what_it_cannot_see():
    report = Log().report()
    assert (report["accounts"], report["clusters"]) == (0, [])
    assert report["baseline"] == {"accounts": 0, "exchanges": 0, "source": "unclustered"}
    assert "The comparison rests on no other accounts only." in report["cannot_see"]


def test_without_other_accounts_the_focus_cannot_be_computed():
    focus = all_alike().report()["clusters"][0]["factors"]["ii"]
    assert (focus["state"], focus["missing"]) == (
        "cannot_be_computed",
        ["accounts to compare with"],
    )
    assert focus["measures"]["mix_bits"]["value"] is None


@pytest.mark.parametrize(
    ("column", "factor", "missing"),
    [
        ("capability", "ii", ["capability"]),
        ("org_id", "iii", ["org_id"]),
    ],
)
def test_a_missing_column_leaves_the_factor_open(column, factor, missing):
    log = groups.campaign(groups.others(Log(without=frozenset({column}))))
    for row in log.rows:
        row.setdefault("org_id", None)
    found = log.report(MARKERS)["clusters"][0]["factors"][factor]
    assert (found["state"], found["missing"]) == ("cannot_be_computed", missing)


def test_without_a_release_and_a_rival_the_time_line_cannot_be_computed():
    found = groups.campaign(groups.others(Log())).report()["clusters"][0]["factors"]["iv"]
    assert found["state"] == "cannot_be_computed"
    assert found["missing"] == ["a release of a model", "a rival's release"]
    assert {measure["value"] for measure in found["measures"].values()} == {None}


def test_a_missing_column_cannot_undo_what_the_others_show():
    """Prompts are gone; even load and level hours still make two patterns of four."""
    log = groups.campaign(groups.others(Log(without=frozenset({"template_hash"}))))
    found = log.report()["clusters"][0]["factors"]["i"]
    assert (found["state"], found["missing"]) == ("shown", [])
    assert found["measures"]["tpl_reuse"]["missing"] == ["template_hash"]


def test_a_release_outside_the_log_is_told_from_no_release():
    late = Markers((Release("model-2", datetime(2027, 1, 1, tzinfo=UTC)),))
    found = groups.campaign(groups.others(Log())).report(late)["clusters"][0]["factors"]["iv"]
    assert found["measures"]["adopt72"]["missing"] == ["a release inside the log"]


def test_accounts_marked_by_the_lab_are_the_baseline():
    from casework.evidence.analysis.parameters import shipped
    from casework.evidence.analysis.report import measure

    log = groups.campaign(groups.others(Log()))
    with log.connect() as con:
        con.execute("create table declared as select a from account where account_id = 'other-003'")
        report = measure(con, None, Markers(), log.present, shipped()).as_dict()
    assert report["baseline"]["accounts"] == 1
    assert report["baseline"]["source"] == "declared"
