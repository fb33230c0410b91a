from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from casework.evidence.drawing.folding import folded, ranked
from casework.evidence.drawing.series import Edge, Node


@st.composite
def networks(draw):
    """Indicators of three kinds, and groups of accounts that hold some of them."""
    kinds = draw(st.lists(st.sampled_from(["address", "payment", "template"]), max_size=20))
    signs = [
        Node(f"i{at}", kind, f"v{at}", draw(st.integers(1, 9))) for at, kind in enumerate(kinds)
    ]
    sizes = draw(st.lists(st.integers(1, 40), max_size=20))
    groups = [Node(f"a{at}", "accounts", "", size) for at, size in enumerate(sizes)]
    ties = [
        Edge(group.id, sign.id, group.accounts)
        for group in groups
        for sign in signs
        if draw(st.booleans())
    ]
    return [*signs, *groups], ties


@given(networks(), st.integers(1, 8), st.integers(1, 8), st.randoms(use_true_random=False))
def test_a_folded_network_is_small_counts_every_account_and_ignores_the_order(
    network, indicators, groups, random
):
    nodes, edges = network
    found = folded(nodes, edges, indicators=indicators, groups=groups)
    mixed = folded(
        random.sample(nodes, len(nodes)),
        random.sample(edges, len(edges)),
        indicators=indicators,
        groups=groups,
    )

    assert len(found.indicators) <= indicators
    assert len(found.groups) <= groups
    assert len({group.holds for group in found.groups}) == len(found.groups)
    assert all(group.holds for group in found.groups)
    said = sum(int(words.split()[0]) for words in found.left_out if "accounts" in words[:12])
    assert sum(group.accounts for group in found.groups) + said == sum(
        node.accounts for node in nodes if node.kind == "accounts"
    )
    assert {(one.accounts, one.holds) for one in mixed.groups} == {
        (one.accounts, one.holds) for one in found.groups
    }
    assert mixed.indicators == found.indicators


def test_accounts_that_differ_in_rare_indicators_only_are_drawn_together():
    common = Node("i0", "template", "v", 90)
    rare = [Node(f"i{at}", "template", f"v{at}", 2) for at in range(1, 9)]
    groups = [Node(f"a{at}", "accounts", "", 1) for at in range(60)]
    edges = [Edge(one.id, "i0", 1) for one in groups]
    edges += [
        Edge(one.id, f"i{1 + bit}", 1)
        for at, one in enumerate(groups)
        for bit in range(8)
        if at >> bit & 1
    ]

    found = folded([common, *rare, *groups], edges, indicators=9, groups=16)

    assert len(found.indicators) < 9
    assert sum(group.accounts for group in found.groups) >= 36


def test_two_indicators_of_each_kind_come_before_a_third_of_any():
    nodes = [Node(f"t{at}", "template", f"t{at}", 50 - at) for at in range(5)]
    nodes += [Node("p", "payment", "p", 3), Node("a", "accounts", "", 99)]

    assert [node.id for node in ranked(nodes)] == ["t0", "t1", "p", "t2", "t3", "t4"]
