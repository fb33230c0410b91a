"""An answer to an element, with the places in exhibits that it cites."""

from __future__ import annotations

from typing import Any

from wtforms import (
    FieldList,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, ValidationError

from casework.findings.rules import CONTRARY, SUPPORTS, Answer, CitedPlace
from views.forms.base import LONG, NAME, PlainForm, Text

SPARE_ROWS = 3
BEARINGS = {SUPPORTS: "Supports the answer", CONTRARY: "Speaks against it"}
Pairs = list[tuple[str, str]]


class CitationForm(PlainForm):
    exhibit = SelectField("Exhibit")
    pinpoint = StringField("Where in it", [Text(NAME)])
    bearing = SelectField("Bearing", choices=BEARINGS)

    class Meta(PlainForm.Meta):
        csrf = False

    def validate_exhibit(self, field: SelectField) -> None:
        if self.pinpoint.data and not field.data:
            raise ValidationError("Choose the exhibit that this place is in.")

    def validate_pinpoint(self, field: StringField) -> None:
        if self.exhibit.data and not field.data:
            raise ValidationError("Say where in the exhibit: a page, row or paragraph.")


class FindingForm(PlainForm):
    revision = HiddenField(default="0")
    answer = RadioField("Answer", [InputRequired("Choose an answer.")])
    reasons = TextAreaField("Reasons", [DataRequired("Give the reasons."), Text(LONG)])
    innocent_explanation = TextAreaField("Innocent explanation weighed", [Text(LONG)])
    confidence = RadioField("Confidence", [InputRequired("Choose how sure you are.")])
    citations = FieldList(FormField(CitationForm, "Citation"), "Exhibits cited")

    def offer(self, *, answers: Pairs, confidence: Pairs, exhibits: Pairs) -> None:
        self.answer.choices, self.confidence.choices = answers, confidence
        self._exhibits: Pairs = [("", "None"), *exhibits]
        for row in self.citations:
            row.form.exhibit.choices = self._exhibits

    def leave_room(self) -> None:
        """See that there are empty rows for further exhibits."""
        empty = sum(not row.form.exhibit.data for row in self.citations)
        self.add_rows(max(0, SPARE_ROWS - empty))

    def add_rows(self, count: int = SPARE_ROWS) -> None:
        for _ in range(count):
            row: Any = self.citations.append_entry()
            row.form.exhibit.choices = self._exhibits

    @property
    def expected_revision(self) -> int:
        """The revision that was on screen; -1, which never exists, when the field was tampered."""
        text = self.revision.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1

    def answer_given(self) -> Answer:
        return Answer(
            answer=str(self.answer.data),
            reasons=str(self.reasons.data),
            innocent_explanation=self.innocent_explanation.data or "",
            confidence=str(self.confidence.data),
            citations=tuple(
                CitedPlace(
                    int(row.form.exhibit.data), row.form.pinpoint.data or "", row.form.bearing.data
                )
                for row in self.citations
                if row.form.exhibit.data
            ),
        )
