"""Asking for a packet, and issuing one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wtforms import BooleanField, HiddenField, SelectField, TextAreaField
from wtforms.validators import DataRequired, Regexp

from casework.packets.contents import Recipient
from views.forms.base import LONG, PlainForm, Text


@dataclass(frozen=True, slots=True)
class PacketRequest:
    """`recipient` is a code of recipients.toml."""

    recipient: str
    purpose: str


class PacketForm(PlainForm):
    recipient = SelectField("Recipient", [DataRequired("Choose a recipient.")])
    purpose = TextAreaField(
        "Purpose", [DataRequired("Say what the recipient is to use it for."), Text(LONG)]
    )
    submission_key = HiddenField()

    def offer(self, recipients: Iterable[Recipient]) -> None:
        self.recipient.choices = [(one.code, one.name) for one in recipients]

    def answer(self) -> PacketRequest:
        return PacketRequest(str(self.recipient.data), str(self.purpose.data))


class IssueForm(PlainForm):
    """The hash binds the act to the very contents that were on the page."""

    contents_sha256 = HiddenField(
        "Contents", [Regexp("[0-9a-f]{64}", message="Open the page again: it lost its hash.")]
    )
    read = BooleanField(
        "I have read the contents and release them to this recipient",
        [DataRequired("Say that you have read the contents.")],
    )

    def answer(self) -> str:
        return str(self.contents_sha256.data)
