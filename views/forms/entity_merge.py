"""Say which of two entities is kept and why they are one; take a merge back."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from wtforms import BooleanField, HiddenField, RadioField, TextAreaField
from wtforms.validators import DataRequired, InputRequired

from casework.screening.facts import NOTE_MAX
from views.forms.base import PlainForm, Text


@dataclass(frozen=True, slots=True)
class Choice:
    """`acknowledged` is the fingerprint of the conflicts shown, None if nothing was said."""

    kept: UUID
    reason: str
    acknowledged: str | None


class MergeForm(PlainForm):
    """`conflicts` is the fingerprint of those that the page showed."""

    keep = RadioField(
        "Which one is kept", [InputRequired("Choose which one is kept.")], validate_choice=True
    )
    reason = TextAreaField(
        "What shows that the two are one",
        [DataRequired("Say what shows that the two are one."), Text(NOTE_MAX)],
    )
    conflicts = HiddenField()
    acknowledged = BooleanField("I read what speaks against it; they are one all the same")

    def offer(self, sides: dict[str, str]) -> None:
        """`sides` are the names of the two by their ids."""
        self.keep.choices = list(sides.items())

    def answer(self) -> Choice:
        read = str(self.conflicts.data or "") if self.acknowledged.data else None
        return Choice(UUID(self.keep.data), str(self.reason.data), read)


class UndoMergeForm(PlainForm):
    reason = TextAreaField(
        "What shows that they are two",
        [DataRequired("Say what shows that they are two."), Text(NOTE_MAX)],
    )

    def answer(self) -> str:
        return str(self.reason.data)
