from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired

from casework.statute.loader import default_text, packs
from views.forms.base import LONG, SHORT, PlainForm, Text


@dataclass(frozen=True, slots=True)
class Opening:
    """`incidents` are references as typed, in order and once each; `text_version` has a pack."""

    title: str
    summary: str
    incidents: tuple[str, ...]
    training: bool
    text_version: str


class CaseOpenForm(PlainForm):
    title = StringField(
        "Title", [DataRequired("Give the case a title of a few words."), Text(SHORT)]
    )
    incidents = StringField("Incidents", [DataRequired("Name at least one incident."), Text(SHORT)])
    summary = TextAreaField("Summary", [DataRequired("Say what is alleged."), Text(LONG)])
    text_version = SelectField("Text of the law")
    training = BooleanField("This is training material")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A post that leaves the field out, as older clients do, means the usual text.
        self.text_version.data = self.text_version.data or default_text()
        self.text_version.choices = [
            (pack.text_version, f"{pack.act.title}: {pack.act.standing}") for pack in packs()
        ]

    def answer(self) -> Opening:
        references = (self.incidents.data or "").upper().replace(",", " ").split()
        return Opening(
            title=self.title.data or "",
            summary=self.summary.data or "",
            incidents=tuple(dict.fromkeys(references)),
            training=bool(self.training.data),
            text_version=self.text_version.data,
        )
