"""A question put to the vote of a committee."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from wtforms import RadioField, SelectMultipleField, TextAreaField
from wtforms.validators import DataRequired, InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from views.forms.base import LONG, PlainForm, Text

Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Proposed:
    ground: UUID
    statement: str
    seated: tuple[str, ...]
    seating_reason: str


class MotionForm(PlainForm):
    ground = RadioField("It rests on", [InputRequired("Choose what the motion rests on.")])
    statement = TextAreaField(
        "What is put to the vote", [DataRequired("Say it in your own words."), Text(LONG)]
    )
    seated = SelectMultipleField(
        "Observers that sit with a vote",
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    seating_reason = TextAreaField("Why they sit with a vote", [Text(LONG)])

    def __init__(self, *args: Any, grounds: Choices, observers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ground.choices = list(grounds)
        self.seated.choices = list(observers)

    def answer(self) -> Proposed:
        return Proposed(
            UUID(self.ground.data),
            str(self.statement.data),
            tuple(self.seated.data or ()),
            self.seating_reason.data or "",
        )
