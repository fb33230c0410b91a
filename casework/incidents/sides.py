"""On whose side a party of a report stands. Pure."""

from __future__ import annotations

from typing import Final

# A report names them and does not accuse them; no element is answered about them.
OWNERS_SIDE: Final = frozenset({"model_owner", "authorized_provider", "cloud_host"})
