from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.statute.loader import packs
from casework.statute.stage_titles import stage_choices
from casework.workflow.queries import cases as queries
from views.access import current_officer, requires
from views.cases_blueprint import cases
from views.forms.case_filter import CaseFilterForm, Chosen
from views.transaction import db

TRAINING = {"no": "Real cases", "yes": "Training"}
COLUMNS = (("reference", "Reference"), ("title", "Case"), ("opened", "Opened"))


@dataclass(frozen=True, slots=True)
class Tag:
    """A filter in force; `href` is the address without it."""

    label: str
    value: str
    href: str


@cases.get("")
@requires(Permission.CASE_LIST)
def index() -> ResponseReturnValue:
    leads = [(str(key), name) for key, name in queries.leads(db, current_officer)]
    form = CaseFilterForm(request.args, stages=list(_stages().items()), leads=leads)
    chosen = form.answer()
    sort, descending = _sort()
    page = queries.cases(
        db,
        current_officer,
        queries.Filter(**asdict(chosen)),
        sort=sort,
        descending=descending,
        after=request.args.get("after", ""),
    )
    return render_template(
        "cases/index.html",
        page=page,
        form=form,
        tags=_tags(form, chosen, leads),
        columns=_columns(sort, descending=descending),
        next_href=_address(after=page.after) if page.after else "",
        first_href=_address(after=None) if request.args.get("after") else "",
    )


def _stages() -> dict[str, str]:
    return stage_choices(packs())


def _sort() -> tuple[str, bool]:
    """Column and direction of the address; the newest case first unless it says otherwise."""
    word = request.args.get("sort", "-opened")
    column = word.removeprefix("-")
    return (column, word.startswith("-")) if column in queries.SORTS else ("opened", True)


def _address(**changes: str | None) -> str:
    """The list under another filter, order or place; None takes a part away."""
    kept: dict[str, Any] = {**request.args.to_dict(), **changes}
    return url_for("cases.index", **{name: value for name, value in kept.items() if value})


def _columns(sort: str, *, descending: bool) -> list[dict[str, str]]:
    columns = []
    for name, word in COLUMNS:
        flip = name == sort and not descending
        column = {"label": word, "href": _address(sort=f"-{name}" if flip else name, after=None)}
        if name == sort:
            column["sorted"] = "descending" if descending else "ascending"
        columns.append(column)
    return [*columns[:2], {"label": "Stage"}, {"label": "Lead"}, *columns[2:]]


def _tags(form: CaseFilterForm, chosen: Chosen, leads: list[tuple[str, str]]) -> list[Tag]:
    words = {
        "q": chosen.q,
        "stage": _stages().get(chosen.stage, ""),
        "lead": dict(leads).get(str(chosen.lead), ""),
        "training": TRAINING.get(chosen.training, ""),
        "mine": "yes" if chosen.mine else "",
    }
    return [
        Tag(form[name].label.text, word, _address(**{name: None, "after": None}))
        for name, word in words.items()
        if word
    ]
