"""How figures are said: one, none and many; and what a judge reads."""

from __future__ import annotations

import pytest

from casework.evidence.analysis import sentences
from tests.factors import groups
from tests.factors.logs import Log


@pytest.mark.parametrize(
    ("number", "plural", "said"),
    [
        (0, "accounts", "no accounts"),
        (1, "accounts", "1 account"),
        (2, "accounts", "2 accounts"),
        (1_234_567, "exchanges", "1,234,567 exchanges"),
        (1, "addresses", "1 address"),
        (1, "prompt templates", "1 prompt template"),
    ],
)
def test_the_noun_follows_the_number(number, plural, said):
    assert sentences.count(number, plural) == said


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0, "0 %"),
        (1, "100 %"),
        (0.5, "50 %"),
        (0.999, "99.90 %"),
        (0.99999, "99.99 %"),
        (0.004, "0.40 %"),
        (0.0000001, "under 0.01 %"),
    ],
)
def test_a_share_is_never_rounded_into_all_or_nothing(share, said):
    assert sentences.percent(share) == said


@pytest.mark.parametrize(
    ("part", "total", "said"),
    [
        (0, 208, "None of the 208 accounts"),
        (1, 208, "1 of the 208 accounts"),
        (208, 208, "208 of the 208 accounts"),
        (1, 1, "The one account"),
        (0, 1, "Not the one account"),
    ],
)
def test_parts_of_all(part, total, said):
    assert sentences.of_all(part, total, "accounts") == said


@pytest.mark.parametrize(
    ("parts", "said"),
    [([], "nothing"), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_lists(parts, said):
    assert sentences.listed(parts) == said


def test_a_small_negative_is_no_minus_zero():
    assert sentences.decimal(-0.0001) == "0.00"


@pytest.fixture(scope="module")
def campaign():
    log = groups.reseller(groups.office(groups.campaign(groups.others(Log())), 2), 3)
    return log.report()["clusters"][0]


def everything_said(cluster):
    for factor in cluster["factors"].values():
        for measure in factor["measures"].values():
            yield measure["sentence"]
            yield measure["twin"]
    for test in cluster["innocent"]:
        yield test["because"]
    yield from cluster["contrary"]


def test_every_sentence_begins_with_a_capital_or_a_figure_and_ends_with_a_stop(campaign):
    for sentence in everything_said(campaign):
        assert sentence[0].isupper() or sentence[0].isdigit(), sentence
        assert sentence.endswith((".", "]")), sentence
        assert "  " not in sentence
        assert "{" not in sentence


def test_no_sentence_calls_anyone_guilty_or_names_a_score(campaign):
    text = " ".join(everything_said(campaign)).lower()
    for word in ("guilt", "score", "suspicio", "attack", "verdict", "determined", "malicious"):
        assert word not in text


def test_the_reuse_of_prompts_reads_as_a_judge_would_have_it(campaign):
    found = campaign["factors"]["i"]["measures"]["tpl_reuse"]
    assert found["sentence"] == (
        "100 % of the cluster's 600 exchanges carry one of 12 prompt templates that at least three"
        " of its accounts used. Of the other accounts' exchanges 0 % carry a template that at least"
        " three of those accounts used."
    )
    assert found["twin"] == (
        "A company's prompt library and the defaults of a public program are shared as well."
        " 2 declared organisations compared in this log: 100 % to 100 %, middle 100 %. 2 of 2 reach"
        " the threshold."
    )


def test_a_twin_in_the_log_is_told_with_its_own_figure(campaign):
    twin = campaign["factors"]["i"]["measures"]["circ_r1"]["twin"]
    assert "2 declared organisations compared in this log: " in twin
    assert twin.endswith("1 of 2 reaches the threshold.")
