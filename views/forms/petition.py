"""A petition as it came in: who asks what, against which measure, on what paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wtforms import FileField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError

from views.forms.base import LONG, NAME, DayField, PlainForm, Text, refuse_hidden
from views.forms.exhibit import FILE_NAME

Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Petitioned:
    """`target` is a measure and the id of its subject, joined by a colon; `exhibit` a number in
    the case, None where none was chosen.
    """

    target: str
    asks: str
    petitioner: str
    received_on: date
    text: str
    exhibit: int | None


class MayBeNamed:
    """A file need not be sent; if one is, people must be able to read its name."""

    def __call__(self, form: Any, field: Any) -> None:
        name = getattr(field.data, "filename", "") or ""
        refuse_hidden(name)
        if len(name) > FILE_NAME:
            raise ValidationError(f"Shorten the file's name to {FILE_NAME} characters.")
        if name and form.exhibit.data:
            raise ValidationError("Send a file or choose an exhibit, not both.")


class PetitionForm(PlainForm):
    target = RadioField("Against", [InputRequired("Choose what the petition is against.")])
    asks = RadioField("It asks to", [InputRequired("Choose what it asks.")])
    petitioner = StringField(
        "Petitioner", [DataRequired("Say who petitions, and for whom."), Text(NAME)]
    )
    received_on = DayField("Received on", [InputRequired("Enter the day it came in.")])
    text = TextAreaField(
        "What it says", [DataRequired("Set out what the petition says."), Text(LONG)]
    )
    exhibit = SelectField("Exhibit that holds the paper", [Optional()])
    file = FileField("The paper itself", [MayBeNamed()])

    def __init__(
        self, *args: Any, targets: Choices, asks: Choices, exhibits: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.target.choices, self.asks.choices = list(targets), list(asks)
        self.exhibit.choices = [("", "None"), *exhibits]

    @property
    def brings_file(self) -> bool:
        return bool(getattr(self.file.data, "filename", ""))

    def answer(self) -> Petitioned:
        number = self.exhibit.data
        assert self.received_on.data is not None  # noqa: S101 (validated)
        return Petitioned(
            target=str(self.target.data),
            asks=str(self.asks.data),
            petitioner=str(self.petitioner.data),
            received_on=self.received_on.data,
            text=str(self.text.data),
            exhibit=int(number) if number else None,
        )
