from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

from wtforms import TextAreaField
from wtforms.validators import DataRequired

from views.forms.base import LONG, DayField, PlainForm, Text


@dataclass(frozen=True, slots=True)
class Later:
    """`until` is a local day in Washington."""

    until: date
    reason: str


class PostponementForm(PlainForm):
    until = DayField("Vote by", [DataRequired("Give the day as YYYY-MM-DD.")])
    reason = TextAreaField("Reason", [DataRequired("Say why."), Text(LONG)])

    def answer(self) -> Later:
        until = cast(date, self.until.data)  # required, so a valid form has it
        return Later(until, str(self.reason.data))
