"""The one blueprint to which all pages of a case belong."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Blueprint, abort, redirect, url_for
from werkzeug.wrappers import Response

from casework.errors import InvalidValue
from models import Case, Officer
from views.forms.base import PlainForm

cases = Blueprint("cases", __name__, url_prefix="/cases")


def back_to(case: Case, page: str = "show") -> Response:
    """Redirect to a page of the case after something was done."""
    return redirect(url_for(f"cases.{page}", case_ref=case.reference), 303)


def named(officers: Iterable[Officer]) -> list[tuple[str, str]]:
    """Pairs of id and name with roles, for a field that chooses an officer."""
    return [(str(each.id), f"{each.name} ({_roles(each)})") for each in officers]


def _roles(officer: Officer) -> str:
    return ", ".join(sorted(role.replace("_", " ") for role in officer.roles))


def version_of(sent: str | None) -> int:
    """The version that a form was opened with; a form without one was not ours."""
    if not sent or not sent.isdecimal() or len(sent) > 9:
        abort(400, "The form came without its version. Open it again.")
    return int(sent)


def refuse(form: PlainForm, error: InvalidValue) -> None:
    """Put the refusal of an action beside the field it names, else above the form."""
    target = getattr(form, error.field, None) if error.field else None
    if target is None:
        form.form_errors = [*form.form_errors, str(error)]
    else:
        target.errors = [*target.errors, str(error)]
