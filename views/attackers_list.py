"""The public AI Model Extraction Attackers List: page, entries, JSON, CSV. No sign-in."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    g,
    make_response,
    render_template,
    request,
)

from casework.listing import feed
from casework.listing.gates import list_stages
from casework.listing.queries.public import PublicList, public_list
from casework.statute.loader import default_text, load_pack
from views.access import public
from views.casebar import enacted_setting
from views.clock import WASHINGTON, now, today
from views.transaction import db

attackers_list = Blueprint("attackers_list", __name__)

KEPT_FOR = 60  # seconds for which anybody may keep an answer


@attackers_list.get("/attackers-list")
@public
def index() -> Response:
    found = _found()
    page = _page("public/list.html", found=found, notice=_notice(found))
    return _answer(page, "text/html", found)


@attackers_list.get("/attackers-list/<uuid:entry_id>")
@public
def entry(entry_id: UUID) -> Response:
    found = _found()
    real = found.real.find(entry_id)
    row = real or found.training.find(entry_id) or abort(404)
    page = _page("public/entry.html", entry=row, training=real is None, notice=_notice(found))
    return _answer(page, "text/html", found)


@attackers_list.get("/attackers-list.json")
@public
def as_json() -> Response:
    found = _found()
    told = feed.as_json(
        found.real,
        found.training,
        planning=found.planning,
        notice=_notice(found),
        authority=_authority(),
    )
    state = json.dumps(told, sort_keys=True)
    body = json.dumps({**told, "generated_at": _made_at()}, ensure_ascii=False, indent=2)
    return _answer(f"{body}\n", "application/json", found, state=state)


@attackers_list.get("/attackers-list.csv")
@public
def as_csv() -> Response:
    found = _found()
    body = feed.as_csv(found.real, found.training, generated_at=_made_at())
    state = feed.as_csv(found.real, found.training, generated_at="")
    answer = _answer(body, "text/csv", found, state=state)
    answer.headers["Content-Disposition"] = "attachment; filename=attackers-list.csv"
    return answer


def _found() -> PublicList:
    settings = current_app.extensions["settings"]
    return public_list(
        db,
        text_version=default_text(),
        default_enacted=enacted_setting(),
        with_training=not settings.production,
        on=today(),
    )


def _page(template: str, **context: object) -> str:
    """Nobody's name and no message of a session is on a page that everybody may keep."""
    g.page_without_database = True
    return render_template(template, list_name=feed.LIST_NAME, authority=_authority(), **context)


def _notice(found: PublicList) -> str:
    if not found.planning:
        return ""
    number = load_pack(default_text()).act.number
    return (
        f"The bill is not law: {number} is not in force. The list has no entries and no legal"
        " effect."
    )


def _authority() -> str:
    pack = load_pack(default_text())
    stages = list_stages(pack)
    return f"{stages[0].citation} of {pack.act.number}" if stages else pack.act.number


def _made_at() -> str:
    return now().astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _answer(body: str, kind: str, found: PublicList, *, state: str = "") -> Response:
    """The body with what a reader needs to ask again cheaply. `state` is the body less the time
    at which it was made.
    """
    response = make_response(body)
    response.headers["Content-Type"] = f"{kind}; charset=utf-8"
    response.set_etag(hashlib.sha256((state or body).encode()).hexdigest(), weak=True)
    if found.changed_at is not None:
        response.last_modified = found.changed_at
    g.kept_for = min(KEPT_FOR, _seconds_left_today())
    response.make_conditional(request)
    return response


def _seconds_left_today() -> int:
    """An entry that drops at midnight in Washington is in nobody's cache a minute later."""
    tomorrow = datetime.combine(today() + timedelta(days=1), time(), WASHINGTON)
    return int((tomorrow - now()).total_seconds())
