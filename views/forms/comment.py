from __future__ import annotations

from wtforms import TextAreaField
from wtforms.validators import DataRequired

from views.forms.base import LONG, PlainForm, Text


class CommentForm(PlainForm):
    text = TextAreaField("Comment", [DataRequired("Write something first."), Text(LONG)])

    def answer(self) -> str:
        return self.text.data or ""
