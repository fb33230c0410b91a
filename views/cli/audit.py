"""`flask audit verify`: walk the log from its first entry."""

from __future__ import annotations

import sys

import click
from flask.cli import AppGroup

from casework import audit
from views.cli.answers import answer, as_json
from views.transaction import cli_transaction

audit_cli = AppGroup("audit", help="The audit log.")


@audit_cli.command("verify")
@as_json
def verify(as_json: bool) -> None:  # noqa: FBT001
    """Exit 0 when every entry holds, 1 when one does not, naming the first."""
    with cli_transaction(reading=True) as session:
        found = audit.verify(session)
    document = {
        "ok": found.ok,
        "size": found.size,
        "root": found.root,
        "first_bad": found.first_bad,
        **({"reason": found.reason} if not found.ok else {}),
    }
    words = (
        f"All {found.size} entries hold; the last has hash {found.root}."
        if found.ok
        else f"Entry {found.first_bad} does not hold: {found.reason}."
    )
    answer(as_json, document, words)
    if not found.ok:
        sys.exit(click.exceptions.Exit(1).exit_code)
