from __future__ import annotations

import string

from hypothesis import given
from hypothesis import strategies as st

from casework.screening.matching.qualifiers import Facts
from casework.screening.matching.subjects import Party, Query, judge
from casework.screening.matching.words import Weights
from tests.matching.names import listed, party

words = st.text(string.ascii_lowercase + "华为深度网络йжя", min_size=1, max_size=9)
some_names = st.lists(words, min_size=1, max_size=5).map(" ".join)
kinds = st.sampled_from(["organization", "person", "other", "vessel"])
weights = st.sampled_from([Weights(), Weights({"a": 300, "bank": 900}, 1000)])
facts = st.builds(
    Facts,
    countries=st.sampled_from([(), ("CN",), ("RU", "CN")]),
    identifiers=st.sampled_from([(), (("lei", "5493001KJTIIGC8Y1R12"),), (("inn", "7736050003"),)]),
    born=st.sampled_from([(), (1960,), (1951, 1953)]),
)


@given(some_names, kinds, weights)
def test_a_name_is_itself(name, kind, known):
    query = Query(name=name, kind="person" if kind == "person" else "")

    assert judge(query, party(name, kind=kind), known).score == 1


@given(
    some_names, some_names, some_names, kinds, st.sampled_from(["strong", "weak", "former"]), facts
)
def test_another_alias_never_lowers_a_score(query, name, alias, kind, quality, known):
    asked = Query(name=query, countries=("CN",), identifiers=(("inn", "7736050003"),), born=1952)
    names = tuple(listed(name, kind))
    more = (*names, *listed(alias, kind, quality))
    before = judge(asked, Party(kind=kind, names=names, facts=known), Weights())
    after = judge(asked, Party(kind=kind, names=more, facts=known), Weights())

    assert after.score >= before.score


@given(some_names, st.lists(some_names, min_size=2, max_size=4), kinds)
def test_the_order_of_names_does_not_count(query, names, kind):
    there = judge(Query(name=query), party(*names, kind=kind), Weights())
    back = judge(Query(name=query), party(*reversed(names), kind=kind), Weights())

    assert (there.score, there.name.text) == (back.score, back.name.text)


@given(some_names, some_names, kinds, weights, facts)
def test_scores_lie_between_0_and_1(query, name, kind, known, about):
    asked = Query(name=query, countries=("US",), identifiers=(("lei", "X" * 20),), born=1900)
    found = judge(asked, Party(kind=kind, names=tuple(listed(name, kind)), facts=about), known)

    assert 0 <= found.score <= 1
