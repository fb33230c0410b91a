"""Check an audit bundle without the application that made it.

    python3 verify_audit.py FOLDER [VKEY]

FOLDER holds the unpacked bundle. Give VKEY as you received it by another way than the bundle; the
bundle's own `vkey.txt` proves only that its parts belong together. Needs Python 3.9 and the
package `cryptography`. Prints a line for each check; exit 0 if all hold, 1 if one does not.
"""

from __future__ import annotations

import base64
import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


class Fails(Exception):
    """What does not hold, in words."""


def canonical(value: object) -> bytes:
    """The one way of writing these entries (RFC 8785): they hold text and whole numbers only."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def leads(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether the path leads from a leaf's hash to the root (RFC 9162, section 2.1.3.2)."""
    place, last, found = index, size - 1, leaf
    for step in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = hashlib.sha256(b"\x01" + step + found).digest()
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = hashlib.sha256(b"\x01" + found + step).digest()
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def opened(note: str, vkey: str) -> tuple[int, bytes]:
    """Size and root that the key has signed."""
    name, told, encoded = vkey.strip().split("+", 2)
    public = base64.b64decode(encoded)[1:]
    body, _, signatures = note.rpartition("\n\n")
    for line in signatures.splitlines():
        _, signer, signed = line.split(" ")
        raw = base64.b64decode(signed)
        if signer != name or raw[:4].hex() != told:
            continue
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(raw[4:], f"{body}\n".encode())
        except InvalidSignature:
            raise Fails("the signature of the checkpoint is not that of its text") from None
        origin, size, root = body.split("\n")[:3]
        if origin != name:
            raise Fails("the checkpoint is of another log")
        return int(size), base64.b64decode(root)
    raise Fails("the checkpoint is not signed with this key")


def lines(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def entries_in(folder: Path, size: int, root: bytes) -> dict[int, dict[str, Any]]:
    """The entries by number, each shown to be in the signed log, in order."""
    entries: dict[int, dict[str, Any]] = {}
    last_at = ""
    for held in lines(folder / "entries.jsonl"):
        leaf, path = held["leaf"].encode(), [base64.b64decode(step) for step in held["path"]]
        entry = json.loads(leaf)
        if canonical(entry) != leaf or entry["seq"] != held["seq"]:
            raise Fails(f"entry {held['seq']} is not written in canonical form")
        if entry["seq"] <= max(entries, default=-1) or entry["at"] < last_at:
            raise Fails(f"entry {entry['seq']} is out of order")
        found = hashlib.sha256(b"\x00" + leaf).digest()
        if not leads(found, entry["seq"], size, path, root):
            raise Fails(f"entry {entry['seq']} is not in the signed log")
        entries[entry["seq"]], last_at = entry, entry["at"]
    return entries


def details_in(folder: Path, entries: dict[int, dict[str, Any]]) -> int:
    """How many details there are, each shown to be the one that was recorded."""
    count = 0
    for held in lines(folder / "details.jsonl"):
        digest = hashlib.sha256(held["salt"].encode() + held["detail"].encode()).hexdigest()
        if entries.get(held["seq"], {}).get("detail") != digest:
            raise Fails(f"the detail of entry {held['seq']} is not the one that was recorded")
        count += 1
    return count


def checked(folder: Path, vkey: str) -> Iterator[str]:
    """Yield what holds; raise Fails at the first that does not."""
    size, root = opened((folder / "checkpoint.txt").read_text(encoding="utf-8"), vkey)
    yield f"the checkpoint of {size} entries is signed with the key"
    entries = entries_in(folder, size, root)
    yield f"{len(entries)} entries are in the signed log, in order"
    yield f"{details_in(folder, entries)} details are those that were recorded"
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    for name, digest in manifest["files"].items():
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest:
            raise Fails(f"{name} is not the file that the manifest names")
    yield f"{len(manifest['files'])} files agree with the manifest"
    if len(entries) != manifest["entries"]:
        raise Fails(f"the manifest names {manifest['entries']} entries")


def main(arguments: Sequence[str]) -> int:
    if len(arguments) not in {1, 2}:
        print(__doc__)
        return 2
    folder = Path(arguments[0])
    vkey = arguments[1] if len(arguments) > 1 else (folder / "vkey.txt").read_text(encoding="utf-8")
    try:
        for words in checked(folder, vkey):
            print(f"holds: {words}")
    except Fails as fault:
        print(f"FAILS: {fault}")
        return 1
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        print(f"FAILS: the bundle cannot be read ({type(fault).__name__}: {fault})")
        return 1
    if len(arguments) == 1:
        print("The key is the bundle's own: compare it with the one you got by another way.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
