"""The key under which identifiers of usage logs become tokens: beside the data, not in it.

Equal identifiers have equal tokens as long as the key is the same, so that a key stays in use until
a new epoch is begun by putting a newer one beside it.
"""

from __future__ import annotations

import secrets
from pathlib import Path

from views.clock import today
from views.key_files import kept

KEY_BYTES = 32
PREFIX = "programme-"


def programme_key(data_dir: Path) -> tuple[str, bytes]:
    """The newest epoch (as 2026H2) and its key; the first is made on first use."""
    there = sorted((data_dir / "keys").glob(f"{PREFIX}*.key"))
    day = today()
    now = f"{day.year}H{1 if day.month <= 6 else 2}"
    epoch = there[-1].stem.removeprefix(PREFIX) if there else now
    return epoch, kept(data_dir, f"{PREFIX}{epoch}.key", secrets.token_bytes(KEY_BYTES))
