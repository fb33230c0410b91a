"""The recipients a packet can be made for, read from `recipients.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from casework.errors import NotFound
from casework.packets import plain
from casework.packets.contents import Recipient

_FILE = Path(__file__).with_name("recipients.toml")


def recipient(code: str) -> Recipient:
    """Raise NotFound naming the codes that exist."""
    known = recipients()
    if code not in known:
        raise NotFound(f"no recipient {code!r}; there are {', '.join(known)}")
    return known[code]


@cache
def recipients() -> dict[str, Recipient]:
    """Every recipient by code, in the order of the file."""
    return read(_FILE)


def read(path: Path) -> dict[str, Recipient]:
    """Recipients of the file at `path`; raises InvalidValue naming the entry that is wrong."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return {code: plain.load(Recipient, {"code": code, **row}) for code, row in table.items()}
