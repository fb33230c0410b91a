from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.people.passwords import fault, hasher, matches
from casework.people.throttle import FREE, MOST, pause

NAME, EMAIL = "Ada Quill", "ada.quill@example.gov"
WORDS = "heron lantern gravel quartz " * 8


def fault_of(password: str) -> str:
    return fault(password, name=NAME, email=EMAIL)


@pytest.mark.parametrize(
    ("length", "accepted"), [(14, False), (15, True), (64, True), (128, True), (129, False)]
)
def test_a_password_has_from_15_to_128_characters(length, accepted):
    assert (fault_of(WORDS[:length].replace(" ", "-")) == "") is accepted


def test_a_refused_length_is_told_with_the_length_that_was_typed():
    assert "this has 14" in fault_of(WORDS[:14])
    assert "this has 129" in fault_of(WORDS[:129])


@pytest.mark.parametrize(
    "password",
    [
        "鷺と提灯と砂利と石英の長い一行です",
        "herón linterna grava 🦩🪨",
        "  spaces on both sides  ",
        "lower case letters only here",
    ],
)
def test_any_characters_are_accepted_and_none_is_demanded(password):
    assert fault_of(password) == ""


@pytest.mark.parametrize(
    "password",
    [
        "passwordpassword",
        "Password-Password-1",
        "ada quill ada quill",
        "extraction docket 1",
        "aaaaaaaaaaaaaaaaaaaa",
        "abababababababababab",
    ],
)
def test_common_words_the_own_name_and_repetition_alone_are_refused(password):
    assert "common or personal" in fault_of(password)


def test_the_73rd_byte_of_a_password_matters():
    stored = hasher().hash("x" * 72 + "a")

    assert matches("x" * 72 + "a", stored)
    assert not matches("x" * 72 + "b", stored)
    assert not matches("x" * 72, stored)


def test_letter_case_and_outer_spaces_of_a_password_matter():
    stored = hasher().hash(" Heron Lantern ")

    assert not matches(" heron lantern ", stored)
    assert not matches("Heron Lantern", stored)


@pytest.mark.parametrize("stored", [None, "", "not a hash", "$argon2id$v=19$m=19456,t=2,p=1$AA$AA"])
def test_nothing_matches_an_account_without_a_usable_hash(stored):
    assert not matches("nobody has this password", stored)


def test_passwords_are_hashed_with_argon2id_at_19_mebibytes_or_more():
    stored = hasher().hash("whatever it may be")

    assert stored.startswith("$argon2id$")
    assert hasher().memory_cost >= 19 * 1024
    assert hasher().time_cost >= 2


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(0, 0), (FREE, 0), (FREE + 1, 2), (FREE + 2, 4), (FREE + 5, 32), (FREE + 12, 3600)],
)
def test_the_wait_after_failures_doubles_from_two_seconds(failures, seconds):
    assert pause(failures) == timedelta(seconds=seconds)


@given(st.integers(min_value=0, max_value=10**6))
def test_the_wait_never_shrinks_with_more_failures_and_never_passes_an_hour(failures):
    assert timedelta(0) <= pause(failures) <= pause(failures + 1) <= MOST
