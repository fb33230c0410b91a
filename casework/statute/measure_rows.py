"""Rows of a pack about measures: what is asked, written out and decided before each."""

from __future__ import annotations

from dataclasses import dataclass

TEXT, LINES, DAY, CHOICE = "text", "lines", "day", "choice"
COUNTRIES, PERCENT = "countries", "percent"
KINDS = (TEXT, LINES, DAY, CHOICE, COUNTRIES, PERCENT)
# What the record of the subject can offer, and what an approved field sets on the case.
NAMES, ADDRESSES, NEXT_REVIEW = "names", "addresses", "next_review_on"
OFFERS = ("", NAMES, ADDRESSES, COUNTRIES)
SETS = ("", NEXT_REVIEW)


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    code: str
    label: str


@dataclass(frozen=True, kw_only=True, slots=True)
class MeasureField:
    """One particular of a measure. `kind`: free `text`, `lines` (one item a line), a `day`, a
    `choice` out of `options`, `countries` (ISO 3166-1 alpha-2, one a line) or a `percent`.

    `offers` names what of the subject is filled in beforehand; a day that `sets` next_review_on
    becomes the case's next review when the recommendation is approved.
    """

    id: str
    label: str
    kind: str
    citation: str
    authority: str
    hint: str = ""
    required: bool = True
    options: tuple[Option, ...] = ()
    offers: str = ""
    sets: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """Something that must be on record before a measure is decided."""

    id: str
    label: str
    citation: str
    authority: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Measure:
    """`fields` are written out when the measure is recommended.

    `outcomes` are the kinds of decision that an official of `lead` signs on an approved
    recommendation; the first takes the measure and `needs` these conclusions met. The decision
    counts as a record of the kind `record`. `affiliates` says that it reaches entities owned to
    half or more.
    """

    id: str
    title: str
    decider: str
    lead: str
    targets: str
    citation: str
    authority: str
    checks: tuple[Check, ...] = ()
    fields: tuple[MeasureField, ...] = ()
    outcomes: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    record: str = ""
    affiliates: bool = False
