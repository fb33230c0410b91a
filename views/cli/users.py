"""`flask users …`: the first administrator, and links when nobody can sign in (AN-8)."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup

from casework.access import Role
from casework.errors import CaseworkError
from casework.people import queries
from casework.people.actions import accounts as actions
from views.cli.answers import BadInput, answer, as_json
from views.clock import now
from views.transaction import cli_transaction

users_cli = AppGroup("users", help="Accounts.")


@users_cli.command("invite")
@click.argument("email")
@click.option("--name", help="Name of the person; needed for a new account.")
@click.option("--role", "roles", multiple=True, type=click.Choice([role.value for role in Role]))
@click.option("--organization", default="Administration", show_default=True)
@click.option("--agency", default="COMMERCE_BIS", help="Agency code; empty for a model owner.")
@as_json
def invite(
    email: str,
    name: str | None,
    roles: tuple[str, ...],
    organization: str,
    agency: str,
    as_json: bool,  # noqa: FBT001
) -> None:
    """Make a one-time link for EMAIL, creating the account where there is none."""
    try:
        with cli_transaction() as session:
            officer = queries.officer_by_email(session, email)
            if officer is None:
                if not name or not roles:
                    raise BadInput(f"{email} has no account: give --name and at least one --role.")
                place = actions.add_organization(session, organization, agency or None)
                officer = actions.add_officer(
                    session,
                    name=name,
                    email=email,
                    organization=place,
                    roles=roles,
                    by=None,
                    at=now(),
                )
            token = actions.invite(session, officer, by=None, at=now())
    except CaseworkError as refused:
        raise BadInput(str(refused)) from None
    link = f"{current_app.extensions['settings'].base_url}/invitation/{token}"
    answer(as_json, {"email": email, "link": link}, f"One-time link, valid for 24 hours:\n{link}")
