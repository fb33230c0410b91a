from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.statute.loader import load_pack
from casework.workflow.votes import Ballot, BallotRefused, Outcome, tally

PACK = load_pack("hr8283_ih_2026_04_15")
MEMBERS = ("COMMERCE_BIS", "DEFENSE", "ENERGY", "STATE")
CHOICES = PACK.codes("ballot_choice")
votes = st.dictionaries(st.sampled_from(MEMBERS), st.sampled_from(CHOICES))


def ballots(choices: str | dict[str, str]) -> list[Ballot]:
    """One word for each member in order; a dash is no ballot."""
    if isinstance(choices, str):
        pairs = zip(MEMBERS, choices.split(), strict=True)
        choices = {agency: choice for agency, choice in pairs if choice != "-"}
    return [
        Ballot(agency=agency, choice=choice, sequence=number)
        for number, (agency, choice) in enumerate(choices.items())
    ]


@pytest.mark.parametrize(
    ("choices", "outcome"),
    [
        ("yes yes yes yes", "carried"),
        ("yes yes yes no", "carried"),
        ("yes yes no no", "failed"),
        ("yes no no no", "failed"),
        ("yes yes no abstain", "carried"),
        ("yes no abstain abstain", "failed"),
        ("abstain abstain abstain abstain", "failed"),
        ("yes yes no recused", "carried"),
        ("yes yes recused recused", "carried"),
        ("yes yes - -", "no_quorum"),
        ("yes yes yes -", "carried"),
        ("recused recused recused recused", "no_quorum"),
        ("- - - -", "no_quorum"),
    ],
)
def test_invariant_06_adding_needs_more_than_half_of_those_voting(choices, outcome):
    assert tally(PACK, "add", ballots(choices), closed=True).outcome == outcome


@pytest.mark.parametrize("question", ["modify", "remove"])
@pytest.mark.parametrize(
    ("choices", "outcome"),
    [
        ("yes yes yes yes", "carried"),
        ("yes yes yes no", "failed"),
        ("yes yes yes abstain", "failed"),
        ("yes yes yes recused", "carried"),
        ("yes yes yes -", "failed"),
        ("yes yes - -", "no_quorum"),
        ("recused recused recused recused", "no_quorum"),
    ],
)
def test_invariant_06_changing_and_removing_need_every_member(question, choices, outcome):
    assert tally(PACK, question, ballots(choices), closed=True).outcome == outcome


def test_the_outcome_is_sealed_until_the_vote_is_closed():
    count = tally(PACK, "add", ballots("yes yes yes yes"), closed=False)

    assert (count.outcome, count.decision) == (Outcome.OPEN, "")


@pytest.mark.parametrize(
    ("question", "choices", "decision"),
    [
        ("add", "yes yes yes yes", "el_add"),
        ("add", "no no no no", "el_not_add"),
        ("remove", "yes yes yes yes", "el_remove"),
        ("modify", "yes yes yes yes", "el_modify"),
        ("add", "- - - -", ""),
    ],
)
def test_the_decision_is_the_word_of_the_pack(question, choices, decision):
    assert tally(PACK, question, ballots(choices), closed=True).decision == decision


def test_the_last_ballot_of_an_agency_counts():
    cast = [*ballots("no no no no"), Ballot(agency="STATE", choice="yes", sequence=9)]

    assert tally(PACK, "add", reversed(cast), closed=True).yes == ("STATE",)


def test_the_count_names_who_did_what_and_who_is_awaited():
    count = tally(PACK, "add", ballots("yes no abstain -"), closed=True)

    assert (count.yes, count.no, count.abstain) == (("COMMERCE_BIS",), ("DEFENSE",), ("ENERGY",))
    assert count.waiting_for == ("STATE",)
    assert count.base == 2


@pytest.mark.parametrize(
    "cast",
    [
        [Ballot(agency="TREASURY_OFAC", choice="yes", sequence=1)],
        [Ballot(agency="STATE", choice="maybe", sequence=1)],
        [Ballot(agency="STATE", choice="yes", sequence=1)] * 2,
    ],
)
def test_a_ballot_without_a_place_is_refused(cast):
    with pytest.raises(BallotRefused):
        tally(PACK, "add", cast, closed=True)


@given(votes)
def test_a_unanimous_vote_is_also_a_majority(choices):
    if tally(PACK, "remove", ballots(choices), closed=True).outcome == Outcome.CARRIED:
        assert tally(PACK, "add", ballots(choices), closed=True).outcome == Outcome.CARRIED


@given(votes, st.sampled_from(MEMBERS))
def test_a_vote_turned_to_yes_never_defeats_an_addition(choices, agency):
    before = tally(PACK, "add", ballots(choices), closed=True).outcome
    after = tally(PACK, "add", ballots(choices | {agency: "yes"}), closed=True).outcome

    assert before != Outcome.CARRIED or after == Outcome.CARRIED or choices.get(agency) == "recused"


@given(votes, st.randoms())
def test_the_order_in_which_ballots_are_read_does_not_matter(choices, random):
    cast = ballots(choices)

    shuffled = random.sample(cast, len(cast))
    assert tally(PACK, "add", shuffled, closed=True) == tally(PACK, "add", cast, closed=True)
