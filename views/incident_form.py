"""The form of a report as pages show it: drawn, summed up, and compared with another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import render_template
from markupsafe import Markup
from wtforms import Field

from casework.incidents.report import ITEMS
from views.assembly import day, lines, number
from views.forms.incident import IncidentForm

# Section to fields, in the order of the form. A volume is told together with its qualifier.
SECTIONS: dict[str, tuple[str, tuple[str, ...]]] = {
    "who": ("Who reports", ("channel", "reporter_name", "title")),
    "model": (
        "The model and its protection",
        (
            *("owner_name", "model_name", "recreation", "recreation_note"),
            *("terms", "terms_note", "interface", "interface_note"),
        ),
    ),
    "what": (
        "What happened and when",
        (
            "window_start",
            "window_end",
            "window_note",
            "exchanges",
            "accounts",
            "tokens",
            "narrative",
        ),
    ),
    "how": ("How", ("capability", "access_path", "method", "atlas")),
    "actors": ("Who is said to have done it", ("actor_role",)),
    "claim": (
        "Who alleges it, and on what basis",
        (
            *("accuser", "alleged_on", "allegation", "basis"),
            *("confidence", "verified", "claim_status"),
        ),
    ),
    "answer": (
        "The answer of the accused",
        ("response", "response_text", "response_on", "response_source"),
    ),
}
SOURCE_PARTS = ("title", "publisher", "url", "published_on", "accessed_on", "basis", "note")
MARKS = ("owner_confidential", "trade_secret", "tlp", "cui_category")


@dataclass(frozen=True, slots=True)
class Line:
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """A group of answers; `anchor` is the id of its fieldset in the form."""

    anchor: str
    title: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Difference:
    label: str
    theirs: str
    yours: str


def form_page(form: IncidentForm, template: str, **context: Any) -> str:
    return render_template(
        template, form=form, items=list(ITEMS.values()), **{"conflict": None} | context
    )


def sections(form: IncidentForm) -> list[Section]:
    """Every answer in words, section by section; unanswered fields have an empty text."""
    told = [
        Section(anchor, title, [Line(form[name].label.text, _told(form, name)) for name in names])
        for anchor, (title, names) in SECTIONS.items()
    ]
    return [
        *told,
        Section("sources", "Sources", list(_sources(form))),
        Section("handling", "Handling of each part", list(_handling(form))),
    ]


def differences(theirs: IncidentForm, yours: IncidentForm) -> list[Difference]:
    """The answers in which two forms differ, in the order of the form."""
    left, right = _flat(theirs), _flat(yours)
    return [
        Difference(label, left.get(label, ""), right.get(label, ""))
        for label in dict.fromkeys((*left, *right))
        if left.get(label, "") != right.get(label, "")
    ]


def _flat(form: IncidentForm) -> dict[str, str]:
    return {line.label: line.text for section in sections(form) for line in section.lines}


def _told(form: IncidentForm, name: str) -> str:
    qualifier = f"{name}_qualifier"
    if qualifier in form and form[name].data is not None:
        return f"{form[qualifier].data or ''} {number(form[name].data)}".strip()
    return words(form[name])


def words(field: Field) -> str:
    """The answer to one field in the words that the form offers; plain text, or HTML for texts
    of several lines and for days.
    """
    value: Any = field.data
    if field.type == "BooleanField":
        return "Yes" if value else "No"
    if choices := getattr(field, "choices", None):
        offered = dict(choices)
        codes = value if isinstance(value, list) else [value or ""]
        return ", ".join(str(offered.get(code, code)) for code in codes)
    if field.type == "DayField":
        return day(value) if value else _raw(field)
    if field.type == "TextAreaField":
        return lines(value or "")
    return str(value) if value is not None else _raw(field)


def _raw(field: Field) -> str:
    """What was typed and could not be read."""
    return " ".join(map(str, field.raw_data or ()))


def _sources(form: IncidentForm) -> Iterator[Line]:
    rows = [row.form for row in form.sources if not row.form.blank()]
    for place, row in enumerate(rows, start=1):
        parts = [text for name in SOURCE_PARTS if (text := words(row[name]))]
        yield Line(f"Source {place}", Markup(", ").join(parts))


def _handling(form: IncidentForm) -> Iterator[Line]:
    for title, row in zip(ITEMS.values(), form.handling, strict=True):
        marks = [f"{row.form[name].label.text}: {words(row.form[name])}" for name in MARKS]
        yield Line(f"Handling: {title}", "; ".join(marks))
