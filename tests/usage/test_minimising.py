from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.evidence.usage.tokens import NO_ADDRESS, PREFIX, address, is_pseudonym, token
from tests.usage.logs import MADE, accepted, as_csv, as_parquet, rejected, row, taken

KEY, OTHER = b"k" * 32, b"o" * 32


@given(st.text(), st.sampled_from(sorted(PREFIX)))
def test_one_key_gives_one_token_and_another_key_another(value, column):
    made = token(KEY, column, value)

    assert made == token(KEY, column, value) != token(OTHER, column, value)
    assert made.startswith(f"{PREFIX[column]}_")
    assert is_pseudonym(column, made)


@given(st.text())
def test_the_same_text_in_two_columns_gives_two_tokens(value):
    digits = {token(KEY, column, value).split("_")[1] for column in PREFIX}

    assert len(digits) == len(PREFIX)


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:0DB8:0001:0002::", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::/64", "2001:db8:1:2::/64"),
        ("::ffff:240.0.0.1", "240.0.0.1"),
        ("240.0.0.1", "240.0.0.1"),
        ("ip_0123456789abcdef", "ip_0123456789abcdef"),
        ("fe80::1%eth0", "fe80::/64"),
        ("no:address", NO_ADDRESS),
    ],
)
def test_addresses_are_compared_in_one_form(written, compared):
    assert address(written) == compared


@pytest.mark.parametrize("kind", MADE)
@pytest.mark.parametrize("rewrite", [True, False])
def test_an_ipv6_address_is_kept_as_its_network(tmp_path, kind, rewrite):
    content = MADE[kind]([row(1, ip="2001:db8:1:2:aaaa::1"), row(2, ip="2001:DB8:1:2:bbbb::2")])

    found = taken(tmp_path, content, rewrite=rewrite)

    assert [one["ip"] for one in accepted(found)] == ["2001:db8:1:2::/64"] * 2
    assert "IPv6 cut to the network of 64 bits" in found.minimised["ip"]


@pytest.mark.parametrize("kind", MADE)
@pytest.mark.parametrize("rewrite", [True, False])
def test_with_a_key_clear_identifiers_become_tokens_and_pseudonyms_stay(tmp_path, kind, rewrite):
    clear = {"account_id": "hong.li@example.org", "org_id": "Lantern GmbH", "ip": "240.0.0.9"}
    content = MADE[kind]([row(1, **clear), row(2)])

    found = taken(tmp_path, content, key=KEY, rewrite=rewrite)
    first, second = accepted(found)

    assert {name: first[name] for name in clear} == {
        name: token(KEY, name, value) for name, value in clear.items()
    }
    assert second["account_id"] == "acc_0000000000000002"
    assert second["payment_fp"] == "pay_0000000000000002"
    assert found.minimised["account_id"].startswith("the owner's pseudonyms left as received, ")
    assert found.minimised["ip"].startswith("replaced by keyed hashes")


def test_tokens_are_the_same_in_another_log_under_the_same_key(tmp_path):
    here = taken(tmp_path, as_csv([row(1, ip="240.0.0.9")]), key=KEY, out="a")
    there = taken(tmp_path, as_parquet([row(5, ip="240.0.0.9")]), key=KEY, out="b")

    assert accepted(here)[0]["ip"] == accepted(there)[0]["ip"]


def test_no_accepted_row_holds_a_clear_e_mail_address_or_card(tmp_path):
    mail, card = "hong.li@example.org", "4111111111111111"
    held = [
        row(1, account_id=mail),
        row(2, org_id=mail, user_agent=f"bot/1.0 ({mail})"),
        row(3, payment_fp=card),
        row(4, payment_fp="4111-1111-1111-1111"),
        row(5, account_id=card),
        row(6, endpoint=mail),
    ]

    found = taken(tmp_path, as_csv(held), key=KEY)

    kept = "".join(str(one) for one in accepted(found))
    assert mail not in kept
    assert card not in kept
    assert accepted(found)[1]["user_agent"] == "bot/1.0 (<e-mail>)"
    assert [one["row"] for one in accepted(found)] == [1, 2, 5]
    parts = b"".join(part.path.read_bytes() for part in found.parts)
    assert mail.encode() not in parts
    # What was set aside keeps its text: nothing may be lost, and the owner must mend it.
    assert mail in rejected(found)[2]["text"]


def test_without_a_key_identifiers_stay_and_that_is_said(tmp_path):
    found = taken(tmp_path, as_csv([row(1, org_id="Lantern GmbH")]))

    assert accepted(found)[0]["org_id"] == "Lantern GmbH"
    assert found.minimised["org_id"] == "left as received: no key was given"


def test_columns_without_a_place_are_not_kept_and_named(tmp_path):
    found = taken(tmp_path, as_csv([row(1, prompt="Tell me", plan="team")]))

    assert found.minimised["other columns"] == "not kept: prompt, plan"
    assert "Tell me" not in str(accepted(found))


def test_the_key_is_not_shown_with_the_order(tmp_path):
    from casework.evidence.usage.order import IntakeOrder

    assert "kkkk" not in repr(IntakeOrder(key=KEY))
