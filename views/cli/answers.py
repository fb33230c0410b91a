"""How a command answers: one JSON document on request, words otherwise; faults as one line."""

from __future__ import annotations

import json
from typing import IO, Any

import click

as_json = click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")


class BadInput(click.ClickException):
    """Input that cannot be used: exit 2 and one line that names it."""

    exit_code = 2

    def show(self, file: IO[str] | None = None) -> None:
        click.echo(f"Error: {' '.join(self.message.split())}", err=True)


def answer(in_json: bool, document: Any, words: str) -> None:  # noqa: FBT001 (the flag of the command)
    click.echo(json.dumps(document, ensure_ascii=False) if in_json else words)


class NotDone(click.ClickException):
    """A refusal or a failure of the work itself, with the reason; exit 1."""
