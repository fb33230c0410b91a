from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import InvalidValue
from casework.screening import judging
from casework.screening.judging import Judged
from casework.screening.taken_over import taken_over
from tests.judgements.lists import CONTENT, SDN

TEXT = st.text(max_size=6)


@pytest.mark.parametrize(
    ("judged", "settled", "state"),
    [
        (None, False, "open"),
        (None, True, "fallen"),
        (Judged("match"), False, "claimed"),
        (Judged("match"), True, "fallen"),
        (Judged("match", agrees=True), True, "confirmed"),
        (Judged("match", agrees=False), False, "disputed"),
        (Judged("no_match"), True, "no_match"),
        (Judged("unsure"), False, "unsure"),
        (Judged("unsure"), True, "fallen"),
    ],
)
def test_a_hit_stands_as_people_left_it(judged, settled, state):
    assert judging.state(judged, settled=settled) == state


@pytest.mark.parametrize(
    ("verdict", "agrees"), list(product(judging.VERDICT_TITLES, (None, True, False)))
)
def test_only_no_match_and_a_confirmed_match_end_the_matter(verdict, agrees):
    ended = judging.ends(Judged(verdict, agrees))

    assert ended == (verdict == "no_match" or (verdict == "match" and agrees is True))


@given(
    names=st.lists(st.tuples(TEXT, TEXT)),
    countries=st.lists(TEXT),
    identifiers=st.lists(st.tuples(TEXT, TEXT, TEXT)),
)
def test_what_was_compared_does_not_depend_on_order_or_repetition(names, countries, identifiers):
    basis = judging.basis("person", names, countries, identifiers, "x")

    again = judging.basis(
        "person", [*reversed(names), *names], countries[::-1] * 2, identifiers[::-1], "x"
    )
    assert again == basis
    assert basis != judging.basis("person", [*names, ("new name", "")], countries, identifiers, "x")
    assert basis != judging.basis("person", names, [*countries, "new place"], identifiers, "x")
    assert basis != judging.basis("person", names, countries, identifiers, "y")


@given(st.floats(0, 1))
def test_a_score_is_kept_in_whole_thousandths_and_never_shown_higher(score):
    kept = judging.thousandths(score)

    assert 0 <= kept <= 1000
    assert abs(kept / 1000 - score) <= 0.0006
    assert float(judging.shown_score(kept)) <= kept / 1000 + 1e-9
    assert judging.score_words(kept)


def test_an_entry_gives_what_it_states_and_no_country_that_it_leaves_open():
    taken = taken_over(SDN, "7", "organization", CONTENT)

    assert [(row.text, row.kind) for row in taken.names] == [
        ("ORCHID COMPUTE LIMITED", "legal"),
        ("兰花计算有限公司", "alias"),
        ("OCL", "weak_alias"),
    ]
    assert [(row.kind, row.value) for row in taken.identifiers] == [
        ("list_entry", "ofac-sdn 7"),
        ("registration", "R-77"),
    ]
    assert [row.text for row in taken.addresses] == ["1 Harbour Road"]
    assert [(row.country, row.tie) for row in taken.countries] == [("SG", "located")]


@pytest.mark.parametrize(("kind", "ours"), [("person", "person"), ("other", ""), ("vessel", "")])
def test_a_kind_that_the_list_leaves_open_stays_open(kind, ours):
    assert taken_over(SDN, "7", kind, CONTENT).kind == ours


def test_every_fact_of_an_entry_can_go_on_record():
    wide = {
        "names": [{"text": "n" * 900, "quality": "primary"}],
        "addresses": [{"text": "a" * 3000, "country": "SG"}, {"text": " ", "country": "SG"}],
        "identifiers": [{"kind": "strange", "value": "v" * 900, "country": "XX"}],
    }
    taken = taken_over(SDN, "7", "other", wide)

    for fact in (*taken.names, *taken.identifiers, *taken.addresses, *taken.countries):
        try:
            fact.check()
        except InvalidValue as refused:
            pytest.fail(str(refused))
