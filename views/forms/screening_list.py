"""Handing in an edition of a list: its files, and the date it bears."""

from __future__ import annotations

from typing import Any

from wtforms import MultipleFileField
from wtforms.validators import Optional, ValidationError

from views.forms.base import DayField, PlainForm, refuse_hidden
from views.forms.exhibit import FILE_NAME

MOST_FILES = 8


class _Files:
    """At least one file, each with a name that people can read."""

    field_flags = {"required": True}

    def __call__(self, form: Any, field: Any) -> None:
        field.data = [sent for sent in field.data or () if getattr(sent, "filename", "")]
        if not field.data:
            raise ValidationError("Choose the files of the edition.")
        if len(field.data) > MOST_FILES:
            raise ValidationError(f"Choose at most {MOST_FILES} files.")
        for sent in field.data:
            refuse_hidden(sent.filename)
            if len(sent.filename) > FILE_NAME:
                raise ValidationError(f"Shorten a file's name to {FILE_NAME} characters.")


class ListForm(PlainForm):
    files = MultipleFileField("Files", [_Files()])
    dated_on = DayField("Date of the edition", [Optional()])
