"""The manifest of a packet: what is in it, under which digests, made with what. Pure.

It is canonical JSON (RFC 8785), so two readers that hash it get the same answer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import rfc8785

from casework.packets import plain
from casework.packets.contents import PacketContents, to_plain

FORMAT = "extraction-docket/packet-manifest/1"
SHORT = 12


def contents_json(contents: PacketContents) -> bytes:
    """packet.json: the whole of `contents` as canonical JSON."""
    return rfc8785.dumps(to_plain(contents))


def contents_digest(contents: PacketContents) -> str:
    """SHA-256 of packet.json, 64 hex digits; its first twelve are printed on every page."""
    return hashlib.sha256(contents_json(contents)).hexdigest()


def manifest(
    contents: PacketContents, *, software: Mapping[str, str], fonts: Mapping[str, str]
) -> bytes:
    """manifest.json; `software` maps a name to its version, `fonts` a file to its SHA-256."""
    cover = contents.cover
    form: dict[str, Any] = {
        "format": FORMAT,
        "reference": cover.reference,
        "version": cover.version,
        "supersedes": plain.dump(cover.supersedes),
        "recipient": cover.recipient.code,
        "banner": cover.banner,
        "training": cover.training,
        "prepared": plain.dump(cover.prepared),
        "law": plain.dump(cover.law),
        "contents": {"file": "packet.json", "sha256": contents_digest(contents)},
        "exhibits": [plain.dump(exhibit) for exhibit in contents.exhibits],
        "record": [plain.dump(item) for item in contents.record],
        "audit": plain.dump(contents.audit),
        "software": dict(software),
        "fonts": dict(fonts),
    }
    return rfc8785.dumps(form)
