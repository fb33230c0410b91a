"""The decision on a recommendation, bound to the words that were shown."""

from __future__ import annotations

from dataclasses import dataclass

from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.validators import DataRequired, InputRequired

from views.forms.base import LONG, PlainForm, Text


@dataclass(frozen=True, slots=True)
class Verdict:
    content_sha256: str
    approved: bool
    reasons: str


class RecommendationDecisionForm(PlainForm):
    content_sha256 = HiddenField()
    verdict = RadioField(
        "Decision",
        [InputRequired("Choose one.")],
        choices={"approve": "I approve it", "reject": "I reject it"},
    )
    reasons = TextAreaField("Reasons", [DataRequired("Give the reasons."), Text(LONG)])

    def answer(self) -> Verdict:
        return Verdict(
            self.content_sha256.data or "",
            self.verdict.data == "approve",
            str(self.reasons.data),
        )
