"""Take a matter up the dispute ladder, and record what a level decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.validators import DataRequired, InputRequired

from views.forms.base import LONG, DayField, PlainForm, Text


@dataclass(frozen=True, slots=True)
class Asked:
    """`matter` is the id of a motion in text form, empty for coordination."""

    matter: str
    level: str
    reason: str


class EscalationForm(PlainForm):
    matter = HiddenField(default="")
    level = HiddenField(default="")
    reason = TextAreaField("Reason", [DataRequired("Say why the next level is asked."), Text(LONG)])

    def show(self, matter: str, level: str, place: int) -> None:
        """Bind the form to what the page shows, as the form number `place` on it."""
        self.matter.data, self.level.data = matter, level
        for field in (self.matter, self.level, self.reason):
            field.id = field.label.field_id = f"{field.name}-{place}"

    def answer(self) -> Asked:
        return Asked(self.matter.data or "", self.level.data or "", str(self.reason.data))


@dataclass(frozen=True, slots=True)
class Settled:
    outcome: str
    happened_on: date
    reasons: str


class EscalationOutcomeForm(PlainForm):
    outcome = RadioField("Outcome", [InputRequired("Choose one.")])
    happened_on = DayField("Day it was decided", [DataRequired("Give the day as YYYY-MM-DD.")])
    reasons = TextAreaField("Reasons", [DataRequired("Give the reasons."), Text(LONG)])

    def __init__(self, *args: Any, outcomes: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.outcome.choices = list(outcomes)

    def answer(self) -> Settled:
        happened_on = cast(date, self.happened_on.data)  # required, so a valid form has it
        return Settled(str(self.outcome.data), happened_on, str(self.reasons.data))
