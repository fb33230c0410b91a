"""A proof that an entry is in the signed log, and a detail with its salt. Pure."""

from __future__ import annotations

import base64
from dataclasses import dataclass

FORMAT = "c2sp.org/tlog-proof@v1"


@dataclass(frozen=True, slots=True)
class Proof:
    """`path` leads from the entry's hash to the root that `note` signs, the nearest first."""

    seq: int
    leaf: str
    path: tuple[bytes, ...]
    note: str

    def text(self) -> str:
        """As C2SP `tlog-proof` writes it."""
        path = "".join(f"{base64.b64encode(step).decode()}\n" for step in self.path)
        return f"{FORMAT}\nindex {self.seq}\n{path}\n{self.note}"


@dataclass(frozen=True, slots=True)
class Told:
    """The detail of an entry with the salt that its hash in the entry was taken with."""

    seq: int
    salt: str
    detail: dict[str, object]
