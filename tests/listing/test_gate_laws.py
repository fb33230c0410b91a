"""Laws of the permission gate, over invented sentences, owners and permissions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from casework.listing.rules import (
    Permission,
    Sentence,
    Source,
    drops_on,
    missing_permissions,
    needs,
    state_of,
)
from casework.statute.loader import load_pack

PACK = load_pack("hr8283_ih_2026_04_15")
ON = date(2027, 8, 2)
OWNERS = ("Aster", "Birch", "Cedar")
REFS = ("exhibit:1", "exhibit:2", "INC-2026-00001#volumes")
days = st.dates(ON - timedelta(days=400), ON + timedelta(days=400))
sources = st.builds(
    Source,
    ref=st.sampled_from(REFS),
    owners=st.frozensets(st.sampled_from(OWNERS)),
    confidential=st.booleans(),
    parallel=st.sampled_from(["", "press"]),
)
sentences = st.builds(
    Sentence,
    text=st.text("ab 世Ж", min_size=1, max_size=6),
    sources=st.lists(sources, max_size=3).map(tuple),
)


def permissions_for(lines: list[Sentence]) -> list[Permission]:
    """Exactly what opens the gate, if anything can."""
    return [
        Permission(owner=owner, ref=ref, product="list", wording=line.text, given=ON)
        for line in lines
        for ref, owner in needs(line)
    ]


def lacking(lines: list[Sentence], leaves: list[Permission]) -> int:
    return len(missing_permissions(lines, leaves, product="list", on=ON))


def is_clearable(line: Sentence) -> bool:
    return all(owner for _, owner in needs(line))


@given(st.lists(sentences.filter(is_clearable), max_size=4))
def test_exactly_the_permissions_needed_open_the_gate(lines):
    assert lacking(lines, permissions_for(lines)) == 0


@given(st.lists(sentences, min_size=1, max_size=4), sources, st.data())
def test_one_more_confidential_source_never_opens_a_closed_gate(lines, source, data):
    leaves = data.draw(st.lists(st.sampled_from(permissions_for(lines) or [None]), max_size=6))
    leaves = [leave for leave in leaves if leave]
    secret = replace(source, confidential=True)
    before = lacking(lines, leaves)
    if not lines[0].sources:  # without any source it was closed, and one may well open it
        return

    more = [replace(lines[0], sources=(*lines[0].sources, secret)), *lines[1:]]

    assert lacking(more, leaves) >= before


@given(st.lists(sentences.filter(is_clearable), min_size=1, max_size=4), st.data())
def test_revoking_any_permission_that_is_used_closes_the_gate(lines, data):
    leaves = permissions_for(lines)
    if not leaves:
        return
    chosen = data.draw(st.sampled_from(leaves))

    left = [replace(row, revoked=ON) if row == chosen else row for row in leaves]

    assert lacking(lines, left) > 0


@given(st.lists(sentences.filter(is_clearable), min_size=1, max_size=3), st.data())
def test_one_changed_character_closes_the_gate(lines, data):
    leaves = permissions_for(lines)
    place = data.draw(st.integers(0, len(lines) - 1))
    if not needs(lines[place]):
        return

    changed = replace(lines[place], text=f"{lines[place].text}.")

    assert lacking([*lines[:place], changed, *lines[place + 1 :]], leaves) > 0


@given(days, st.none() | days, st.none() | days, days)
def test_a_permission_once_ended_never_lives_again(first, last, revoked, on):
    leave = Permission(
        owner="A", ref="r", product="list", wording="w", given=first, expires=last, revoked=revoked
    )

    if state_of(leave, on) in {"revoked", "expired"}:
        assert state_of(leave, on + timedelta(days=1)) in {"revoked", "expired"}


@given(st.dates(date(2027, 1, 1), date(2030, 1, 1)), st.integers(0, 3000), days)
def test_no_entry_outlasts_the_list_and_the_strict_reading_never_prolongs(first, later, attack):
    shown = first + timedelta(days=later)
    literal = drops_on(PACK, first_publication=first, entry_shown=shown)
    strict = drops_on(PACK, first_publication=first, entry_shown=shown, strict_last_attack=attack)

    assert literal <= drops_on(PACK, first_publication=first, entry_shown=first)
    assert strict <= literal
