"""What a report of an incident says, as plain values, and what makes it well-formed. Pure.

A report is an allegation. Nothing in it answers an element of the law.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Final

TITLE_MAX, NAME_MAX, TEXT_MAX, NOTE_MAX, URL_MAX = 200, 500, 20_000, 2_000, 2_000
SOURCES_MAX = 40
COUNT_MAX: Final = 2**63 - 1  # what a column for whole numbers holds
EARLIEST = date(2015, 1, 1)  # before this there was no hosted model to extract from

CHANNELS: Final = {
    "owner_report": "The owner of the model reports it",
    "government_lead": "An agency found it",
    "public_report": "It is taken from public reporting",
}
TRAITS: Final = {"yes": "Yes", "no": "No", "unknown": "Not known"}
QUALIFIERS: Final = {"": "Not stated", "over": "over", "about": "about", "exactly": "exactly"}
# What a report may say of its own claim. The other standings are reached by casework only.
REPORTED_STANDINGS: Final = ("alleged", "disputed", "withdrawn")
ITEMS: Final = {
    "model": "The model and how it is protected",
    "window": "When it happened",
    "volumes": "Volumes",
    "conduct": "What happened and how",
    "claim": "Who alleges it and the answer",
    "sources": "Sources",
}
VOCABULARIES: Final = ("capability", "access_path", "method", "atlas", "actor_role", "basis")


@dataclass(frozen=True, slots=True)
class Trait:
    """`answer` is a key of TRAITS; `note` says why, and may be empty."""

    answer: str = "unknown"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Volume:
    """A count as the source gives it: `qualifier` is a key of QUALIFIERS."""

    count: int | None = None
    qualifier: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the accused says. `kind` is a code of the vocabulary `response`; for `none_found`,
    `on` is the day on which an answer was last looked for.
    """

    kind: str = "none_found"
    text: str = ""
    on: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """Where something was read. `basis` is a code of the vocabulary `basis`."""

    title: str
    publisher: str = ""
    url: str = ""
    published_on: date | None = None
    accessed_on: date | None = None
    basis: str = "public_reporting"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Handling:
    """Marking of one item of ITEMS; `tlp` and `cui_category` are codes or empty."""

    item: str
    owner_confidential: bool = False
    trade_secret: bool = False
    tlp: str = ""
    cui_category: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentReport:
    """One report. Days are local to Washington; `terms` maps a vocabulary to its codes."""

    title: str
    narrative: str
    channel: str
    reporter_name: str
    owner_name: str
    model_name: str
    accuser: str
    alleged_on: date
    allegation: str
    recreation: Trait = Trait()
    terms_of_use: Trait = Trait()
    interface: Trait = Trait()
    window_start: date | None = None
    window_end: date | None = None
    window_note: str = ""
    exchanges: Volume = Volume()
    accounts: Volume = Volume()
    tokens: Volume = Volume()
    terms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    confidence: str = ""
    verified: bool = False
    claim_status: str = "alleged"
    answer: Answer = Answer()
    sources: tuple[SourceLine, ...] = ()
    handling: tuple[Handling, ...] = ()

    def content(self) -> dict[str, Any]:
        """The report as JSON, with dates in ISO form; `read_content` is the way back."""
        plain: dict[str, Any] = _plain(asdict(self))
        return plain


def read_content(content: dict[str, Any]) -> IncidentReport:
    """A report from what `content` made of it."""
    return IncidentReport(
        **content
        | {name: Trait(**content[name]) for name in ("recreation", "terms_of_use", "interface")}
        | {name: Volume(**content[name]) for name in ("exchanges", "accounts", "tokens")}
        | _days(content, "alleged_on", "window_start", "window_end")
        | {
            "terms": {name: tuple(codes) for name, codes in content["terms"].items()},
            "answer": Answer(**content["answer"] | _days(content["answer"], "on")),
            "sources": tuple(
                SourceLine(**row | _days(row, "published_on", "accessed_on"))
                for row in content["sources"]
            ),
            "handling": tuple(Handling(**row) for row in content["handling"]),
        }
    )


def faults(report: IncidentReport, *, on: date) -> dict[str, str]:
    """What is wrong with a report read on the day `on`: field to sentence, empty if nothing."""
    return (
        _wrong_days(_told_days(report), on)
        | _wrong_window(report.window_start, report.window_end)
        | _wrong_volumes(report)
        | _wrong_claim(report)
        | wrong_answer(report.answer, on=on)
        | _wrong_sources(report, on)
    )


def _told_days(report: IncidentReport) -> dict[str, date | None]:
    return {name: getattr(report, name) for name in ("alleged_on", "window_start", "window_end")}


def _wrong_days(days: dict[str, date | None], on: date) -> dict[str, str]:
    return {
        name: f"This day lies in the future; today is {_day(on)}. Correct the year."
        if value > on
        else f"Enter a day from {_day(EARLIEST)} on."
        for name, value in days.items()
        if value is not None and not EARLIEST <= value <= on
    }


def _wrong_window(start: date | None, end: date | None) -> dict[str, str]:
    if end is None:
        return {}
    if start is None:
        return {"window_start": "Enter the first day too, or describe the window in words."}
    if end < start:
        return {"window_end": f"This comes before the first day, {_day(start)}. Swap them."}
    return {}


def _wrong_volumes(report: IncidentReport) -> dict[str, str]:
    found = {}
    for name in ("exchanges", "accounts", "tokens"):
        volume: Volume = getattr(report, name)
        if volume.count is None and volume.qualifier:
            found[name] = f"Enter the number that goes with “{volume.qualifier}”."
        elif volume.count is not None and not volume.qualifier:
            found[f"{name}_qualifier"] = "Say whether the number is over, about or exactly this."
        elif volume.count is not None and not 0 <= volume.count <= COUNT_MAX:
            found[name] = f"Enter a whole number from 0 to {COUNT_MAX:,}."
    return found


def _wrong_claim(report: IncidentReport) -> dict[str, str]:
    found = {}
    if report.channel not in CHANNELS:
        found["channel"] = "Choose how the report came in."
    if report.claim_status not in REPORTED_STANDINGS:
        found["claim_status"] = "A report only alleges. Assessment and determination come later."
    if report.claim_status == "disputed" and report.answer.kind == "none_found":
        found["response"] = "A disputed claim needs the answer of the accused."
    return found


def wrong_answer(answer: Answer, *, on: date) -> dict[str, str]:
    """Faults of an answer alone: an answer that was found is quoted and sourced."""
    found = _wrong_days({"response_on": answer.on}, on)
    if answer.kind == "none_found":
        if answer.text:
            found["response_text"] = "Remove the text, or choose what kind of answer it is."
        if answer.on is None:
            found["response_on"] = "Enter the day on which an answer was last looked for."
        return found
    if not answer.text and answer.kind != "no_comment":
        found["response_text"] = "Enter what the accused said, as far as known."
    if not answer.source:
        found["response_source"] = "Say where the answer was read."
    return found


def _wrong_sources(report: IncidentReport, on: date) -> dict[str, str]:
    found = {}
    if not report.sources:
        found["sources"] = "Enter at least one source: a document, a page or a log."
    if len(report.sources) > SOURCES_MAX:
        found["sources"] = f"Enter at most {SOURCES_MAX} sources."
    for place, row in enumerate(report.sources):
        if row.url and not row.url.startswith(("https://", "http://")):
            found[f"sources-{place}-url"] = "A web address begins with https:// or http://."
        for name in ("published_on", "accessed_on"):
            if (day := getattr(row, name)) is not None and day > on:
                found[f"sources-{place}-{name}"] = "This day lies in the future. Correct it."
    return found


def _day(value: date) -> str:
    return f"{value.day} {value:%b %Y}"


def _days(row: dict[str, Any], *names: str) -> dict[str, date | None]:
    return {name: date.fromisoformat(row[name]) if row[name] else None for name in names}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value
