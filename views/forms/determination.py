"""What the signing official determines about one subject."""

from __future__ import annotations

from dataclasses import dataclass

from wtforms import RadioField, TextAreaField
from wtforms.validators import DataRequired, InputRequired

from views.forms.base import LONG, PlainForm, Text


@dataclass(frozen=True, slots=True)
class Draft:
    kind: str
    reasons: str


class DeterminationForm(PlainForm):
    kind = RadioField("Determination", [InputRequired("Choose one.")])
    reasons = TextAreaField("Reasons", [DataRequired("Give the reasons."), Text(LONG)])

    def offer(self, kinds: list[tuple[str, str]]) -> None:
        self.kind.choices = kinds

    def answer(self) -> Draft:
        return Draft(str(self.kind.data), str(self.reasons.data))
