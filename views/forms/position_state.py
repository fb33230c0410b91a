from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.validators import InputRequired

from views.forms.base import LONG, PlainForm, Text
from views.forms.seen import Seen, check_count


@dataclass(frozen=True, slots=True)
class Said:
    """`draft_sha256` and `seen` are what the page showed: the draft finding, and how often the
    agency had spoken.
    """

    position: str
    comment: str
    draft_sha256: str
    seen: int


class PositionStateForm(PlainForm):
    draft_sha256 = HiddenField(default="")
    seen = HiddenField(default="0", validators=[check_count])
    position = RadioField("Position", [InputRequired("Choose a position.")])
    comment = TextAreaField("Comment", [Text(LONG)])

    def __init__(self, *args: Any, positions: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.position.choices = list(positions)

    def show(self, seen: Seen) -> None:
        """Bind the form to what the page shows now."""
        self.draft_sha256.data, self.seen.data = seen.sha256, str(seen.count)

    def answer(self) -> Said:
        return Said(
            self.position.data,
            self.comment.data or "",
            self.draft_sha256.data or "",
            int(self.seen.data or 0),
        )
