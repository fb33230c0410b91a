from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wtforms import BooleanField, FileField, HiddenField, RadioField
from wtforms.validators import InputRequired, ValidationError

from casework.screening.interchange import bods_reading, ftm
from casework.screening.interchange.records import Document
from views.forms.base import PlainForm, refuse_hidden
from views.forms.entity_source import SourceForm

FTM, BODS = "ftm", "bods"
FORMATS = {FTM: "FollowTheMoney, JSON lines", BODS: "Beneficial Ownership Data Standard 0.4, JSON"}
READERS: dict[str, Callable[[str], Document]] = {FTM: ftm.read, BODS: bods_reading.read}
MOST = 300_000  # characters; larger files go through the command line


class FileForm(PlainForm):
    """The file of another system, to be looked at before anything of it is recorded."""

    file_format = RadioField(
        "Format", [InputRequired("Choose the format of the file.")], choices=FORMATS
    )
    file = FileField("File", render_kw={"required": True})
    training = BooleanField("Invented, for training")
    text = ""

    def validate_file(self, field: Any) -> None:
        name = getattr(field.data, "filename", "") or ""
        if not name:
            raise ValidationError("Choose a file.")
        refuse_hidden(name)
        content = field.data.stream.read(MOST * 4 + 1)
        try:
            self.text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise ValidationError("This is no text in UTF-8. Save it as UTF-8.") from None
        if len(self.text) > MOST:
            raise ValidationError(
                f"Use at most {MOST:,} characters here; load larger files with:"
                " flask screening load."
            )
        if "\0" in self.text:
            raise ValidationError("This holds NUL characters and is no text.")


class RecordForm(SourceForm):
    """Where the file comes from. `digest` says which file was looked at."""

    digest = HiddenField()

    def offer_bases(self, bases: dict[str, str]) -> None:
        """Put up the words for a basis; the source is always a new one."""
        self.offer({}, bases)
