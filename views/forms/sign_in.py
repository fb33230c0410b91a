"""Signing in, and choosing the first password."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wtforms import BooleanField, EmailField, HiddenField, PasswordField
from wtforms.validators import DataRequired, InputRequired, ValidationError

from views.forms.base import SHORT, PlainForm, Text


@dataclass(frozen=True, slots=True)
class SignIn:
    email: str
    password: str
    next: str


@dataclass(frozen=True, slots=True)
class ChosenPassword:
    password: str


class SignInForm(PlainForm):
    email = EmailField("E-mail address", [DataRequired("Enter your address."), Text(SHORT)])
    password = PasswordField("Password", [InputRequired("Enter your password.")])
    notice = BooleanField(
        "I have read the notice above and use the system for authorized purposes only.",
        [InputRequired("Confirm the notice to go on.")],
    )
    next = HiddenField()

    def answer(self) -> SignIn:
        return SignIn(str(self.email.data), str(self.password.data), self.next.data or "")


class ChoosePasswordForm(PlainForm):
    password = PasswordField("Password", [InputRequired("Choose a password.")])
    again = PasswordField("The same once more", [InputRequired("Type the password once more.")])

    def validate_again(self, field: Any) -> None:
        if field.data != self.password.data:
            raise ValidationError("The two differ. Type the same password twice.")

    def answer(self) -> ChosenPassword:
        return ChosenPassword(str(self.password.data))
