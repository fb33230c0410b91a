"""Recording a date that clocks run from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from wtforms import HiddenField, SelectField, TextAreaField
from wtforms.validators import DataRequired, Optional

from casework.statute.time_rows import Event
from views.forms.base import LONG, DayField, PlainForm, Text


@dataclass(frozen=True, slots=True)
class ActDate:
    """`happened_on` None withdraws the date: without enactment that is planning mode."""

    kind: str
    happened_on: date | None
    note: str


class ActEventForm(PlainForm):
    kind = SelectField("Event")
    happened_on = DayField("Date in Washington", [Optional()])
    note = TextAreaField(
        "Authority for the date", [DataRequired("Say where the date comes from."), Text(LONG)]
    )
    submission_key = HiddenField()

    def offer(self, events: Iterable[Event]) -> None:
        self.kind.choices = [(event.id, event.title) for event in events if not event.of_case]

    def answer(self) -> ActDate:
        return ActDate(str(self.kind.data), self.happened_on.data, str(self.note.data))
