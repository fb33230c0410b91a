"""Carrying a case over to another text: a choice and a reason for each difference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wtforms import HiddenField, RadioField, SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired

from casework.statute.crossing import Choice, Question
from views.forms.base import LONG, SHORT, PlainForm, Text

CHOICE, WHY = "choice-", "why-"


@dataclass(frozen=True, slots=True)
class Sent:
    """`choices` by the key of their question; `stage` is empty where none was asked for."""

    reason: str
    stage: str
    choices: dict[str, Choice]


class CarryOverForm(PlainForm):
    version = HiddenField()
    reason = TextAreaField(
        "Reason for the carry-over",
        [DataRequired("Say why the case goes over to this text."), Text(LONG)],
    )

    def answer(self) -> Sent:
        keys = [f.name.removeprefix(CHOICE) for f in self if f.name.startswith(CHOICE)]
        return Sent(
            reason=str(self.reason.data),
            stage=str(self["stage"].data or "") if "stage" in self else "",
            choices={
                key: Choice(str(self[f"{CHOICE}{key}"].data), str(self[f"{WHY}{key}"].data))
                for key in keys
            },
        )

    def blame(self, key: str, message: str) -> bool:
        """Put a refusal beside the question it is about; False where there is none such."""
        if f"{CHOICE}{key}" not in self:
            return False
        field = self[f"{CHOICE}{key}"]
        field.errors = [*field.errors, message]
        return True


def carry_over_form(
    questions: Sequence[Question], stages: Sequence[tuple[str, str]]
) -> type[CarryOverForm]:
    """The form for one case and one text; nothing in it is chosen beforehand."""
    fields: dict[str, Any] = {}
    if stages:
        fields["stage"] = SelectField(
            "Stage at which the case goes on",
            [InputRequired("Choose the stage at which the case goes on.")],
            choices={"": "Choose", **dict(stages)},
        )
    for question in questions:
        name = question.difference.name
        fields[f"{CHOICE}{question.key}"] = RadioField(
            "What becomes of it",
            [InputRequired(f"Decide on {name}: nothing carries over by itself.")],
            choices=dict(question.choices),
        )
        fields[f"{WHY}{question.key}"] = TextAreaField(
            "Reason", [DataRequired(f"Give the reason for {name}."), Text(SHORT)]
        )
    return type("CrossingForm", (CarryOverForm,), fields)
