from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, Optional

from views.forms.base import LONG, SHORT, DayField, PlainForm, Text


@dataclass(frozen=True, slots=True)
class CaseWords:
    title: str
    summary: str
    next_review_on: date | None


class CaseEditForm(PlainForm):
    version = HiddenField()
    title = StringField(
        "Title", [DataRequired("Give the case a title of a few words."), Text(SHORT)]
    )
    summary = TextAreaField("Summary", [DataRequired("Say what is alleged."), Text(LONG)])
    next_review_on = DayField("Next review", [Optional()])

    def answer(self) -> CaseWords:
        return CaseWords(self.title.data or "", self.summary.data or "", self.next_review_on.data)
