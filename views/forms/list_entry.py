"""An entry of the public list: proposed, published, taken down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, ValidationError

from casework.listing.entry import CORRECTION, DETERMINATION, PUBLICATION, Line, Words
from views.forms.base import LONG, PlainForm, Text, clean
from views.forms.incident_fields import CheckboxesField

Choices = Sequence[tuple[str, str]]
ROWS, ROWS_MAX = 3, 12


class LineForm(Form):
    text = TextAreaField("Sentence", [Text(1_000)], filters=[clean])
    sources = CheckboxesField("Rests on", validate_choice=False)
    parallel = CheckboxesField("Also held from public material", validate_choice=False)


class ListEntryForm(PlainForm):
    supersedes = HiddenField(default="")
    part = RadioField(
        "Part in the attack",
        [InputRequired("Say which.")],
        choices={"conducted": "Conducted it", "directed": "Directed it"},
    )
    reading = RadioField(
        "Past year, on the reading that it ends with",
        [InputRequired("Choose one.")],
        choices={
            DETERMINATION: "the identifying determination",
            PUBLICATION: "publication (the strict reading)",
        },
        default=DETERMINATION,
    )
    lines = FieldList(FormField(LineForm), min_entries=ROWS, max_entries=ROWS_MAX)
    privacy = TextAreaField("Privacy and safety", [Text(LONG)])
    correction = TextAreaField(
        "How to ask for a correction",
        [DataRequired("Say how a correction is asked for."), Text(2_000)],
        default=CORRECTION,
    )

    def validate_supersedes(self, field: HiddenField) -> None:
        try:
            self._superseded = UUID(field.data) if field.data else None
        except ValueError:
            raise ValidationError("Open the form again: its hidden part is damaged.") from None

    @property
    def superseded(self) -> UUID | None:
        return self._superseded

    def offer(self, sources: Choices, public: Choices) -> None:
        """What the case holds, as pairs of reference and title."""
        for entry in self.lines.entries:
            entry.form.sources.choices = list(sources)
            entry.form.parallel.choices = list(public)

    def grow(self) -> None:
        """One empty row more, up to the most that an entry takes."""
        if len(self.lines.entries) < ROWS_MAX:
            self.lines.append_entry()

    def filled(self) -> list[Any]:
        """The rows that hold something, in the order of `words().lines`."""
        return [row for row in self.lines.entries if _is_filled(row.form)]

    def words(self) -> Words:
        return Words(
            part=str(self.part.data),
            reading=str(self.reading.data),
            lines=tuple(_line(row.form) for row in self.filled()),
            privacy=self.privacy.data or "",
            correction=str(self.correction.data),
        )


def _is_filled(row: Any) -> bool:
    return bool(row.text.data or row.sources.data or row.parallel.data)


def _line(row: Any) -> Line:
    return Line(row.text.data or "", tuple(row.sources.data or ()), tuple(row.parallel.data or ()))


class ListPublicationForm(PlainForm):
    content_sha256 = HiddenField()
    read = BooleanField(
        "I have read the entry above, and each gate", [DataRequired("Confirm that you read it.")]
    )

    def answer(self) -> str:
        return self.content_sha256.data or ""


@dataclass(frozen=True, slots=True)
class TakenDown:
    ground: str
    reason: str


class ListTakedownForm(PlainForm):
    ground = RadioField("Ground", [InputRequired("Choose one.")])
    reason = TextAreaField("Reason", [DataRequired("Say why it comes down."), Text(LONG)])

    def offer(self, grounds: Choices) -> None:
        self.ground.choices = list(grounds)

    def answer(self) -> TakenDown:
        return TakenDown(str(self.ground.data), str(self.reason.data))
