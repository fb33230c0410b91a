"""Adding an exhibit: a file, or a pointer to where matter is held that may not be entered."""

from __future__ import annotations

from typing import Any

from wtforms import (
    BooleanField,
    FileField,
    HiddenField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Optional, ValidationError

from casework.evidence.facts import Description, Pointer
from casework.evidence.file_kinds import ACCEPTED
from views.forms.base import LONG, NAME, SHORT, DayField, PlainForm, Text, refuse_hidden

BEARINGS = {
    "supports": "Supports the allegation",
    "contrary": "Speaks against it, or is an answer of the accused",
    "neutral": "Neither: background",
}


FILE_NAME = 255  # characters


class DescriptionForm(PlainForm):
    title = StringField("Title", [DataRequired("Say what this is."), Text(NAME)])
    description = TextAreaField("Description", [Optional(), Text(LONG)])
    bearing = SelectField("Bearing", choices=BEARINGS)
    basis = SelectField("Basis")
    received_from = StringField(
        "Received from", [DataRequired("Say who handed it over."), Text(NAME)]
    )
    dated_on = DayField("Date of the document", [Optional()])
    owner_confidential = BooleanField("Claimed confidential by the model owner", default=True)
    trade_secret = BooleanField("Claimed to be a trade secret")
    tlp = SelectField("TLP")
    cui_category = SelectField("CUI category")
    personal_data = BooleanField("Holds personal data of third persons")
    submission_key = HiddenField()

    def offer(
        self,
        *,
        basis: list[tuple[str, str]],
        tlp: list[tuple[str, str]],
        cui: list[tuple[str, str]],
    ) -> None:
        self.basis.choices, self.tlp.choices, self.cui_category.choices = basis, tlp, cui

    def answer(self) -> Description:
        return Description(
            title=str(self.title.data),
            description=self.description.data or "",
            bearing=str(self.bearing.data),
            basis=str(self.basis.data),
            received_from=str(self.received_from.data),
            dated_on=self.dated_on.data,
            owner_confidential=bool(self.owner_confidential.data),
            trade_secret=bool(self.trade_secret.data),
            tlp=str(self.tlp.data),
            cui_category=self.cui_category.data or "",
            personal_data=bool(self.personal_data.data),
        )


class Named:
    """A file must be sent, and its name must be one that people can read."""

    field_flags = {"required": True}

    def __call__(self, form: Any, field: Any) -> None:
        name = getattr(field.data, "filename", "") or ""
        if not name:
            raise ValidationError(f"Choose a file: {ACCEPTED}.")
        refuse_hidden(name)
        if len(name) > FILE_NAME:
            raise ValidationError(f"Shorten the file's name to {FILE_NAME} characters.")


class ExhibitForm(DescriptionForm):
    file = FileField("File", [Named()])


class PointerForm(DescriptionForm):
    custodian = StringField("Custodian", [DataRequired("Name the custodian."), Text(SHORT)])
    system = StringField("System", [DataRequired("Name the system that holds it."), Text(SHORT)])
    registry_number = StringField(
        "Registry number", [DataRequired("Give the registry number."), Text(SHORT)]
    )

    def pointer(self) -> Pointer:
        return Pointer(
            custodian=str(self.custodian.data),
            system=str(self.system.data),
            registry_number=str(self.registry_number.data),
        )
