"""What a signing official decides about a measure, bound to the words that were shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.validators import DataRequired, InputRequired

from views.forms.base import LONG, PlainForm, Text


@dataclass(frozen=True, slots=True)
class Decided:
    kind: str
    reasons: str
    content_sha256: str


class MeasureDecisionForm(PlainForm):
    content_sha256 = HiddenField()
    kind = RadioField("Decision", [InputRequired("Choose one.")])
    reasons = TextAreaField("Reasons", [DataRequired("Give the reasons."), Text(LONG)])

    def offer(self, kinds: Sequence[tuple[str, str]]) -> None:
        self.kind.choices = list(kinds)

    def answer(self) -> Decided:
        return Decided(self.kind.data, str(self.reasons.data), self.content_sha256.data or "")
