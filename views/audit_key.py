"""The key that signs checkpoints of the audit log, and the name under which it signs."""

from __future__ import annotations

import base64
import secrets
from urllib.parse import urlsplit

from casework.audit.note import KEY_BYTES, Signer
from config import Settings
from views.key_files import kept


def open_signer(settings: Settings) -> Signer:
    """The signer of this installation. Name and key are made on first use and stay together:
    a log that moves to another address keeps the name that its old checkpoints bear.
    """
    host = urlsplit(settings.base_url).netloc or "localhost"
    seed = base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()
    text = kept(settings.data_dir, "audit.key", f"{host}/audit\n{seed}\n".encode()).decode()
    origin, encoded = text.split()
    return Signer(origin, base64.b64decode(encoded))
