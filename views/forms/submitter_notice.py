"""Notice to a submitter, the answer, and the ruling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from wtforms import RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from casework.disclosure.rules import ANSWERS
from views.forms.base import LONG, NAME, DayField, PlainForm, Text

Choices = Sequence[tuple[str, str]]


class ItemsField(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


@dataclass(frozen=True, slots=True)
class Sent:
    requested_by: str
    described: str
    items: tuple[str, ...]
    sent_on: date


class NoticeForm(PlainForm):
    requested_by = StringField(
        "Who asks for the release", [DataRequired("Say who asks."), Text(NAME)]
    )
    described = TextAreaField(
        "What would be released", [DataRequired("Say what would be released."), Text(LONG)]
    )
    items = ItemsField("Items", [InputRequired("Choose at least one item.")])
    sent_on = DayField("Notice sent on", [InputRequired("Enter the day of the notice.")])

    def __init__(self, *args: Any, items: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items.choices = list(items)

    def answer(self) -> Sent:
        return Sent(
            str(self.requested_by.data),
            str(self.described.data),
            tuple(self.items.data or ()),
            cast("date", self.sent_on.data),
        )


@dataclass(frozen=True, slots=True)
class Answered:
    """`exhibit` is its number in the case, None where none was chosen."""

    kind: str
    text: str
    received_on: date
    exhibit: int | None


class NoticeAnswerForm(PlainForm):
    kind = RadioField("What came back", [InputRequired("Choose one.")], choices=dict(ANSWERS))
    text = TextAreaField("In the submitter's words", [Optional(), Text(LONG)])
    received_on = DayField("On", [InputRequired("Enter the day.")])
    exhibit = SelectField("Exhibit that holds it", [Optional()])

    def __init__(self, *args: Any, exhibits: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.exhibit.choices = [("", "None"), *exhibits]

    def answer(self) -> Answered:
        number = self.exhibit.data
        return Answered(
            self.kind.data,
            self.text.data or "",
            cast("date", self.received_on.data),
            int(number) if number else None,
        )


@dataclass(frozen=True, slots=True)
class Ruled:
    released: bool
    reasons: str
    release_on: date | None


class NoticeRulingForm(PlainForm):
    verdict = RadioField(
        "Ruling",
        [InputRequired("Choose one.")],
        choices={"release": "It is released", "withhold": "It is not released"},
    )
    reasons = TextAreaField(
        "Reasons that go to the submitter", [DataRequired("Give the reasons."), Text(LONG)]
    )
    release_on = DayField("Released from", [Optional()])

    def answer(self) -> Ruled:
        return Ruled(self.verdict.data == "release", str(self.reasons.data), self.release_on.data)
