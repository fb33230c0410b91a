"""Kinds of identifiers, and the check digits that some of them carry. Pure.

A number whose check digit fails is kept as its source gives it; the page says that it fails.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum


class IdentifierKind(StrEnum):
    LEI = "lei"
    USCC = "uscc"
    OGRN = "ogrn"
    INN = "inn"
    REGISTRATION = "registration"
    TAX = "tax"
    LIST_ENTRY = "list_entry"
    PASSPORT = "passport"
    NATIONAL_ID = "national_id"
    DOMAIN = "domain"
    EMAIL = "email"
    ACCOUNT = "account"
    OTHER = "other"


IDENTIFIER_TITLES: dict[str, str] = {
    IdentifierKind.LEI: "Legal Entity Identifier",
    IdentifierKind.USCC: "Unified Social Credit Code (China)",
    IdentifierKind.OGRN: "OGRN (Russia)",
    IdentifierKind.INN: "INN (Russia)",
    IdentifierKind.REGISTRATION: "Registration number",
    IdentifierKind.TAX: "Tax number",
    IdentifierKind.LIST_ENTRY: "Entry number of a sanctions list",
    IdentifierKind.PASSPORT: "Passport",
    IdentifierKind.NATIONAL_ID: "National identity number",
    IdentifierKind.DOMAIN: "Internet domain",
    IdentifierKind.EMAIL: "E-mail address",
    IdentifierKind.ACCOUNT: "Account name",
    IdentifierKind.OTHER: "Other",
}

# GB 32100-2015 leaves out letters that are easily misread.
_USCC_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_LEI_LENGTH, _USCC_LENGTH = 20, 18
_OGRN_LENGTHS, _INN_LENGTHS = (13, 15), (10, 12)
_INN_WEIGHTS = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)


def fault(kind: str, value: str) -> str:
    """What is wrong with the form of an identifier, or the empty string; spaces do not count."""
    check = _CHECKS.get(kind)
    return check("".join(value.split()).upper()) if check else ""


def _lei(value: str) -> str:
    """Check an ISO 17442 code by ISO 7064 MOD 97-10."""
    if len(value) != _LEI_LENGTH or not (value.isascii() and value.isalnum()):
        return "a Legal Entity Identifier has 20 letters and digits"
    number = int("".join(str(int(sign, 36)) for sign in value))
    return "" if number % 97 == 1 else "the check digits do not fit"


def _uscc(value: str) -> str:
    """Check a code of GB 32100-2015: weights are powers of 3 modulo 31."""
    if len(value) != _USCC_LENGTH or not set(value) <= set(_USCC_SIGNS):
        return "a Unified Social Credit Code has 18 digits and letters without I, O, S, V and Z"
    total = sum(
        _USCC_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(value[:17])
    )
    return "" if _USCC_SIGNS[-total % 31] == value[17] else "the check character does not fit"


def _ogrn(value: str) -> str:
    """Check a Russian registration number: of 13 digits, or of 15 for a sole trader."""
    if len(value) not in _OGRN_LENGTHS or not _digits(value):
        return "an OGRN has 13 digits, or 15 for a sole trader"
    rest = int(value[:-1]) % (len(value) - 2) % 10
    return "" if rest == int(value[-1]) else "the check digit does not fit"


def _inn(value: str) -> str:
    """Check a Russian tax number: one check digit of 10, two of 12 for a person."""
    if len(value) not in _INN_LENGTHS or not _digits(value):
        return "an INN has 10 digits, or 12 for a person"
    places = (9,) if len(value) == min(_INN_LENGTHS) else (10, 11)
    fits = all(_inn_digit(value[:place]) == int(value[place]) for place in places)
    return "" if fits else "the check digit does not fit"


def _inn_digit(lead: str) -> int:
    weights = _INN_WEIGHTS[-len(lead) :]
    weighted = sum(weight * int(digit) for weight, digit in zip(weights, lead, strict=True))
    return weighted % 11 % 10


def _digits(value: str) -> bool:
    return value.isascii() and value.isdigit()


_CHECKS: dict[str, Callable[[str], str]] = {
    IdentifierKind.LEI: _lei,
    IdentifierKind.USCC: _uscc,
    IdentifierKind.OGRN: _ogrn,
    IdentifierKind.INN: _inn,
}
