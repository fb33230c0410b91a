"""The bundle about one case for somebody outside: entries, proofs, the checkpoint, and a program
that checks them and needs nothing of ours. Pure.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import rfc8785

from casework.audit.proofs_facts import Proof, Told

VERIFIER = Path(__file__).with_name("verify_audit.py")
FORMAT = "extraction-docket/audit-bundle/1"


def bundle(
    case: str,
    proofs: Sequence[Proof],
    told: Iterable[Told],
    *,
    note: str,
    vkey: str,
    exhibits: Mapping[str, str],
    at: datetime,
) -> bytes:
    """A ZIP archive. `case` is its reference, `exhibits` names each by the SHA-256 of its file in
    hex; `at` dates the members.
    """
    files = {
        "entries.jsonl": "".join(_line(proof) for proof in proofs).encode(),
        "details.jsonl": "".join(_detail(one) for one in told).encode(),
        "checkpoint.txt": note.encode(),
        "vkey.txt": f"{vkey}\n".encode(),
        "verify_audit.py": VERIFIER.read_bytes(),
    }
    manifest = {
        "format": FORMAT,
        "case": case,
        "entries": len(proofs),
        "exhibits": dict(exhibits),
        "files": {name: hashlib.sha256(held).hexdigest() for name, held in files.items()},
    }
    files["manifest.json"] = (json.dumps(manifest, indent=1, sort_keys=True) + "\n").encode()
    return _packed(files, at)


def _line(proof: Proof) -> str:
    path = [base64.b64encode(step).decode() for step in proof.path]
    held = {"seq": proof.seq, "leaf": proof.leaf, "path": path}
    return json.dumps(held, ensure_ascii=False) + "\n"


def _detail(told: Told) -> str:
    text = rfc8785.dumps(told.detail).decode()  # type: ignore[arg-type]
    return json.dumps({"seq": told.seq, "salt": told.salt, "detail": text}, ensure_ascii=False) + (
        "\n"
    )


def _packed(files: Mapping[str, bytes], at: datetime) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, held in files.items():
            member = zipfile.ZipInfo(name, (at.year, at.month, at.day, at.hour, at.minute, 0))
            member.external_attr = 0o644 << 16
            archive.writestr(member, held, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
