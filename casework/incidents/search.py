"""How the list of incidents is narrowed and ordered, as plain values. Pure."""

from __future__ import annotations

import base64
import binascii
import json
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from casework.errors import InvalidValue

SORTS: Final = {
    "submitted": "Submitted",
    "alleged": "Alleged on",
    "window": "Window",
    "title": "Title",
}
PAGE = 25
SortValue = date | datetime | str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Empty or None means no filter; `since` and `until` are days of allegation, inclusive."""

    words: str = ""
    state: str = ""
    claim_status: str = ""
    owner: str = ""
    capability: str = ""
    access_path: str = ""
    method: str = ""
    basis: str = ""
    country: str = ""
    training: bool | None = None
    since: date | None = None
    until: date | None = None
    sort: str = "submitted"
    descending: bool = True

    def terms(self) -> dict[str, str]:
        """The vocabulary filters in force, vocabulary to code."""
        names = ("capability", "access_path", "method", "basis")
        return {name: code for name in names if (code := getattr(self, name))}


@dataclass(frozen=True, slots=True)
class Place:
    """A row's place in an ordered list. `backward` asks for what stands before it."""

    value: SortValue
    id: UUID
    backward: bool = False

    def token(self) -> str:
        """The place as it stands in an address."""
        told = self.value.isoformat() if isinstance(self.value, date) else self.value
        text = json.dumps([told, self.id.hex], ensure_ascii=False)
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_place(token: str, sort: str, *, backward: bool = False) -> Place:
    """The place behind a token of the same sort; InvalidValue for any other text."""
    try:
        padded = token + "=" * (-len(token) % 4)
        value, key = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        return Place(_value(value, sort), UUID(key), backward)
    except (binascii.Error, ValueError, TypeError, AttributeError):
        raise InvalidValue("This link to a page of the list is broken. Start again.") from None


def _value(value: object, sort: str) -> SortValue:
    if value is None and sort == "window":
        return None
    if not isinstance(value, str):
        raise TypeError(sort)
    if sort == "submitted":
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            raise ValueError(value)
        return moment
    return value if sort == "title" else date.fromisoformat(value)


def fold(text: str) -> str:
    """Text as it is compared in a search: NFKC, case folded, runs of white space as one space."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
