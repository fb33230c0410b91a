"""One row of the sources of a report."""

from __future__ import annotations

from wtforms import SelectField, StringField
from wtforms.validators import Optional, ValidationError

from casework.incidents.report import NAME_MAX, NOTE_MAX, URL_MAX, SourceLine
from views.forms.base import DayField, PlainForm, Text
from views.forms.incident_fields import pack_choices


class SourceForm(PlainForm):
    """A row without any text counts as not there."""

    class Meta(PlainForm.Meta):
        csrf = False

    title = StringField("Title", [Text(NAME_MAX)])
    publisher = StringField("Publisher", [Text(NAME_MAX)])
    url = StringField("Web address", [Text(URL_MAX)])
    published_on = DayField("Published on", [Optional()])
    accessed_on = DayField("Read on", [Optional()])
    basis = SelectField("What it is", choices=lambda: pack_choices("basis"))
    note = StringField("Page or passage", [Text(NOTE_MAX)])

    def validate_title(self, field: StringField) -> None:
        if not field.data and not self.blank():
            raise ValidationError("Enter what the source is called.")

    def blank(self) -> bool:
        told = (self.title, self.publisher, self.url, self.note)
        dates = (self.published_on, self.accessed_on)
        return not any(field.data for field in told) and not any(field.data for field in dates)

    def answer(self) -> SourceLine:
        return SourceLine(
            title=self.title.data or "",
            publisher=self.publisher.data or "",
            url=self.url.data or "",
            published_on=self.published_on.data,
            accessed_on=self.accessed_on.data,
            basis=str(self.basis.data),
            note=self.note.data or "",
        )
