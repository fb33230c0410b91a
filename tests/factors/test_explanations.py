"""Each innocent explanation fits the group it describes, and none fits a campaign."""

from __future__ import annotations

from dataclasses import replace

import pytest

from casework.evidence.analysis.innocent.checks import CANNOT_BE_TESTED, DOES_NOT_FIT, FITS
from casework.evidence.analysis.innocent.explanations import explanations
from casework.evidence.analysis.innocent.setting import Setting
from casework.evidence.analysis.innocent.week import Office
from tests.factors import groups
from tests.factors.logs import Log

GROUPS = {
    "office": groups.office,
    "course": groups.course,
    "reseller": groups.reseller,
    "batch": groups.batch,
    "benchmark": groups.benchmark,
    "public_agent": groups.agent,
    "exits": groups.exits,
    "households": groups.households,
}


def explained(log):
    cluster = log.report()["clusters"][0]
    return {test["id"]: test for test in cluster["innocent"]}, cluster


@pytest.mark.parametrize("name", GROUPS)
def test_an_explanation_fits_the_group_it_describes(name):
    log = GROUPS[name](groups.others(Log()))
    found, cluster = explained(log)
    assert found[name]["fits"] == FITS, found[name]["because"]
    assert found[name]["tested"]
    assert not cluster["attention"]
    assert any(found[name]["title"] in sentence for sentence in cluster["contrary"])


@pytest.mark.parametrize("name", sorted(set(GROUPS) - {"batch"}))
def test_the_explanations_of_unlike_groups_stay_apart(name):
    """An office is no course, a course no reseller, and so on; each group has one explanation."""
    log = GROUPS[name](groups.others(Log()))
    fitting = {id_ for id_, test in explained(log)[0].items() if test["fits"] == FITS}
    assert fitting == {name}


def test_no_explanation_fits_a_campaign_and_each_says_why():
    log = groups.campaign(groups.others(Log(public=("elsewhere",))))
    found, cluster = explained(groups.office(log, cluster=2))
    assert {test["fits"] for test in found.values()} == {DOES_NOT_FIT}
    assert all("would fit" in test["because"] for test in found.values())
    assert all(test["figures"] for test in found.values())
    assert cluster["attention"]


def test_without_a_list_a_benchmark_cannot_be_excluded_by_its_prompts():
    log = groups.benchmark(groups.others(Log()))
    log.rows = [row for row in log.rows if not row["account_id"].startswith("elsewhere")]
    found, _ = explained(log)
    assert found["benchmark"]["fits"] == CANNOT_BE_TESTED
    assert found["benchmark"]["because"] == "No list of public prompts was given."


def test_the_list_of_public_prompts_explains_what_it_names():
    log = groups.benchmark(groups.others(Log(public=tuple(f"public-{n}" for n in range(6)))))
    log.rows = [row for row in log.rows if not row["account_id"].startswith("elsewhere")]
    assert explained(log)[0]["benchmark"]["fits"] == FITS


@pytest.mark.parametrize(
    ("column", "name", "because"),
    [
        ("ip", "office", "The log holds no addresses."),
        ("payment_fp", "exits", "The log holds no payment fingerprints."),
        ("org_id", "reseller", "The log names no organisations."),
        ("template_hash", "course", "There are no templates of prompts to look at."),
        ("capability", "reseller", "The log names no capabilities."),
    ],
)
def test_an_explanation_whose_column_is_missing_cannot_be_tested(column, name, because):
    log = GROUPS[name](groups.others(Log(without=frozenset({column}))))
    found = explained(log)[0][name]
    assert (found["fits"], found["tested"], found["because"]) == (CANNOT_BE_TESTED, False, because)


OFFICE = Setting(
    accounts=20,
    top_org=1.0,
    top_payer=1.0,
    addresses_4=0.9,
    addresses_20=1.0,
    crowded_addresses=0.0,
    units=0.05,
    at_home=0.0,
    prompts_3=0.2,
    prompts_elsewhere=0.0,
    prompts_public=0.0,
    reuse=0.4,
    acting_together=False,
    signs_shown=0,
    capabilities=5.0,
    rhythm=0.7,
    office=Office(2, 0.95, 0.05),
    two_hours=(9, 0.25),
    eight_hours=(8, 0.8),
    active_days=20,
    days=28,
    burst=0.3,
    after_release=0.1,
)


@pytest.mark.parametrize(
    ("change", "fits"),
    [
        ({}, FITS),
        ({"addresses_4": 0.49}, DOES_NOT_FIT),
        ({"addresses_4": None}, CANNOT_BE_TESTED),
        ({"office": Office(2, 0.59, 0.05)}, DOES_NOT_FIT),
        ({"office": Office(2, 0.95, 0.5)}, DOES_NOT_FIT),
        ({"office": Office(2, 0.95, None)}, CANNOT_BE_TESTED),
        ({"two_hours": (9, 0.8)}, DOES_NOT_FIT),
        ({"addresses_4": None, "two_hours": (9, 0.8)}, DOES_NOT_FIT),
    ],
)
def test_an_office_fits_only_when_every_check_holds(change, fits):
    found = {test.id: test for test in explanations(replace(OFFICE, **change))}
    assert found["office"].fits == fits


@pytest.mark.parametrize(
    ("change", "fits"),
    [
        ({}, DOES_NOT_FIT),
        ({"units": 0.95}, FITS),
        ({"units": 0.95, "acting_together": True}, DOES_NOT_FIT),
        ({"units": 0.95, "acting_together": None}, CANNOT_BE_TESTED),
        ({"units": 0.95, "addresses_4": 0.9}, DOES_NOT_FIT),
        ({"units": 0.95, "addresses_4": None}, CANNOT_BE_TESTED),
        ({"prompts_elsewhere": 0.6}, FITS),
        ({"prompts_elsewhere": 0.6, "reuse": 0.1}, DOES_NOT_FIT),
    ],
)
def test_a_public_program_is_no_explanation_for_accounts_that_act_together(change, fits):
    scattered = replace(OFFICE, **{"addresses_4": 0.1} | change)
    found = {test.id: test for test in explanations(scattered)}
    assert found["public_agent"].fits == fits
