"""The fields that a pack asks to be written out about a measure, as fields of a form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wtforms import Field, RadioField, StringField, TextAreaField
from wtforms.validators import ValidationError
from wtforms.widgets import DateInput

from casework.decisions.particulars import read_value
from casework.errors import InvalidValue
from casework.statute import measure_rows as rows
from casework.statute.measure_rows import MeasureField
from views.forms.base import LONG, SHORT, Text

FIELD = "field_"


class Particular:
    """Read the text as the pack asks. A required one may stay empty only while `form.spares()`."""

    def __init__(self, row: MeasureField) -> None:
        self.row = row
        self.field_flags = {"required": True} if row.required else {}

    def __call__(self, form: Any, field: Field) -> None:
        try:
            value = read_value(self.row, field.data or "")
        except InvalidValue as error:
            raise ValidationError(str(error)) from None
        if not value and self.row.required and not form.spares():
            raise ValidationError(f"Fill in: {self.row.label}.")


def particular_fields(fields: Iterable[MeasureField]) -> dict[str, Any]:
    return {f"{FIELD}{row.id}": _field(row) for row in fields}


def _field(row: MeasureField) -> Any:
    checks = [Particular(row)]
    if row.kind == rows.CHOICE:
        options = {each.code: each.label for each in row.options}
        return RadioField(row.label, checks, choices=options, validate_choice=False, default="")
    if row.kind == rows.DAY:
        return StringField(row.label, [*checks, Text(SHORT)], widget=DateInput())
    if row.kind == rows.PERCENT:
        return StringField(row.label, [*checks, Text(SHORT)])
    return TextAreaField(row.label, [*checks, Text(LONG)])


def particulars_typed(form: Iterable[Field]) -> dict[str, str]:
    """Id to text as typed; empty ones are left out."""
    return {
        field.name.removeprefix(FIELD): field.data
        for field in form
        if field.name.startswith(FIELD) and field.data
    }


def beside(form: Any, error: InvalidValue) -> InvalidValue:
    """The same refusal under the name that the form gives the field."""
    name = f"{FIELD}{error.field}"
    return InvalidValue(str(error), name) if name in form else error
