"""The list of incidents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.desk import queries as desk
from casework.incidents.queries import listing as queries
from casework.incidents.search import SORTS, Place, read_place
from views.access import current_officer, requires
from views.forms.incident_filter import IncidentFilterForm
from views.forms.saved_view import SavedViewForm
from views.incidents_blueprint import incidents
from views.transaction import db

AREA = "incidents"


@dataclass(frozen=True, slots=True)
class Tag:
    """A filter in force; `href` leads to the list without it."""

    label: str
    value: str
    href: str


@incidents.get("")
@requires(Permission.INCIDENT_READ)
def index() -> ResponseReturnValue:
    return list_page(SavedViewForm(None))


def list_page(naming: SavedViewForm) -> ResponseReturnValue:
    """The list under the filters of the address; 422 and no rows where one cannot be used."""
    form = IncidentFilterForm(request.args)
    form.offer(queries.owners(db, current_officer))
    sound = form.validate()
    wanted = form.answer() if sound else None
    page = queries.incident_page(db, current_officer, wanted, _place(form)) if wanted else None
    shown = render_template(
        "incidents/index.html",
        form=form,
        page=page,
        naming=naming,
        saving=url_for("incidents.save_view", **_given()),
        tags=_tags(form) if sound else [],
        columns=_columns(form),
        views=desk.saved_views(db, current_officer, AREA),
        drafts=desk.drafts(db, current_officer, "incident"),
        before=_address(form, before=page.before) if page and page.before else "",
        after=_address(form, after=page.after) if page and page.after else "",
    )
    return shown, 200 if sound and not naming.errors else 422


def query_in_force() -> str:
    """The filters and the order of this address, without the place in the list; empty when it
    holds a filter that cannot be used.
    """
    form = IncidentFilterForm(request.args)
    form.offer(queries.owners(db, current_officer))
    return urlsplit(_address(form)).query if form.validate() else ""


def _given() -> dict[str, Any]:
    return request.args.to_dict()


def _place(form: IncidentFilterForm) -> Place | None:
    sort, _ = form.order()
    if token := request.args.get("after"):
        return read_place(token, sort)
    if token := request.args.get("before"):
        return read_place(token, sort, backward=True)
    return None


def _address(form: IncidentFilterForm, *, but: str = "", **changes: Any) -> str:
    """The list under the filters in force without the one named `but`."""
    kept = {name: value for name, value in form.in_force().items() if name != but}
    sort, descending = form.order()
    places: dict[str, Any] = {
        name: place.token() for name, place in changes.items() if isinstance(place, Place)
    }
    wanted = changes.get("sort") or ("-" if descending else "") + sort
    return url_for(
        "incidents.index", **kept | places, sort=None if wanted == "-submitted" else wanted
    )


def _tags(form: IncidentFilterForm) -> list[Tag]:
    return [
        Tag(form[name].label.text, _word(form, name, value), _address(form, but=name))
        for name, value in form.in_force().items()
    ]


def _word(form: IncidentFilterForm, name: str, value: str) -> str:
    return str(dict(getattr(form[name], "choices", None) or {}).get(value, value))


def _columns(form: IncidentFilterForm) -> list[dict[str, Any]]:
    sort, descending = form.order()
    heads: list[dict[str, Any]] = [{"label": "Reference"}]
    for name in ("title", "alleged", "window", "submitted"):
        # Days are read from the latest down, titles from A on; a second click turns round.
        turned = not descending if name == sort else name != "title"
        head = {"label": SORTS[name], "href": _address(form, sort=("-" if turned else "") + name)}
        if name == sort:
            head["sorted"] = "descending" if descending else "ascending"
        heads.append(head)
    return [*heads[:2], {"label": "Claim"}, *heads[2:], {"label": "State"}]
