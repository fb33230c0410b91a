"""The hash tree of the log: its laws, against the definition; and what proofs show."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.audit import merkle
from casework.audit.merkle import Frontier, consistency, continues, includes, inclusion, leaf_hash

# The vectors of RFC 6962's reference implementation: eight inputs, and the root over the first n.
INPUTS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657",
          "606162636465666768696a6b6c6d6e6f"]  # fmt: skip
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def slow_root(leaves):
    """The definition, section 2.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return merkle.node_hash(slow_root(leaves[:split]), slow_root(leaves[split:]))


def over(leaves):
    return lambda level, index: slow_root(leaves[index << level : (index + 1) << level])


def leaves_of(count):
    return [leaf_hash(str(number).encode()) for number in range(count)]


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_those_of_the_published_vectors(size):
    leaves = [leaf_hash(bytes.fromhex(text)) for text in INPUTS[:size]]

    assert merkle.root(size, over(leaves)).hex() == ROOTS[size - 1]


@given(st.integers(0, 70))
def test_the_walked_edge_has_the_root_of_the_definition(size):
    edge = Frontier()
    for number, leaf in enumerate(leaves_of(size)):
        filled = edge.append(leaf)
        for level, found in enumerate(filled):
            start = number + 1 - (1 << level)
            assert found == slow_root(leaves_of(size)[start : number + 1])

    assert edge.root() == slow_root(leaves_of(size)) == merkle.root(size, over(leaves_of(size)))


@given(st.integers(1, 70).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n - 1))))
def test_a_proof_leads_to_the_root_and_no_other_proof_does(drawn):
    size, index = drawn
    leaves = leaves_of(size)
    root, proof = slow_root(leaves), inclusion(index, size, over(leaves))

    assert includes(leaves[index], index, size, proof, root)
    assert not includes(leaf_hash(b"other"), index, size, proof, root)
    assert not includes(leaves[index], index, size, [*proof, root], root)
    for place in range(len(proof)):
        assert not includes(leaves[index], index, size, proof[:place] + proof[place + 1 :], root)
    for other in range(size):
        assert (other == index) == includes(leaves[index], other, size, proof, root)


@given(st.integers(0, 70).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))))
def test_a_log_that_grew_continues_its_past_and_one_that_was_rewritten_does_not(drawn):
    size, old = drawn
    leaves = leaves_of(size)
    proof = consistency(old, size, over(leaves))
    before, after = slow_root(leaves[:old]), slow_root(leaves)

    assert continues(old, size, before, after, proof)
    if 0 < old < size:
        rewritten = [leaf_hash(b"forged"), *leaves[1:]]
        assert not continues(
            old, size, before, slow_root(rewritten), consistency(old, size, over(rewritten))
        )
        assert not continues(old, size, before, after, proof[:-1])


@pytest.mark.parametrize("index", [-1, 3, 4])
def test_there_is_no_proof_of_a_leaf_that_is_not_there(index):
    with pytest.raises(IndexError):
        inclusion(index, 3, over(leaves_of(3)))


def test_there_is_no_growth_from_a_larger_tree():
    with pytest.raises(IndexError):
        consistency(4, 3, over(leaves_of(3)))
    assert not continues(4, 3, b"", b"", [])
