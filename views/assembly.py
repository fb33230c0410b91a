"""What every template may ask for: filters, words of vocabularies, navigation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pycountry
from flask import Flask, current_app, g, has_request_context, request, url_for
from markupsafe import Markup, escape

from casework.access import Permission, permits
from casework.handling.queries.readers import mark_of
from casework.legislation import queries as legislation
from casework.statute.loader import default_text, load_pack
from models import Case, Officer
from views.access import officer_or_none
from views.clock import WASHINGTON
from views.once import submission_key
from views.transaction import db

MARK_UNITS = ("bytes", "kB", "MB", "GB")


@dataclass(frozen=True, slots=True)
class Place:
    label: str
    href: str
    current: bool


PLACES = (
    ("My work", "work.home", Permission.DESK),
    ("Incidents", "incidents.index", Permission.INCIDENT_READ),
    ("Cases", "cases.index", Permission.CASE_LIST),
    ("Calendar", "calendar.index", Permission.CALENDAR_READ),
    ("Entities", "entities.index", Permission.ENTITY_READ),
    ("Screening", "screening.index", Permission.ENTITY_READ),
    ("Evidence", "evidence.index", Permission.EVIDENCE_READ),
    ("Packets", "packets.index", Permission.PACKET_READ),
    ("Statute", "statute.index", Permission.STATUTE_READ),
    ("Reports", "reports.index", Permission.STATUTE_READ),
    ("Audit", "audit.index", Permission.AUDIT_READ),
    ("People", "people.index", Permission.PEOPLE_MANAGE),
)


def day(value: date | None) -> Markup | str:
    """A date as `24 Nov 2026`, with the machine form."""
    if value is None:
        return ""
    shown = f"{value.day} {value:%b %Y}"
    return Markup('<time datetime="{}">{}</time>').format(value.isoformat(), shown)


def moment(value: datetime | None) -> Markup | str:
    """A time in Washington as `24 Nov 2026, 14:05 EST`, with the machine form."""
    if value is None:
        return ""
    local = value.astimezone(WASHINGTON)
    shown = f"{local.day} {local:%b %Y, %H:%M %Z}"
    return Markup('<time datetime="{}">{}</time>').format(local.isoformat("T", "seconds"), shown)


def number(value: int | None) -> str:
    return "" if value is None else f"{value:,}"


def filesize(value: int | None) -> str:
    if value is None:
        return ""
    size, unit = float(value), 0
    while size >= 1000 and unit < len(MARK_UNITS) - 1:
        size, unit = size / 1000, unit + 1
    return f"{size:,.0f} {MARK_UNITS[unit]}" if unit == 0 else f"{size:,.1f} {MARK_UNITS[unit]}"


def country(code: str) -> str:
    found = pycountry.countries.get(alpha_2=code) if code else None
    return getattr(found, "common_name", None) or found.name if found else code


def lines(text: str) -> Markup:
    """Plain text with its line breaks; everything in it is escaped."""
    return Markup("<br>").join(escape(text).splitlines())


def text_at_hand() -> str:
    """The text of the case that the request is about, else the one of new cases."""
    return str(g.get("text_version") or default_text()) if has_request_context() else default_text()


def stage_title(case: Case) -> str:
    """What the stage of a case is called in the text that it runs under."""
    return load_pack(case.text_version).stages[case.stage].title


def label(vocabulary: str, code: str) -> str:
    """The word for a code in the text at hand; an unknown code is shown as it is."""
    return words_of(vocabulary).get(code, code)


def words_of(vocabulary: str) -> Mapping[str, str]:
    pack = load_pack(text_at_hand())
    if vocabulary == "atlas":
        return {row.id: f"{row.id} {row.name}" for row in pack.techniques.values()}
    if vocabulary == "agency":
        return {row.id: row.label for row in pack.agencies.values()}
    found = pack.vocabularies.get(vocabulary)
    return {term.code: term.label for term in found.terms} if found else {}


def choices(vocabulary: str, *, empty: str | None = None) -> list[tuple[str, str]]:
    """Pairs of code and word for a form field."""
    first = [("", empty)] if empty is not None else []
    return first + list(words_of(vocabulary).items())


def _navigation(officer: Officer | None) -> list[Place]:
    if officer is None:
        return []
    here = (request.endpoint or "").split(".")[0]
    return [
        Place(name, url_for(endpoint), here == endpoint.split(".")[0])
        for name, endpoint, permission in PLACES
        if endpoint in current_app.view_functions and permits(officer, permission)
    ]


def _planning() -> bool:
    if "planning" not in g:
        enacted = current_app.extensions["settings"].enacted
        g.planning = legislation.dates_of(db, text_at_hand(), enacted).planning
    return bool(g.planning)


def furnish(app: Flask) -> None:
    for filter_ in (day, moment, number, filesize, country, lines):
        app.jinja_env.filters[filter_.__name__] = filter_
    app.jinja_env.globals.update(
        label=label, mark_of=mark_of, stage_title=stage_title, submission_key=submission_key
    )

    @app.context_processor
    def context() -> dict[str, Any]:
        broken = g.get("page_without_database", False)
        officer = None if broken else officer_or_none()

        def may(permission: str, subject: object = None) -> bool:
            return officer is not None and permits(officer, Permission(permission), subject)

        return {
            "officer": officer,
            "permits": may,
            "navigation": _navigation(officer),
            "handling": "",
            "training": False,
            "planning": officer is not None and _planning(),
        }
