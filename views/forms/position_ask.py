from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from wtforms import SelectMultipleField
from wtforms.validators import DataRequired
from wtforms.widgets import CheckboxInput, ListWidget

from views.forms.base import DayField, PlainForm


@dataclass(frozen=True, slots=True)
class Asked:
    agencies: tuple[str, ...]
    due_on: date


class PositionAskForm(PlainForm):
    agencies = SelectMultipleField(
        "Agencies",
        [DataRequired("Choose at least one agency.")],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    due_on = DayField("Answer by", [DataRequired("Give the day as YYYY-MM-DD.")])

    def __init__(self, *args: Any, agencies: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agencies.choices = list(agencies)

    def answer(self) -> Asked:
        due_on = cast(date, self.due_on.data)  # required, so a valid form has it
        return Asked(tuple(self.agencies.data or ()), due_on)
