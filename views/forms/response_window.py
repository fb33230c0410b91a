from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wtforms import RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Optional

from views.forms.base import LONG, DayField, PlainForm, Text

Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Stepped:
    """`exhibit` is its number in the case, None where none was chosen."""

    step: str
    text: str
    closes_on: date | None
    exhibit: int | None


class ResponseWindowForm(PlainForm):
    step = RadioField("Step", [InputRequired("Choose the step.")])
    closes_on = DayField("Last day to answer", [Optional()])
    exhibit = SelectField("Exhibit that holds the answer", [Optional()])
    text = TextAreaField("Words", [Optional(), Text(LONG)])

    def __init__(self, *args: Any, steps: Choices, exhibits: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.step.choices = list(steps)
        self.exhibit.choices = [("", "None"), *exhibits]

    def answer(self) -> Stepped:
        number = self.exhibit.data
        return Stepped(
            self.step.data,
            self.text.data or "",
            self.closes_on.data,
            int(number) if number else None,
        )
