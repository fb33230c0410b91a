from __future__ import annotations

from dataclasses import dataclass

from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import DataRequired

from views.forms.base import LONG, SHORT, PlainForm, Text


@dataclass(frozen=True, slots=True)
class Opening:
    """`incidents` are references as typed, in order and once each."""

    title: str
    summary: str
    incidents: tuple[str, ...]
    training: bool


class CaseOpenForm(PlainForm):
    title = StringField(
        "Title", [DataRequired("Give the case a title of a few words."), Text(SHORT)]
    )
    incidents = StringField("Incidents", [DataRequired("Name at least one incident."), Text(SHORT)])
    summary = TextAreaField("Summary", [DataRequired("Say what is alleged."), Text(LONG)])
    training = BooleanField("This is training material")

    def answer(self) -> Opening:
        references = (self.incidents.data or "").upper().replace(",", " ").split()
        return Opening(
            title=self.title.data or "",
            summary=self.summary.data or "",
            incidents=tuple(dict.fromkeys(references)),
            training=bool(self.training.data),
        )
