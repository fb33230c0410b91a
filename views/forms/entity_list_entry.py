"""One version of an entry of the Entity List, for one country."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from wtforms import HiddenField, RadioField, StringField
from wtforms.validators import DataRequired, InputRequired, ValidationError

from casework.decisions.entries import REMOVED
from casework.statute.measure_rows import COUNTRIES, MeasureField
from views.forms.base import SHORT, DayField, PlainForm, Text
from views.forms.particulars import particular_fields, particulars_typed


@dataclass(frozen=True, slots=True)
class Version:
    change: str
    fields: dict[str, str]
    federal_register: str
    effective_on: date
    expected_version: int


class EntryForm(PlainForm):
    expected_version = HiddenField(default="0")
    change = RadioField("What is recorded", [InputRequired("Choose one.")])
    federal_register = StringField(
        "Federal Register citation", [DataRequired("Write it as 91 FR 12345."), Text(SHORT)]
    )
    effective_on = DayField("Effective day", [DataRequired("Give the day as YYYY-MM-DD.")])

    def offer(self, changes: Sequence[tuple[str, str]]) -> None:
        self.change.choices = list(changes)

    def spares(self) -> bool:
        """A removal keeps the words on record."""
        return bool(self.change.data == REMOVED)

    def validate_expected_version(self, field: HiddenField) -> None:
        if not re.fullmatch("[0-9]{1,6}", field.data or ""):
            raise ValidationError("Open the form again: its hidden part is damaged.")

    def answer(self) -> Version:
        return Version(
            self.change.data,
            particulars_typed(self),
            str(self.federal_register.data),
            cast(date, self.effective_on.data),  # required, so a valid form has it
            int(self.expected_version.data or 0),
        )


def entry_form(fields: Iterable[MeasureField]) -> type[EntryForm]:
    """A form with the fields of the measure; its countries are entries of their own."""
    own = [row for row in fields if row.kind != COUNTRIES]
    return type("FieldsForm", (EntryForm,), particular_fields(own))
