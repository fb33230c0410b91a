from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from wtforms import RadioField, TextAreaField
from wtforms.validators import DataRequired, InputRequired

from views.forms.base import LONG, DayField, PlainForm, Text


@dataclass(frozen=True, slots=True)
class Recorded:
    """`happened_on` is a local day in Washington."""

    outcome: str
    happened_on: date
    note: str


class StageRecordForm(PlainForm):
    outcome = RadioField("Outcome", [InputRequired("Choose one.")])
    happened_on = DayField("Day", [DataRequired("Give the day as YYYY-MM-DD.")])
    note = TextAreaField("Note", [DataRequired("Say what the record rests on."), Text(LONG)])

    def __init__(
        self, *args: Any, question: str, outcomes: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.outcome.label.text = question
        self.outcome.choices = list(outcomes)

    def answer(self) -> Recorded:
        happened_on = cast(date, self.happened_on.data)  # required, so a valid form has it
        return Recorded(self.outcome.data, happened_on, self.note.data or "")
