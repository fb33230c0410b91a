"""Tokens in place of identifiers: keyed, so that only the holder of the key can search for them.

HMAC-SHA-256 over a type and the canonical value, cut to 128 bits. Without a key a hash of an IPv4
address is no protection: all of them can be tried in hours. The type goes into the hash and
stands before it, so that an address and an account of the same text never meet. One key gives one
token for one value in every case, which is what lets cases be compared without clear values.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final

PREFIX: Final = {"account_id": "acc", "org_id": "org", "ip": "ip", "payment_fp": "pay"}
DIGITS: Final = 32
NETWORK: Final = 64
NO_ADDRESS: Final = "not an address"

# What an owner sends when it has made pseudonyms itself: a short type and hex digits, bare hex
# digits with at least one letter among them (all figures may be a card or telephone), or a UUID.
_PSEUDONYM: Final = re.compile(
    r"[a-z][a-z0-9]{0,15}[_-][0-9a-f]{8,64}"
    r"|(?=[0-9]*[a-f])[0-9a-f]{16,64}"
    r"|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
)


def is_pseudonym(column: str, value: str) -> bool:
    """Whether the value already is one, and so stays as it is."""
    if column == "ip":
        return value.startswith("ip_")
    return _PSEUDONYM.fullmatch(value) is not None


def token(key: bytes, column: str, value: str) -> str:
    """`acc_` (`org_`, `ip_`, `pay_`) and 32 hex digits."""
    prefix = PREFIX[column]
    canonical = unicodedata.normalize("NFKC", value).strip()
    digest = hmac.new(key, f"{prefix}\0{canonical}".encode(), hashlib.sha256).hexdigest()
    return f"{prefix}_{digest[:DIGITS]}"


def address(value: str) -> str:
    """An address as it is compared: IPv4 with dots, IPv6 as its /64 network.

    A household has one /64 and takes any address in it. What is no address gives `NO_ADDRESS`;
    a token is left alone.
    """
    if value.startswith("ip_"):
        return value
    try:
        found = ip_address(value.strip().removesuffix(f"/{NETWORK}"))
    except ValueError:
        return NO_ADDRESS
    if isinstance(found, IPv6Address):
        mapped: IPv4Address | None = found.ipv4_mapped
        if mapped is None:
            return str(IPv6Network((int(found), NETWORK), strict=False))
        return str(mapped)
    return str(found)
