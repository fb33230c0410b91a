"""What a second reader says about an answer."""

from __future__ import annotations

from dataclasses import dataclass

from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.validators import InputRequired, ValidationError

from views.forms.base import LONG, PlainForm, Text

AGREES, DISSENTS = "agrees", "dissents"


@dataclass(frozen=True, slots=True)
class Review:
    revision: int
    agrees: bool
    dissent: str


class FindingReviewForm(PlainForm):
    revision = HiddenField()
    verdict = RadioField(
        "Your reading",
        [InputRequired("Say whether you agree.")],
        choices={AGREES: "I agree with the answer and its reasons", DISSENTS: "I dissent"},
    )
    dissent = TextAreaField("Reasons of the dissent", [Text(LONG)])

    def validate_dissent(self, field: TextAreaField) -> None:
        if self.verdict.data == DISSENTS and not field.data:
            raise ValidationError("Say why you do not agree.")

    def answer(self) -> Review:
        text = self.revision.data or ""
        revision = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
        return Review(revision, self.verdict.data == AGREES, self.dissent.data or "")
