"""Declare on each view who may call it; refuse any view that declares nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from uuid import UUID

from flask import Flask, abort, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.local import LocalProxy

from casework.access import Permission, permits
from casework.evidence.queries import exhibits as evidence
from casework.handling.queries import readers as handling
from casework.incidents.queries import incidents
from casework.packets.queries import packets
from casework.people import queries as people
from casework.reports.queries import editions
from casework.screening.queries import entities as screening
from casework.workflow.queries import cases as workflow
from models import Officer
from views.refusals import note_refusal
from views.transaction import READING_METHODS, db

View = Callable[..., Any]


def officer_or_none() -> Officer | None:
    """The signed-in officer; a disabled one is nobody from the next request on (AN-10)."""
    if "officer" not in g:
        officer_id = session.get("officer_id")
        g.officer = people.find_officer(db, UUID(officer_id)) if officer_id else None
        if g.officer is not None:
            handling.reads_as(db, g.officer)
    return cast("Officer | None", g.officer)


def _current() -> Officer:
    return officer_or_none() or abort(401)


current_officer = cast(Officer, LocalProxy(_current))


def _case(found: dict[str, Any], url: dict[str, Any]) -> None:
    if "case_ref" in url:
        case = workflow.visible_case(db, _current(), url.pop("case_ref"))
        found["case"] = case
        if case:  # so that the words of the page are those of its text
            g.text_version = case.text_version


def _incident(found: dict[str, Any], url: dict[str, Any]) -> None:
    if "incident_ref" in url:
        found["incident"] = incidents.visible_incident(db, _current(), url.pop("incident_ref"))


def _entity(found: dict[str, Any], url: dict[str, Any]) -> None:
    if "entity_id" in url:
        found["entity"] = screening.visible_entity(db, _current(), url.pop("entity_id"))


def _exhibit(found: dict[str, Any], url: dict[str, Any]) -> None:
    if "exhibit_number" in url and found.get("case"):
        found["exhibit"] = evidence.find_exhibit(db, found["case"], url.pop("exhibit_number"))


def _packet(found: dict[str, Any], url: dict[str, Any]) -> None:
    if "packet_number" in url and found.get("case"):
        found["packet"] = packets.find_packet(db, found["case"], url.pop("packet_number"))


def _report(found: dict[str, Any], url: dict[str, Any]) -> None:
    if "report_id" in url:
        found["report"] = editions.find_visible(db, _current(), url.pop("report_id"))


LOADERS = (_case, _incident, _entity, _exhibit, _packet, _report)


def requires(permission: Permission) -> Callable[[View], View]:
    """Let in only officers holding the permission; hand the view its objects, not their ids.

    What does not exist and what the officer may not see are both 404, told alike (AZ-2).
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(**url: Any) -> Any:
            officer = officer_or_none()
            if officer is None:
                return to_sign_in()
            found: dict[str, Any] = {}
            for load in LOADERS:
                load(found, url)
            if any(value is None for value in found.values()):
                note_refusal(officer, "not_visible")
                abort(404)
            subject = next(iter(found.values()), None)
            if not permits(officer, permission, subject):
                note_refusal(officer, str(permission))
                abort(403)
            return view(**found, **url)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def public(view: View) -> View:
    """No sign-in is needed; the view itself must show nothing that is not for everybody."""
    view.permission = None  # type: ignore[attr-defined]
    return view


def to_sign_in() -> ResponseReturnValue:
    """Lead through sign-in and back. What was typed is kept by `views.drafts` before this."""
    if request.method in READING_METHODS:
        return redirect(url_for("session.sign_in", next=request.full_path.rstrip("?")), 303)
    return redirect(url_for("session.sign_in", next=g.get("resume", "")), 303)


def deny_undeclared_views(app: Flask) -> None:
    """Refuse at start-up: a view without a declaration never serves a request (AZ-1)."""
    undeclared = [
        endpoint
        for endpoint, view in app.view_functions.items()
        if endpoint != "static" and not hasattr(view, "permission")
    ]
    if undeclared:
        raise RuntimeError(f"views without @requires or @public: {', '.join(sorted(undeclared))}")
