"""A measure, with an answer to everything that must be considered before it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, ValidationError

from casework.decisions.measures import Considered, Item
from casework.statute.measure_rows import MeasureField
from views.forms.base import LONG, PlainForm, Text
from views.forms.particulars import particular_fields, particulars_typed

APPLIES, WORDS = "applies_", "words_"
TAKEN, NOT_TAKEN = "taken", "not_taken"


@dataclass(frozen=True, slots=True)
class Proposal:
    supersedes: UUID | None
    taken: bool
    reasons: str
    considered: tuple[Considered, ...]
    particulars: dict[str, str]


class RecommendationForm(PlainForm):
    supersedes = HiddenField(default="")
    outcome = RadioField(
        "Outcome",
        [InputRequired("Choose one.")],
        choices={TAKEN: "Recommend it", NOT_TAKEN: "Considered, not taken"},
    )
    reasons = TextAreaField("Reasons", [DataRequired("Give the reasons."), Text(LONG)])

    def validate_supersedes(self, field: HiddenField) -> None:
        try:
            self._superseded = UUID(field.data) if field.data else None
        except ValueError:
            raise ValidationError("Open the form again: its hidden part is damaged.") from None

    def spares(self) -> bool:
        """What is not taken need not be written out."""
        return bool(self.outcome.data == NOT_TAKEN)

    def answer(self) -> Proposal:
        return Proposal(
            supersedes=self._superseded,
            taken=self.outcome.data == TAKEN,
            reasons=str(self.reasons.data),
            considered=tuple(
                Considered(name, field.data, self[f"{WORDS}{name}"].data or "")
                for field in self
                if field.name.startswith(APPLIES)
                for name in [field.name.removeprefix(APPLIES)]
            ),
            particulars=particulars_typed(self),
        )


def recommendation_form(
    items: Iterable[Item], particulars: Iterable[MeasureField]
) -> type[RecommendationForm]:
    """A form with what is written out, and a choice and a sentence for each item."""
    fields: dict[str, Any] = particular_fields(particulars)
    for item in items:
        fields[f"{APPLIES}{item.id}"] = RadioField(
            item.label,
            [InputRequired("Say whether it holds or applies.")],
            choices={"yes": "Yes", "no": "No", "n/a": "Does not arise"},
        )
        fields[f"{WORDS}{item.id}"] = TextAreaField(
            "How it was considered", [DataRequired(f"Say it of: {item.label}"), Text(LONG)]
        )
    return type("ItemsForm", (RecommendationForm,), fields)
