"""What speaks against reading two entities as one, case by case."""

from __future__ import annotations

import pytest

from casework.screening.merging import Between, Side, conflicts, fingerprint

PLAIN = {"kind": "organization"}
LEIS = ("5493001KJTIIGC8Y1R12", "529900T8BM49AURSDO55")


def found(first, second, between=Between()):  # noqa: B008 (a frozen value)
    return conflicts(
        Side("a", "Orchid", **PLAIN | first), Side("b", "Lily", **PLAIN | second), between
    )


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ({}, {"kind": "person"}, "Orchid is recorded as organization, Lily as person."),
        (
            {"identifiers": [("lei", LEIS[0])]},
            {"identifiers": [("lei", LEIS[1])]},
            f"differs: Orchid has {LEIS[0]}, Lily has {LEIS[1]}.",
        ),
        (
            {"countries": [("incorporated", "SG")]},
            {"countries": [("incorporated", "CN")]},
            "Orchid is recorded as incorporated in Singapore, Lily in China.",
        ),
        (
            {"judgements": [("ofac-sdn", "7", "match", "ORCHID")]},
            {"judgements": [("ofac-sdn", "7", "no_match", "ORCHID")]},
            "The entry ORCHID of the list ofac-sdn was judged to mean Orchid and not to mean Lily.",
        ),
        (
            {"holdings": [("c", "Cell Ltd")]},
            {"holdings": [("c", "Cell Ltd")]},
            "the two shares are two statements of one holding, not a sum.",
        ),
        (
            {"cases": ["MEA-2026-00001"]},
            {"cases": ["MEA-2026-00001", "MEA-2026-00002"]},
            "Both are subjects of MEA-2026-00001: what was answered about each stays its own.",
        ),
    ],
)
def test_what_tells_two_parties_apart_is_named(first, second, words):
    (text,) = found(first, second)
    assert text.endswith(words)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {}),
        ({"identifiers": [("lei", LEIS[0])]}, {"identifiers": [("lei", LEIS[0].lower())]}),
        ({"identifiers": [("lei", LEIS[0])]}, {"identifiers": [("website", "lily.example")]}),
        ({"identifiers": [("website", "a.example")]}, {"identifiers": [("website", "b.example")]}),
        ({"countries": [("incorporated", "SG")]}, {"countries": [("located", "CN")]}),
        (
            {"judgements": [("ofac-sdn", "7", "match", "ORCHID")]},
            {"judgements": [("ofac-sdn", "7", "unsure", "ORCHID")]},
        ),
        ({"holdings": [("c", "Cell Ltd")]}, {"holdings": [("d", "Cell Ltd")]}),
    ],
)
def test_what_one_party_may_have_is_no_conflict(first, second):
    assert found(first, second) == []


def test_a_relation_between_the_two_and_an_earlier_undoing_are_named():
    texts = found({}, {}, Between(["Orchid owns Lily"], ["Two branches"]))

    assert texts == [
        "They were merged before and that was undone: Two branches",
        "One stands to the other: Orchid owns Lily.",
    ]


def test_the_conflicts_do_not_depend_on_which_of_the_two_is_kept():
    one = Side("a", "Orchid", "organization", identifiers=[("lei", LEIS[0])])
    other = Side("b", "Lily", "person", identifiers=[("lei", LEIS[1])])

    shown = conflicts(one, other, Between())
    assert shown == conflicts(other, one, Between())
    assert fingerprint(shown) != fingerprint(shown[:1])
