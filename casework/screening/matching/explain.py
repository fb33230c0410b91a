"""The reasons of a score in sentences that a person can check. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from casework.screening.matching.align import (
    ACRONYM,
    CONSONANTS,
    INITIAL,
    JOINED,
    NEAR,
    SOUND,
    Pair,
)
from casework.screening.matching.forms import BRANDED, TRANSLATED, Form, forms
from casework.screening.matching.glossary import brands
from casework.screening.matching.organizations import Against
from casework.screening.matching.qualifiers import Qualifier
from casework.screening.matching.subjects import WEAK, Verdict

FOR, AGAINST, NOTE = "for", "against", "note"
_HOW = {
    NEAR: "{query} is spelled nearly as {listed}",
    SOUND: "{query} sounds as {listed}",
    CONSONANTS: "{query} has the consonants of {listed}",
    INITIAL: "{query} is an initial beside {listed}",
    JOINED: "{query} is {listed} joined or parted",
    ACRONYM: "{query} and {listed}: one gives the initials of the other",
}
_ABOUT = {
    "place": "The names give different places: {query}, listed {listed}.",
    "number": "The names give different numbers: {query}, listed {listed}.",
    "form": "The legal forms differ: {query}, listed {listed}.",
    "word": "Another word stands in its place: {query}, listed {listed}.",
}
_KNOWN = {
    ("country", True): "The country agrees: {listed}.",
    ("country", False): "The countries differ: {query}, listed {listed}.",
    ("identifier", True): "An identifier agrees: {listed}.",
    ("identifier", False): "The identifiers differ: {query}, listed {listed}.",
    ("born", True): "The year of birth agrees: {listed}.",
    ("born", False): "The years of birth differ: {query}, listed {listed}.",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence; `speaks` for, against, or only notes how the names were read."""

    speaks: str
    text: str

    def __str__(self) -> str:
        return self.text


def reasons(verdict: Verdict, kind: str) -> tuple[Reason, ...]:
    """Return why a verdict is as it is, what was set aside and what speaks against it.

    `kind` is the kind of the entry.
    """
    return (*_names(verdict, kind), *_words(verdict), *_beside(verdict))


def _names(verdict: Verdict, kind: str) -> Iterator[Reason]:
    name = verdict.name
    quality = {"primary": "its primary name", "weak": "a weak alias", "former": "a former name"}
    said = quality.get(name.quality, "an alias")
    yield Reason(FOR, f"Compared with {said}: {_closed(name.text)}")
    if name.quality == WEAK:
        yield Reason(NOTE, "A weak alias supports a match and makes none by itself.")
    yield from _read("The name asked about", verdict.form)
    listed = next((each for each in forms(name.text, kind) if each.text == name.form), None)
    if listed:
        yield from _read("The listed name", listed)


def _closed(text: str) -> str:
    """A name at the end of a sentence, which "Co., Ltd." closes by itself."""
    return text if text.endswith(".") else f"{text}."


def _read(whose: str, form: Form) -> Iterator[Reason]:
    if form.how == TRANSLATED:
        yield Reason(NOTE, f"{whose} is read by the glossary as: {form.text}.")
    if form.how == BRANDED:
        brand, source = brands()[form.brand]
        yield Reason(
            NOTE,
            f"{whose} holds {form.brand}, in general use for {brand}; verify at {source}."
            f" Read: {form.text}.",
        )
    if form.legal_form:
        yield Reason(NOTE, f"{whose} was compared without its legal form ({form.legal_form}).")


def _words(verdict: Verdict) -> Iterator[Reason]:
    found = verdict.comparison
    same = [pair.query for pair in found.alignment.pairs if pair.how not in _HOW]
    if same:
        yield Reason(FOR, f"The same in both: {', '.join(same)}.")
    for pair in found.alignment.pairs:
        if pair.how in _HOW:
            yield Reason(FOR, _pair(pair))
    if found.brand:
        yield Reason(FOR, f"{found.brand} is the only telling part of the listed name.")
    yield from map(_against, found.against)
    if not any(row.about == "word" for row in found.against):
        yield from _alone("asked about", found.alignment.query_alone)
        yield from _alone("listed", found.alignment.listed_alone)


def _pair(pair: Pair) -> str:
    said = _HOW[pair.how].format(query=pair.query, listed=pair.listed)
    return f"{said} ({pair.likeness:.2f})."


def _alone(where: str, words: tuple[str, ...]) -> Iterator[Reason]:
    if words:
        yield Reason(AGAINST, f"Only in the name {where}: {', '.join(words)}.")


def _against(row: Against) -> Reason:
    said = _ABOUT[row.about].format(query=row.query or "none", listed=row.listed or "none")
    return Reason(AGAINST, said)


def _beside(verdict: Verdict) -> Iterator[Reason]:
    if verdict.support:
        yield Reason(FOR, f"A weak alias agrees as well: {verdict.support}.")
    yield from map(_qualifier, verdict.qualifiers)


def _qualifier(row: Qualifier) -> Reason:
    said = _KNOWN[row.about, row.agrees].format(query=row.query, listed=row.listed)
    return Reason(FOR if row.agrees else AGAINST, said)
