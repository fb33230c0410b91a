"""The statement on purpose: one text for each factor of the law, no scores."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wtforms import HiddenField, TextAreaField
from wtforms.validators import DataRequired

from casework.statute.pack import Element
from views.forms.base import LONG, PlainForm, Text

PREFIX = "factor_"


@dataclass(frozen=True, slots=True)
class Statement:
    """`expected` is how many statements the author saw; `factors` maps element to text."""

    expected: int
    text: str
    innocent_explanation: str
    factors: dict[str, str]


class PurposeForm(PlainForm):
    expected = HiddenField(default="0")
    text = TextAreaField(
        "The circumstances as a whole", [DataRequired("Weigh the whole."), Text(LONG)]
    )
    innocent_explanation = TextAreaField(
        "Innocent explanation",
        [DataRequired("Weigh at least one innocent explanation."), Text(LONG)],
    )

    def answer(self) -> Statement:
        text = self.expected.data or ""
        return Statement(
            expected=int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1,
            text=str(self.text.data),
            innocent_explanation=str(self.innocent_explanation.data),
            factors={
                field.name.removeprefix(PREFIX): field.data or ""
                for field in self
                if field.name.startswith(PREFIX)
            },
        )


def purpose_form(factors: Iterable[Element]) -> type[PurposeForm]:
    """A form with a required text for each factor."""
    fields = {
        f"{PREFIX}{row.id}": TextAreaField(
            row.title, [DataRequired("Say what this factor shows, either way."), Text(LONG)]
        )
        for row in factors
    }
    return type("FactorsForm", (PurposeForm,), fields)
