"""The audit log: who did what, how it is signed, and what proves it."""

from __future__ import annotations

from views import audit_log, audit_proofs
from views.audit_blueprint import audit

__all__ = ["audit", "audit_log", "audit_proofs"]
