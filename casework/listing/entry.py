"""An entry of the public list as it is proposed: its words, its sources, its hash. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from casework.decisions.record import digest
from casework.errors import InvalidValue
from casework.listing.rules import PARTS

FORMAT: Final = "extraction-docket/list-entry/1"
DETERMINATION, PUBLICATION = "determination", "publication"
READINGS: Final = (DETERMINATION, PUBLICATION)
SENTENCES_MAX: Final = 12
# How sure a reader may be of a name: a name that many bear tells nobody apart by itself.
STRENGTHS: Final = {"weak_alias": "weak"}
CORRECTION: Final = (
    "Write to the Department of State, name the entry, say what is wrong in it and enclose what"
    " shows it. The text gives no such procedure; the Department offers it as policy."
)
# An entry says who was identified, by which determination, and nothing stronger than that.
STRONGER: Final = (
    "convict", "crime", "criminal", "crook", "culprit", "fraudster", "guilt", "hacker", "illegal",
    "offender", "offence", "offense", "perpetrat", "pirate", "proven", "proved", "steal", "stole",
    "theft", "thief", "thieves", "undoubted", "unlawful",
)  # fmt: skip
_STRONGER = re.compile(rf"\b(?:{'|'.join(STRONGER)})\w*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Name:
    """`kind` is that of the entity's name; `strength` is `strong` or `weak`."""

    text: str
    kind: str
    language: str
    strength: str


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence about the conduct. `sources` and `parallel` are references such as
    `exhibit:3`, `INC-2026-00001#volumes`, or `source:` with a key; parallel ones are public.
    """

    text: str
    sources: tuple[str, ...]
    parallel: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Denial:
    """What the entity answers, as a code of the vocabulary `response`.

    `text` is empty where the words are held in confidence; `made_on` an ISO day or empty.
    """

    kind: str
    text: str
    made_on: str

    @property
    def day(self) -> date | None:
        return date.fromisoformat(self.made_on) if self.made_on else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """What the record itself says of the entity. Nobody types it, so that nobody leaves a denial
    out or adds a name. Days are ISO days in Washington, countries ISO 3166-1 alpha-2.
    """

    name: str
    names: tuple[Name, ...]
    kind: str
    countries: tuple[str, ...]
    last_attack: str
    determination: str
    determined_on: str
    determined_under: str
    denials: tuple[Denial, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """What the preparer writes and chooses. `reading` says where the past year ends."""

    part: str
    reading: str
    lines: tuple[Line, ...]
    privacy: str
    correction: str


def content_of(
    *, case: str, entity: str, authority: str, facts: Facts, words: Words, supersedes: str
) -> dict[str, Any]:
    """The whole entry as JSON: what a publication binds to."""
    return {
        "format": FORMAT,
        "case": case,
        "entity": entity,
        "authority": authority,
        "facts": plain_facts(facts),
        "part": words.part,
        "reading": words.reading,
        "lines": [_plain(line) for line in words.lines],
        "privacy": words.privacy,
        "correction": words.correction,
        "supersedes": supersedes,
    }


def plain_facts(facts: Facts) -> dict[str, Any]:
    return {name: _listed(value) for name, value in asdict(facts).items()}


def hash_of(content: Mapping[str, Any]) -> str:
    return digest(content)


def lines_of(content: Mapping[str, Any]) -> tuple[Line, ...]:
    return tuple(
        Line(row["text"], tuple(row["sources"]), tuple(row["parallel"])) for row in content["lines"]
    )


def basis_line(facts: Mapping[str, Any]) -> str:
    """The one sentence that says by what the entity was identified. The day is an ISO day."""
    day = date.fromisoformat(facts["determined_on"])
    when = f"{day.day} {day:%B %Y}"
    return f"Identified by the determination of {when} under {facts['determined_under']}."


def strength_of(kind: str) -> str:
    return STRENGTHS.get(kind, "strong")


def check_words(words: Words, *, kind: str) -> None:
    """InvalidValue naming the field. `kind` is that of the entity: a person's privacy is weighed
    in writing.
    """
    if words.part not in PARTS:
        raise InvalidValue("Say whether it conducted or directed the attack.", "part")
    if words.reading not in READINGS:
        raise InvalidValue("Choose the reading of the past year.", "reading")
    if not words.lines:
        raise InvalidValue("Write at least one sentence about the conduct.", "lines")
    if len(words.lines) > SENTENCES_MAX:
        raise InvalidValue(f"Use at most {SENTENCES_MAX} sentences.", "lines")
    for place, line in enumerate(words.lines):
        check_line(line, place)
    if kind == "person" and not words.privacy.strip():
        raise InvalidValue("Say how privacy and safety of this person were weighed.", "privacy")
    if not words.correction.strip():
        raise InvalidValue("Say how a correction is asked for.", "correction")
    _refuse_stronger(words.correction, "correction")


def check_line(line: Line, place: int) -> None:
    if not line.text.strip():
        raise InvalidValue("Write the sentence.", f"lines-{place}-text")
    if not line.sources:
        raise InvalidValue("Choose what this sentence rests on.", f"lines-{place}-sources")
    _refuse_stronger(line.text, f"lines-{place}-text")


def _refuse_stronger(text: str, field: str) -> None:
    found = _STRONGER.search(text)
    if found:
        raise InvalidValue(
            f"Replace “{found.group()}”: an entry says that the entity was identified by a"
            " determination, and nothing stronger.",
            field,
        )


def changed(frozen: Mapping[str, Any], now: Facts) -> list[str]:
    """The parts of the record that read otherwise than when the entry was proposed."""
    present = plain_facts(now)
    return [name for name in present if present[name] != frozen.get(name)]


def _plain(row: Line) -> dict[str, Any]:
    return {name: _listed(value) for name, value in asdict(row).items()}


def _listed(value: Any) -> Any:
    """Tuples as lists, so that stored and fresh content compare equal."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_listed(each) for each in value]
    return value


def refs_in(lines: Iterable[Line]) -> frozenset[str]:
    return frozenset(ref for line in lines for ref in (*line.sources, *line.parallel))
