from __future__ import annotations

from decimal import Decimal
from typing import Any

from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional, ValidationError

from casework.screening.facts import NOTE_MAX, RELATION_VERBS, RelationFact
from casework.screening.shares import percent
from views.forms.base import DayField, Text
from views.forms.entity_source import FactForm

FORWARD, BACKWARD = "forward", "backward"


class RelationForm(FactForm):
    """A relation to another entity, which the address of the form names.

    `low` alone is exact; with `high` it is the lower bound of a range.
    """

    direction = RadioField(
        "Which way it reads",
        [InputRequired("Choose which way the relation reads.")],
        choices={FORWARD: "This entity first", BACKWARD: "The other entity first"},
        default=FORWARD,
    )
    kind = SelectField("Relation", [InputRequired("Choose one.")], choices=RELATION_VERBS)
    low = StringField("Share in percent", [Text(20)])
    high = StringField("Up to, where the source gives a range", [Text(20)])
    starts_on = DayField("Since", [Optional()])
    ends_on = DayField("Until", [Optional()])
    note = TextAreaField("Note", [Text(NOTE_MAX)])

    def name_ends(self, here: str, there: str) -> None:
        """Write both names into the choice of direction."""
        self.direction.choices = {FORWARD: f"{here} … {there}", BACKWARD: f"{there} … {here}"}

    def validate_low(self, field: Any) -> None:
        _readable(field.data)
        if self.high.data and not field.data:
            raise ValidationError("Enter the lower bound too; 0 if the source gives none.")

    def validate_high(self, field: Any) -> None:
        _readable(field.data)

    @property
    def reads_forward(self) -> bool:
        return bool(self.direction.data == FORWARD)

    def fact(self) -> RelationFact:
        low = _share(self.low.data)
        return RelationFact(
            kind=self.kind.data,
            low=low,
            high=_share(self.high.data) if self.high.data else low,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            note=self.note.data or "",
        )


def _share(text: str | None) -> Decimal | None:
    return percent(text) if text else None


def _readable(text: str | None) -> None:
    try:
        _share(text)
    except ValueError as fault:
        raise ValidationError(str(fault)) from fault
