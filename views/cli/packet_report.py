"""How the verification of a packet is told: as one document, or as lines."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from casework.packets.contents import PacketContents
from casework.packets.verification import Check, Examined


def document(found: Examined, checks: Iterable[Check]) -> dict[str, Any]:
    by_name = {check.name: check for check in checks}
    return {
        "ok": all(check.holds is not False for check in checks),
        "signature": "unsigned",
        "coverage": _coverage(by_name),
        "sha256": found.sha256,
        "manifest": _holds(by_name, "manifest"),
        "exhibits": _exhibits(found.contents, by_name),
        "checkpoint": _checkpoint(found.contents, by_name),
        "checks": [
            {"check": check.name, "holds": check.holds, "what": check.words} for check in checks
        ],
    }


def _holds(by_name: dict[str, Check], name: str) -> bool | None:
    return by_name[name].holds if name in by_name else None


def _coverage(by_name: dict[str, Check]) -> str:
    """What proves the whole file: the record's hash, drawing it again, both, or nothing."""
    proofs = [name for name in ("stored", "pages") if _holds(by_name, name)]
    if any(_holds(by_name, name) is False for name in ("stored", "pages")):
        return "broken"
    return "+".join(proofs) or "attachments"


def _exhibits(contents: PacketContents | None, by_name: dict[str, Check]) -> list[dict[str, Any]]:
    if contents is None:
        return []
    agrees = _holds(by_name, "exhibits")
    return [
        {"number": one.number, "sha256": one.sha256, "agrees": agrees} for one in contents.exhibits
    ]


def _checkpoint(
    contents: PacketContents | None, by_name: dict[str, Check]
) -> dict[str, Any] | None:
    if contents is None:
        return None
    head = contents.audit
    held = _holds(by_name, "checkpoint")
    return {"size": head.size, "last_hash": head.last_hash, "in_log": held}


def words(file: Path, checks: Iterable[Check]) -> str:
    signs = {True: "holds", False: "FAILS", None: "not checked"}
    return "\n".join(
        [
            f"{file}:",
            *(f"  {signs[check.holds]:11} {check.name}: {check.words}" for check in checks),
        ]
    )
