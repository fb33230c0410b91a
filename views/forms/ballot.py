"""The ballot of one agency, bound to the words that were shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.validators import InputRequired

from views.forms.base import LONG, PlainForm, Text
from views.forms.seen import Seen, check_count


@dataclass(frozen=True, slots=True)
class Vote:
    content_sha256: str
    seen: int
    choice: str
    dissent: str


class BallotForm(PlainForm):
    content_sha256 = HiddenField(default="")
    seen = HiddenField(default="0", validators=[check_count])
    choice = RadioField("Ballot", [InputRequired("Choose one.")])
    dissent = TextAreaField("Dissent", [Text(LONG)])

    def __init__(self, *args: Any, options: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choice.choices = list(options)

    def show(self, seen: Seen) -> None:
        """Bind the form to what the page shows now."""
        self.content_sha256.data, self.seen.data = seen.sha256, str(seen.count)

    def answer(self) -> Vote:
        return Vote(
            self.content_sha256.data or "",
            int(self.seen.data or 0),
            str(self.choice.data),
            self.dissent.data or "",
        )
