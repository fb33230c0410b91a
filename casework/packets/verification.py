"""Check a packet from its bytes alone: what is embedded, and whether it fits together. Pure.

The strongest check draws the packet anew from its own packet.json: the same software and
typefaces give the same bytes, so that a page that was altered afterwards cannot pass.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf

from casework.errors import InvalidValue
from casework.packets import fonts
from casework.packets.box import RenderFailed
from casework.packets.contents import PacketContents, from_plain
from casework.packets.manifest import contents_json
from casework.packets.manifest import manifest as build_manifest
from casework.packets.render import attachments, render_packet, software

FILES = ("manifest.json", "packet.json")


class NoPdf(Exception):
    """The bytes are not a PDF that can be opened."""


@dataclass(frozen=True, slots=True)
class Check:
    """`holds` is None where the check could not be made; `words` say what was found."""

    name: str
    words: str
    holds: bool | None


@dataclass(frozen=True, slots=True)
class Examined:
    """`contents` and `manifest` are None where they could not be read."""

    sha256: str
    checks: tuple[Check, ...]
    contents: PacketContents | None
    manifest: dict[str, Any] | None

    @property
    def failed(self) -> tuple[Check, ...]:
        return tuple(check for check in self.checks if check.holds is False)


def examine(pdf: bytes, *, cache: Path) -> Examined:
    """Everything that the file says about itself; raises NoPdf. `cache` is a writable folder."""
    embedded = _embedded(pdf)
    digest = hashlib.sha256(pdf).hexdigest()
    if missing := [name for name in FILES if name not in embedded]:
        words = f"not embedded: {', '.join(missing)}"
        return Examined(digest, (Check("attachments", words, holds=False),), None, None)
    try:
        manifest = _object(embedded[FILES[0]])
        contents = from_plain(_object(embedded[FILES[1]]))
    except (ValueError, InvalidValue) as fault:
        check = Check("attachments", f"an embedded file cannot be read: {fault}", holds=False)
        return Examined(digest, (check,), None, None)
    checks = (
        Check("attachments", "manifest.json and packet.json are embedded", holds=True),
        *_agreement(manifest, contents, embedded[FILES[1]]),
        _redrawn(pdf, contents, embedded[FILES[0]], manifest, cache),
    )
    return Examined(digest, checks, contents, manifest)


def _object(content: bytes) -> dict[str, Any]:
    found = json.loads(content)
    if not isinstance(found, dict):
        raise InvalidValue("it holds no JSON object")
    return found


def _embedded(pdf: bytes) -> dict[str, bytes]:
    if not pdf.startswith(b"%PDF-"):
        raise NoPdf
    try:
        with pikepdf.open(BytesIO(pdf)) as document:
            return {
                name: found.get_file().read_bytes() for name, found in document.attachments.items()
            }
    except (pikepdf.PdfError, ValueError):
        raise NoPdf from None


def _agreement(
    manifest: dict[str, Any], contents: PacketContents, packet_json: bytes
) -> tuple[Check, ...]:
    """The manifest against the one that the contents call for, whatever has drawn them."""
    due = json.loads(build_manifest(contents, software={}, fonts={}))
    named = {"file": FILES[1], "sha256": hashlib.sha256(packet_json).hexdigest()}
    rest = due.keys() - {"contents", "exhibits", "software", "fonts"}
    return (
        Check(
            "manifest",
            "SHA-256 of packet.json against the manifest",
            holds=manifest.get("contents") == named,
        ),
        Check(
            "canonical",
            "packet.json is canonical JSON",
            holds=contents_json(contents) == packet_json,
        ),
        Check(
            "cover",
            "format, case, version, recipient, record and audit head agree",
            holds=all(manifest.get(key) == due[key] for key in rest),
        ),
        Check(
            "exhibits",
            "exhibits and their hashes agree in manifest and contents",
            holds=manifest.get("exhibits") == due["exhibits"],
        ),
    )


def _redrawn(
    pdf: bytes,
    contents: PacketContents,
    manifest_json: bytes,
    manifest: dict[str, Any],
    cache: Path,
) -> Check:
    """Draw the contents again where this machine has the same software and typefaces."""
    if (manifest.get("software"), manifest.get("fonts")) != (software(), fonts.digests()):
        return Check("pages", "drawn with other software or typefaces than are here", holds=None)
    if attachments(contents)[FILES[0]] != manifest_json:
        return Check("pages", "the manifest does not belong to the contents", holds=False)
    try:
        again = render_packet(contents, cache=cache)
    except RenderFailed as fault:
        return Check("pages", f"the contents could not be drawn here: {fault.reason}", holds=None)
    return Check(
        "pages", "every byte is what the contents give when drawn again", holds=again.pdf == pdf
    )
