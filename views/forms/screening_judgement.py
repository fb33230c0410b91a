"""What one person says of a candidate, and what a second person says of a claimed match."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wtforms import IntegerField, RadioField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, NumberRange
from wtforms.widgets import HiddenInput

from casework.screening.facts import NOTE_MAX
from casework.screening.judging import VERDICT_TITLES
from views.forms.base import PlainForm, Text
from views.numbers import MOST

_YES, _NO = "yes", "no"


def _expected() -> Any:
    """How many judgements the page showed; the server compares."""
    return IntegerField(
        widget=HiddenInput(),
        validators=[
            InputRequired("Open the page again: its count is lost."),
            NumberRange(0, MOST, "Open the page again: its count is lost."),
        ],
    )


@dataclass(frozen=True, slots=True)
class Word:
    verdict: str
    reason: str
    expected: int


class JudgementForm(PlainForm):
    expected = _expected()
    verdict = RadioField("Your judgement", [InputRequired("Choose one.")], choices=VERDICT_TITLES)
    reason = TextAreaField(
        "Reason",
        [DataRequired("Say what you compared and why it decides."), Text(NOTE_MAX)],
    )

    def answer(self) -> Word:
        return Word(str(self.verdict.data), str(self.reason.data), int(self.expected.data or 0))


@dataclass(frozen=True, slots=True)
class SecondWord:
    agrees: bool
    reason: str
    expected: int


class ConfirmationForm(PlainForm):
    expected = _expected()
    agrees = RadioField(
        "Is it a match?",
        [InputRequired("Choose one.")],
        choices={_YES: "Yes: I compared both and confirm it", _NO: "No: I do not agree"},
    )
    dissent = TextAreaField("Reason", [Text(NOTE_MAX)])

    def answer(self) -> SecondWord:
        return SecondWord(
            self.agrees.data == _YES, self.dissent.data or "", int(self.expected.data or 0)
        )
