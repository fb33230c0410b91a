"""The filters of the calendar, read from the address."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import Optional

from casework.calendar.facts import KINDS
from views.forms.base import SHORT, PlainForm, Text


class CalendarFilterForm(PlainForm):
    class Meta(PlainForm.Meta):
        csrf = False

    kind = SelectField(
        "Kind",
        choices={"": "All"} | {code: kind.word for code, kind in KINDS.items()},
        default="",
    )
    case = StringField("Case", [Optional(), Text(SHORT)])
    mine = BooleanField("Only mine")

    def in_force(self) -> dict[str, Any]:
        """Field to value, as in the address, of each filter that narrows the calendar."""
        found = {
            "kind": self.kind.data,
            "case": self.case.data,
            "mine": "y" if self.mine.data else "",
        }
        return {name: value for name, value in found.items() if value}

    def word(self, name: str) -> str:
        """The value of a filter as a reader knows it."""
        if name == "kind":
            kind = KINDS.get(self.kind.data)
            return kind.word if kind else str(self.kind.data)
        return "yes" if name == "mine" else str(self.case.data)
