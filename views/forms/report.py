"""What is typed about a report: a passage, an annex, a check, an approval, a transmittal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, NumberRange, Regexp
from wtforms.widgets import HiddenInput

from casework.reports.source import Annex
from views.forms.base import LONG, SHORT, DayField, PlainForm, Text


class PassageForm(PlainForm):
    """`revision` is the one that the author saw, 0 for none."""

    revision = IntegerField(widget=HiddenInput(), default=0, validators=[NumberRange(0, 1_000_000)])
    text = TextAreaField("Text", [DataRequired("Write the text."), Text(LONG)])
    submission_key = HiddenField()


class AnnexForm(PlainForm):
    title = StringField("Title, itself unclassified", [DataRequired("Give a title."), Text(SHORT)])
    system = StringField(
        "System in which it is held", [DataRequired("Name the system."), Text(SHORT)]
    )
    custodian = StringField("Custodian", [DataRequired("Name the custodian."), Text(SHORT)])
    registry_number = StringField(
        "Registry number", [DataRequired("Give the registry number."), Text(SHORT)]
    )
    submission_key = HiddenField()

    def answer(self) -> Annex:
        return Annex(
            title=str(self.title.data),
            system=str(self.system.data),
            custodian=str(self.custodian.data),
            registry_number=str(self.registry_number.data),
        )


class PrepareForm(PlainForm):
    """`decision` is asked for only where a report is about one."""

    decision = SelectField("Decision", validate_choice=False, default="")
    submission_key = HiddenField()

    def offer(self, decisions: Iterable[tuple[str, str]]) -> None:
        self.decision.choices = [("", "Choose a decision"), *decisions]

    def answer(self) -> str:
        return str(self.decision.data or "")


_HASH = Regexp("[0-9a-f]{64}", message="Open the page again: it lost its hash.")


@dataclass(frozen=True, slots=True)
class CheckMade:
    gate: str
    words: str
    contents_sha256: str


class CheckForm(PlainForm):
    contents_sha256 = HiddenField("Contents", [_HASH])
    gate = HiddenField("Check", [DataRequired("Open the page again: it lost the check.")])
    words = TextAreaField(
        "What was checked, and by whom", [DataRequired("Say what was checked."), Text(LONG)]
    )
    submission_key = HiddenField()

    def answer(self) -> CheckMade:
        return CheckMade(str(self.gate.data), str(self.words.data), str(self.contents_sha256.data))


class ApprovalForm(PlainForm):
    """The hash binds the act to the very contents that were on the page."""

    contents_sha256 = HiddenField("Contents", [_HASH])
    read = BooleanField(
        "I have read the contents and approve them", [DataRequired("Say that you have read them.")]
    )

    def answer(self) -> str:
        return str(self.contents_sha256.data)


@dataclass(frozen=True, slots=True)
class Sending:
    step: str
    receiver: str
    happened_on: date
    words: str


class TransmittalForm(PlainForm):
    step = RadioField(
        "What happened",
        [InputRequired("Choose one.")],
        choices={"sent": "It was sent", "received": "Receipt was acknowledged"},
    )
    receiver = SelectField("Receiver", [DataRequired("Choose a receiver.")])
    happened_on = DayField("Day", [InputRequired("Enter the day.")])
    words = TextAreaField(
        "How, with identifiers",
        [DataRequired("Say how it was sent or acknowledged."), Text(LONG)],
    )
    submission_key = HiddenField()

    def offer(self, receivers: Iterable[tuple[str, str]]) -> None:
        self.receiver.choices = [("", "Choose a receiver"), *receivers]

    def answer(self) -> Sending:
        day = self.happened_on.data
        if not isinstance(day, date):
            raise TypeError("only a valid form has an answer")
        return Sending(str(self.step.data), str(self.receiver.data), day, str(self.words.data))
