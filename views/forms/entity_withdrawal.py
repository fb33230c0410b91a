from __future__ import annotations

from wtforms import TextAreaField
from wtforms.validators import DataRequired

from casework.screening.facts import NOTE_MAX
from views.forms.base import PlainForm, Text


class WithdrawalForm(PlainForm):
    reason = TextAreaField(
        "Why it does not stand", [DataRequired("Say why it does not stand."), Text(NOTE_MAX)]
    )

    def answer(self) -> str:
        return str(self.reason.data)
