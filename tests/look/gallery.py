"""A small application that shows every layout and component in every state.

It carries invented content only, answers with the policy that the product sends, and keeps what the
browser reports against that policy in `app.config["REPORTS"]`.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import fontpkg_public_sans
from flask import Blueprint, Flask, Response, jsonify, render_template, request, send_file
from jinja2 import StrictUndefined
from markupsafe import Markup, escape

from tests.look import content
from tests.look.forms import FilterForm, IncidentForm

ROOT = Path(__file__).parents[2]
FONTS = Path(fontpkg_public_sans.__file__).parent / "files"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; object-src 'none'; report-uri /csp"
)
PAGES = (
    "form-empty",
    "form-filled",
    "form-errors",
    "list",
    "list-empty",
    "case",
    "case-long",
    "findings",
    "conflict",
    "words",
    "plain",
    "sign-in",
)

pages = Blueprint("work", __name__)
session_pages = Blueprint("session", __name__)


def day(value: date) -> Markup:
    """`24 Nov 2026` with the ISO date in `datetime`."""
    return Markup('<time datetime="{}">{}</time>').format(
        value.isoformat(), f"{value.day} {value:%b %Y}"
    )


def lines(text: str) -> Markup:
    return Markup("<br>").join(escape(text).splitlines())


def moment(value: datetime) -> Markup:
    """`24 Nov 2026, 14:05 EST` in Washington time, with the UTC time in `datetime`."""
    local = value.astimezone(ZoneInfo("America/New_York"))
    return Markup('<time datetime="{}">{}</time>').format(
        value.astimezone(UTC).isoformat(), f"{local.day} {local:%b %Y, %H:%M %Z}"
    )


@pages.get("/")
def home() -> str:
    return render_template("gallery/list.html", **content.listing(), form=FilterForm())


@pages.get("/gallery/<name>")
def show(name: str) -> tuple[str, int]:
    template, _, state = name.partition("-")
    values = {
        "form": lambda: {"form": IncidentForm.in_state(state)},
        "list": lambda: content.listing(empty=state == "empty") | {"form": FilterForm()},
        "case": lambda: content.case(long=state == "long"),
        "findings": content.case,
        "conflict": content.conflict,
    }.get(template, dict)()
    return render_template(f"gallery/{template}.html", **values), 422 if state == "errors" else 200


@pages.post("/drafts")
def save_draft() -> Response | tuple[Response, int]:
    """A draft that holds the word "refuse" is answered 409, any other is saved."""
    if "refuse" in request.form["conduct"]:
        return jsonify(title="Conflict"), 409
    return jsonify(
        saved_at="2026-11-24T19:05:00Z", version=request.form.get("draft_version", 0, type=int) + 1
    )


@pages.post("/filed")
def file_incident() -> tuple[str, int]:
    """Counts what arrives and answers without a page, so that the form stays on screen."""
    content.FILED.append(request.form["csrf_token"])
    return "", 204


@pages.get("/static/fonts/<name>")
def font(name: str) -> Response:
    return send_file(FONTS / name.replace(".ttf", "[wght].ttf"), mimetype="font/ttf")


@session_pages.post("/sign-out")
def sign_out() -> tuple[str, int]:
    return "", 204


@session_pages.post("/session/extend")
def extend() -> tuple[str, int]:
    return "", 204


@session_pages.get("/account")
def account() -> tuple[str, int]:
    return "", 204


@session_pages.get("/sign-in")
def sign_in() -> str:
    return render_template("gallery/sign.html")


def create_gallery() -> Flask:
    app = Flask(__name__, static_folder=ROOT / "static", template_folder=ROOT / "templates")
    app.jinja_loader.searchpath.append(str(Path(__file__).parent / "templates"))
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.filters |= {
        "day": day, "moment": moment, "number": "{:,}".format, "lines": lines,
    }  # fmt: skip
    app.jinja_env.globals |= {
        "asset": lambda path: f"/static/{path}",
        "csrf_token": lambda: "invented-token",
    }
    app.config["REPORTS"] = []

    @app.context_processor
    def page_state() -> dict[str, object]:
        bare = request.path.endswith(("/plain", "/sign-in"))
        return content.frame(signed_in=not bare, path=request.path)

    @app.after_request
    def add_policy(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = POLICY
        return response

    @app.post("/csp")
    def report() -> tuple[str, int]:
        app.config["REPORTS"].append(request.get_data(as_text=True))
        return "", 204

    app.register_blueprint(pages)
    app.register_blueprint(session_pages)
    app.get("/seconds/<int:seconds>")(lambda seconds: _short_session(app, seconds))
    return app


def _short_session(app: Flask, seconds: int) -> str:
    """A page of a session that ends after the given seconds."""
    config = SimpleNamespace(
        PERMANENT_SESSION_LIFETIME=SimpleNamespace(total_seconds=lambda: seconds)
    )
    return render_template("gallery/form.html", form=IncidentForm.in_state("filled"), config=config)
