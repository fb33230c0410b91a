"""What every form shares: CSRF, clean text, and lengths that are told in characters."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateField, Field, StringField, TextAreaField
from wtforms.validators import ValidationError

# Characters that reorder or hide what a reader sees; marks needed by Arabic and Hebrew stay.
_HIDDEN = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_ALLOWED_CONTROLS = frozenset("\n\t")
SHORT, NAME, LONG = 200, 500, 20_000


def clean(text: Any) -> Any:
    """NFC, one kind of line end, no white space around: the same words are the same bytes."""
    if not isinstance(text, str):
        return text
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


EARLIEST, LATEST = date(1900, 1, 1), date(2999, 12, 31)
# Letters by category that draw nothing, each alone or in a row.
_BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0")


class DayField(DateField):
    """A day that exists and that somebody may have meant; the error says how to write one."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError("Enter a day that exists, such as 2026-11-24.") from None
        if self.data is not None and not EARLIEST <= self.data <= LATEST:
            self.data = None
            raise ValueError("Check the year: enter a day from 1900 to 2999.")


class Text:
    """Refuse control characters and over-long text; say which, where and by how much."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.field_flags = {"maxlength": most}

    def __call__(self, form: Any, field: Field) -> None:
        text = field.data or ""
        if not isinstance(text, str):
            return
        refuse_hidden(text)
        if text and not any(_is_visible(character) for character in text):
            raise ValidationError("This holds only characters that cannot be seen. Type the text.")
        if len(text) > self.most:
            raise ValidationError(f"Use at most {self.most:,} characters; this has {len(text):,}.")


def refuse_hidden(text: str) -> None:
    """ValidationError naming the first character that is hidden or changes the reading order."""
    for place, character in enumerate(text, start=1):
        if _refused(character):
            name = unicodedata.name(character, "control character")
            raise ValidationError(
                f"Remove the character U+{ord(character):04X} ({name}) at position {place}:"
                " it cannot be seen or changes the order of what is read."
            )


def _refused(character: str) -> bool:
    if character in _ALLOWED_CONTROLS:
        return False
    return character in _HIDDEN or unicodedata.category(character) in {"Cc", "Cs"}


def _is_visible(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNPS" and character not in _BLANKS


class PlainForm(FlaskForm):
    """CSRF is checked once for every request (`views.csrf`); the token is here for the page."""

    class Meta(FlaskForm.Meta):
        def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Any:
            if issubclass(unbound_field.field_class, (StringField, TextAreaField)):
                options = {**options, "filters": [clean, *options.get("filters", ())]}
            return unbound_field.bind(form=form, **options)
