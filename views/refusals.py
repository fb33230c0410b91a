"""Log what was refused, in a transaction of its own, since the request's is undone (AU-c)."""

from __future__ import annotations

from flask import current_app, g, request

from casework.desk import actions as desk
from models import Officer
from views.clock import now


def note_refusal(officer: Officer | None, reason: str) -> None:
    """Remember a refusal; it is written once the request's own transaction is over."""
    officer_id = officer.id if officer else None
    endpoint = request.endpoint or "unknown"
    g.setdefault("refusals", []).append((officer_id, endpoint, reason, request.method))


def write_refusals(error: BaseException | None = None) -> None:
    noted = g.pop("refusals", None)
    if not noted:
        return
    from views.transaction import own_transaction  # noqa: PLC0415 (transaction calls this module)

    try:
        with own_transaction(origin=g.get("origin")) as session:
            for officer_id, endpoint, reason, method in noted:
                desk.note_refusal(
                    session, officer_id, endpoint=endpoint, reason=reason, method=method, at=now()
                )
    except Exception:
        current_app.logger.exception("a refusal could not be written to the audit log")
