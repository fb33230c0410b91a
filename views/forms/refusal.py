"""Show a refusal of the casework beside the field it is about."""

from __future__ import annotations

from wtforms import Form

from casework.errors import InvalidValue


def show_refusal(form: Form, error: InvalidValue) -> None:
    """Put the message at the field that the error names, else at the form."""
    found = form._fields.get(error.field)
    if found is None:
        form.form_errors.append(str(error))
    else:
        found.errors = [*found.errors, str(error)]
