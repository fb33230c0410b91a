"""What OFAC packs into Remarks: weak aliases, dates, nationalities, numbers, links. Pure.

The remarks themselves are kept whole beside what is read out of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from casework.screening.identifiers import IdentifierKind
from casework.screening.watchlists.entry import WEAK, Dated, Identifier, Name
from casework.screening.watchlists.places import country_code

_ALIAS = re.compile(r"[afn]\.k\.a\.,? '(?P<name>.+)'")
_DATE = re.compile(r"(?:alt\. )?(?P<kind>DOB|Organization Established Date) (?P<date>.+)")
_DATE_KINDS = {"DOB": "birth", "Organization Established Date": "founded"}
_NATION = re.compile(r"(?:alt\. )?(?:nationality|citizen|Nationality of Registration) (?P<name>.+)")
_LINK = re.compile(r"Linked To: (?P<name>.+)")
_NUMBERS = {
    "Passport": IdentifierKind.PASSPORT,
    "Diplomatic Passport": IdentifierKind.PASSPORT,
    "National ID No.": IdentifierKind.NATIONAL_ID,
    "Identification Number": IdentifierKind.NATIONAL_ID,
    "Cedula No.": IdentifierKind.NATIONAL_ID,
    "C.U.R.P.": IdentifierKind.NATIONAL_ID,
    "SSN": IdentifierKind.NATIONAL_ID,
    "Tax ID No.": IdentifierKind.TAX,
    "NIT #": IdentifierKind.TAX,
    "RUC #": IdentifierKind.TAX,
    "RIF #": IdentifierKind.TAX,
    "R.F.C.": IdentifierKind.TAX,
    "V.A.T. Number": IdentifierKind.TAX,
    "Registration ID": IdentifierKind.REGISTRATION,
    "Registration Number": IdentifierKind.REGISTRATION,
    "Public Registration Number": IdentifierKind.REGISTRATION,
    "Business Registration Number": IdentifierKind.REGISTRATION,
    "Company Number": IdentifierKind.REGISTRATION,
    "Commercial Registry Number": IdentifierKind.REGISTRATION,
    "Matricula Mercantil No": IdentifierKind.REGISTRATION,
    "Folio Mercantil No.": IdentifierKind.REGISTRATION,
    "Unified Social Credit Code (USCC)": IdentifierKind.USCC,
    "Unified Social Credit Code": IdentifierKind.USCC,
    "Legal Entity Number": IdentifierKind.LEI,
    "Website": IdentifierKind.DOMAIN,
    "Email Address": IdentifierKind.EMAIL,
    "SWIFT/BIC": IdentifierKind.OTHER,
    "Vessel Registration Identification IMO": IdentifierKind.OTHER,
    "MMSI": IdentifierKind.OTHER,
    "D-U-N-S Number": IdentifierKind.OTHER,
    "ISIN": IdentifierKind.OTHER,
    "BIK": IdentifierKind.OTHER,
    "Digital Currency Address": IdentifierKind.ACCOUNT,
}
_LABELS = "|".join(re.escape(label) for label in sorted(_NUMBERS, key=len, reverse=True))
_NUMBER = re.compile(
    rf"(?:alt\. )?(?P<label>{_LABELS}) (?P<value>[^()]+?)"
    r"(?: \((?P<country>[^()]+)\))?(?: (?:issued|expires) .+)?"
)


@dataclass(slots=True)
class Remarks:
    """What was found, in the order of the remarks; countries are ISO codes."""

    names: list[Name] = field(default_factory=list)
    dates: list[Dated] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    identifiers: list[Identifier] = field(default_factory=list)
    relations: list[dict[str, str]] = field(default_factory=list)


def identifier_kind(label: str) -> str:
    """The kind of a number by what OFAC calls it; "other" for names that are not known."""
    return _NUMBERS.get(label, IdentifierKind.OTHER)


def read_remarks(text: str) -> Remarks:
    found = Remarks()
    for part in _parts(text):
        _read(part, found)
    return found


def _parts(text: str) -> Iterator[str]:
    for part in text.split("; "):
        yield part.strip().removesuffix(".").strip()


def _read(part: str, found: Remarks) -> None:
    if match := _ALIAS.fullmatch(part):
        found.names.append(Name(match["name"], WEAK))
    elif match := _DATE.fullmatch(part):
        found.dates.append(Dated(_DATE_KINDS[match["kind"]], match["date"]))
    elif match := _NATION.fullmatch(part):
        found.countries.append(country_code(match["name"]))
    elif match := _LINK.fullmatch(part):
        found.relations.append({"kind": "linked_to", "name": match["name"]})
    elif match := _NUMBER.fullmatch(part):
        found.identifiers.append(_identifier(match))


def _identifier(match: re.Match[str]) -> Identifier:
    label = match["label"]
    country = country_code(match["country"] or "")
    return Identifier(identifier_kind(label), match["value"].strip(), country, label)
