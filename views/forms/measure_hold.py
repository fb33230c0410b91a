"""A measure put off, and the end of that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from wtforms import SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired

from views.forms.base import LONG, NAME, DayField, PlainForm, Text

WHOLE = "case"
Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Placed:
    """`subject` is the id of an examined entity, WHOLE for the whole case."""

    measure: str
    subject: str
    authority: str
    reason: str
    review_on: date


class MeasureHoldForm(PlainForm):
    measure = SelectField("Measure", [InputRequired("Choose a measure.")])
    subject = SelectField("About", default=WHOLE)
    authority = TextAreaField(
        "Authority", [DataRequired("Say who orders the hold, and by what authority."), Text(NAME)]
    )
    reason = TextAreaField("Reason", [DataRequired("Give the reason."), Text(LONG)])
    review_on = DayField("Looked at again on", [DataRequired("Give the day as YYYY-MM-DD.")])

    def __init__(self, *args: Any, measures: Choices, subjects: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measure.choices = [("", "Choose"), *measures]
        self.subject.choices = [(WHOLE, "The case as a whole"), *subjects]

    def answer(self) -> Placed:
        return Placed(
            self.measure.data,
            self.subject.data,
            str(self.authority.data),
            str(self.reason.data),
            cast(date, self.review_on.data),  # required, so a valid form has it
        )


class LiftForm(PlainForm):
    reason = TextAreaField("Why it is lifted", [DataRequired("Say why it is lifted."), Text(LONG)])
