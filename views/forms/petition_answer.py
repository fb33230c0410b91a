"""The written answer to a petition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wtforms import RadioField, TextAreaField
from wtforms.validators import DataRequired, InputRequired

from views.forms.base import LONG, PlainForm, Text


@dataclass(frozen=True, slots=True)
class Answered:
    outcome: str
    reasons: str


class PetitionAnswerForm(PlainForm):
    outcome = RadioField("Answer", [InputRequired("Choose one.")])
    reasons = TextAreaField(
        "Reasons", [DataRequired("Answer each point of the petition."), Text(LONG)]
    )

    def __init__(self, *args: Any, outcomes: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.outcome.choices = list(outcomes)

    def answer(self) -> Answered:
        return Answered(str(self.outcome.data), str(self.reasons.data))
