"""An order to keep everything of a case, and its release."""

from __future__ import annotations

from dataclasses import dataclass

from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired

from views.forms.base import LONG, NAME, PlainForm, Text


@dataclass(frozen=True, slots=True)
class Ordered:
    authority: str
    reason: str


class LegalHoldForm(PlainForm):
    authority = StringField(
        "Ordered by", [DataRequired("Name the court and docket, or counsel's notice."), Text(NAME)]
    )
    reason = TextAreaField("Reason", [DataRequired("Say why everything is kept."), Text(LONG)])

    def answer(self) -> Ordered:
        return Ordered(str(self.authority.data), str(self.reason.data))


class HoldReleaseForm(PlainForm):
    reason = TextAreaField(
        "Reason", [DataRequired("Say why the hold is no longer needed."), Text(LONG)]
    )
