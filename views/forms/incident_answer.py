"""What the accused says; asked with a report, and alone when it comes later."""

from __future__ import annotations

from datetime import date

from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from casework.incidents.report import NAME_MAX, TEXT_MAX, Answer, wrong_answer
from views.forms.base import DayField, PlainForm, Text
from views.forms.incident_fields import complain, pack_choices


class AnswerFields(PlainForm):
    class Meta(PlainForm.Meta):
        # Every sent form is checked by views.csrf; a draft is read again without its token.
        csrf = False

    response = SelectField(
        "Answer of the accused", [InputRequired()], choices=lambda: pack_choices("response")
    )
    response_text = TextAreaField("What it says", [Text(TEXT_MAX)])
    response_on = DayField("Day of the answer, or day last looked for", [Optional()])
    response_source = StringField("Where it was read", [Text(NAME_MAX)])

    def answer_given(self) -> Answer:
        return Answer(
            kind=str(self.response.data),
            text=self.response_text.data or "",
            on=self.response_on.data,
            source=self.response_source.data or "",
        )


class AnswerForm(AnswerFields):
    version = HiddenField()

    def sound(self, on: date) -> bool:
        """Whether the answer is well-formed on that day; what is wrong stands beside its field."""
        if not self.validate():
            return False
        wrong = wrong_answer(self.answer(), on=on)
        complain(self, wrong)
        return not wrong

    def answer(self) -> Answer:
        return self.answer_given()
