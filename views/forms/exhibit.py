"""Adding an exhibit: a file, or a pointer to where matter is held that may not be entered."""

from __future__ import annotations

import re
from typing import Any

from wtforms import (
    BooleanField,
    FileField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError

from casework.evidence.facts import Announced, Description, Pointer
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


SHA256 = re.compile(r"[0-9a-f]{64}")


class Sha256:
    """Empty, or 64 hex digits; capitals and blanks are what people paste."""

    def __call__(self, form: Any, field: Any) -> None:
        field.data = "".join((field.data or "").split()).lower()
        if field.data and not SHA256.fullmatch(field.data):
            raise ValidationError("A SHA-256 has 64 digits, 0 to 9 and a to f.")


class FileForm(DescriptionForm):
    sha256_told = StringField("SHA-256 given by the sender", [Sha256()])

    def told(self) -> str:
        """Hex, empty where the sender gave none."""
        return self.sha256_told.data or ""


class ExhibitForm(FileForm):
    file = FileField("File", [Named()])


class AnnouncedForm(FileForm):
    """A file that comes in pieces: the same words, and what is announced of it."""

    file_name = StringField("File", [DataRequired("Choose a file."), Text(FILE_NAME)])
    size = IntegerField("Size", [InputRequired("The size of the file is missing.")])

    def announced(self) -> Announced:
        return Announced(
            file_name=str(self.file_name.data),
            size=int(self.size.data or 0),
            sha256_told=self.told(),
        )


class ReleaseForm(PlainForm):
    """Letting an unscanned file leave."""

    reason = TextAreaField("Reason", [DataRequired("Say why it may leave unscanned."), Text(LONG)])
    submission_key = HiddenField()


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
