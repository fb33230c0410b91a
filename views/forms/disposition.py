"""A proposal to destroy stored files, and the second person's decision on the list shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.validators import DataRequired, InputRequired

from views.forms.base import LONG, PlainForm, Text


@dataclass(frozen=True, slots=True)
class Verdict:
    content_sha256: str
    approved: bool
    reasons: str


class DispositionForm(PlainForm):
    item = RadioField("Item of the records schedule", [InputRequired("Choose the item.")])
    reason = TextAreaField(
        "Reason", [DataRequired("Say why the files are no longer needed."), Text(LONG)]
    )

    def __init__(self, *args: Any, items: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item.choices = list(items)


class DispositionDecisionForm(PlainForm):
    content_sha256 = HiddenField()
    verdict = RadioField(
        "Decision",
        [InputRequired("Choose one.")],
        choices={"approve": "Destroy the files listed", "reject": "Keep them"},
    )
    reasons = TextAreaField("Reasons", [DataRequired("Give the reasons."), Text(LONG)])

    def answer(self) -> Verdict:
        return Verdict(
            self.content_sha256.data or "",
            self.verdict.data == "approve",
            str(self.reasons.data),
        )
