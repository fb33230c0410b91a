from __future__ import annotations

from wtforms import TextAreaField
from wtforms.validators import DataRequired

from views.forms.base import LONG, PlainForm, Text


class WithdrawalForm(PlainForm):
    reason = TextAreaField(
        "Why the report is withdrawn", [DataRequired("Say why it is withdrawn."), Text(LONG)]
    )

    def answer(self) -> str:
        return str(self.reason.data)
