"""How values of a packet are written on paper. Pure."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from casework.packets.words import LABELS

WASHINGTON = ZoneInfo("America/New_York")
_UNITS = ("bytes", "kB", "MB", "GB", "TB")
_REDACTED = re.compile(r"(\[REDACTED [^\[\]]{1,40}\])")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def visible(text: str) -> str:
    """`text` with each control, direction override or unassigned sign spelled as [U+202E].

    A name that was reversed by an override must not read as another name on paper, and the
    reader must see that it was there. Line breaks and tabs stay; joiners that Arabic and Indic
    spelling needs stay.
    """
    return "".join(
        f"[U+{ord(char):04X}]"
        if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn")
        and char not in "\n\t\u200c\u200d\u00ad"
        else char
        for char in text.replace("\r\n", "\n")
    )


def pieces(text: str) -> list[str]:
    """`text` cut so that every odd piece is a redaction mark, brackets included."""
    return _REDACTED.split(text)


def day(value: date) -> str:
    return f"{value.day} {value:%b %Y}"


def instant(value: datetime) -> str:
    """Washington time with its zone, from an aware instant."""
    local = value.astimezone(WASHINGTON)
    return f"{day(local)}, {local:%H:%M %Z}"


def hour(value: datetime) -> str:
    """The hour of an aware instant in UTC, in which usage logs are counted."""
    at = value.astimezone(UTC)
    return f"{day(at)}, {at:%H}:00 UTC"


def size(count: int) -> str:
    """Write a number of bytes in decimal units: 412 bytes, 1.2 MB."""
    amount, unit = float(count), 0
    while amount >= 1000 and unit < len(_UNITS) - 1:  # noqa: PLR2004 - decimal prefixes
        amount, unit = amount / 1000, unit + 1
    return f"{amount:.1f} {_UNITS[unit]}" if unit else f"{count} bytes"


def word(code: StrEnum) -> str:
    return LABELS[code]


def percent(value: Decimal) -> str:
    text = format(value, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) + "%"


def language(tag: str) -> str:
    """`tag` if it has the form of a BCP 47 tag, else `und`."""
    return tag if _LANGUAGE.fullmatch(tag) else "und"


def halves(digest: str) -> tuple[str, str]:
    """Cut a SHA-256 in two lines that fit a narrow column."""
    middle = len(digest) // 2
    return digest[:middle], digest[middle:]
