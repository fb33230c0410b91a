from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from wtforms import IntegerField, RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from casework.screening.facts import KIND_TITLES, NOTE_MAX
from views.forms.base import PlainForm, Text


@dataclass(frozen=True, slots=True)
class Description:
    kind: str
    shown: UUID
    note: str
    version: int


class EntityEditForm(PlainForm):
    version = IntegerField(
        widget=HiddenInput(),
        validators=[InputRequired("Open the form again: its version is lost.")],
    )
    kind = RadioField(
        "Kind of party",
        [InputRequired("Choose what kind of party this is.")],
        choices=KIND_TITLES,
    )
    shown = SelectField("Name shown in lists and headings", [InputRequired("Choose one.")])
    note = TextAreaField("Note", [Text(NOTE_MAX)])

    def offer(self, names: Mapping[str, str]) -> None:
        self.shown.choices = dict(names)

    def answer(self) -> Description:
        return Description(
            self.kind.data, UUID(self.shown.data), self.note.data or "", int(self.version.data or 0)
        )
