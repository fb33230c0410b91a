"""What a page showed when its form was opened: the hash of the words, and how many acts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wtforms import Field
from wtforms.validators import ValidationError


@dataclass(frozen=True, slots=True)
class Seen:
    sha256: str
    count: int


def check_count(form: Any, field: Field) -> None:
    text = field.data or ""
    if not text.isdecimal() or len(text) > 6:
        raise ValidationError("Open the form again: its hidden part is damaged.")
