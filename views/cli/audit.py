"""`flask audit …`: check the log, sign it, and hand out what outsiders check it with."""

from __future__ import annotations

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from casework.audit import checkpoints, verification
from casework.audit.bundle import bundle
from casework.audit.note import NoteRefused, Signer
from casework.audit.proofs import NotSigned, details_of_case, proofs_of_case
from casework.evidence.queries.exhibits import exhibits_of
from views.cli.answers import BadInput, NotDone, answer, as_json
from views.cli.document_file import case_named, refuse_output, replace_file
from views.clock import now
from views.transaction import Session, cli_transaction

audit_cli = AppGroup("audit", help="The audit log.")


def signer() -> Signer:
    found: Signer = current_app.extensions["audit_signer"]
    return found


@audit_cli.command("verify")
@click.option(
    "--checkpoint",
    "kept",
    type=click.Path(path_type=Path),
    help="A checkpoint that was kept elsewhere: the log must still hold what it signed.",
)
@as_json
@click.pass_context
def verify(context: click.Context, kept: Path | None, *, as_json: bool) -> None:
    """Exit 0 when every entry holds, 1 when one does not, naming the first."""
    with cli_transaction(reading=True) as session:
        against = _compared(session, kept) if kept else None
        found = verification.verify(session, signer().vkey)
    differs = against.reason if against else ""
    document = {
        "ok": found.ok and not differs,
        "size": found.size,
        "root": found.root,
        "first_bad": found.first_bad,
        **({"reason": found.reason or differs} if found.reason or differs else {}),
        **({"checkpoint": {"size": against.checkpoint.size}} if against else {}),
    }
    words = (
        f"All {found.size} entries hold; the root of their tree is {found.root}."
        if found.ok
        else f"Entry {found.first_bad} does not hold: {found.reason}."
    )
    if against:
        told = differs or f"the first {against.checkpoint.size} entries are those that were signed"
        words += f"\n{kept}: {told}."
    answer(as_json, document, words)
    context.exit(0 if document["ok"] else 1)


def _compared(session: Session, path: Path) -> checkpoints.Compared:
    try:
        return checkpoints.compare(session, path.read_text(encoding="utf-8"), signer().vkey)
    except OSError as fault:
        raise BadInput(f"{path}: {fault.strerror}") from None
    except (NoteRefused, UnicodeDecodeError) as fault:
        raise BadInput(f"{path}: not a checkpoint of this log: {fault}") from None


@audit_cli.command("checkpoint")
@as_json
def checkpoint(*, as_json: bool) -> None:
    """Sign the log as it stands, and print the newest checkpoint: keep a copy elsewhere."""
    with cli_transaction() as session:
        checkpoints.mark_growth(session, at=now())
        newest = checkpoints.newest(session)
        if newest is None:
            raise NotDone("The log is empty: there is nothing to sign.")
        document = {"size": newest.size, "root": newest.root.hex(), "note": newest.note}
        words = newest.note.rstrip("\n")
    answer(as_json, document, words)


@audit_cli.command("key")
@as_json
def key(*, as_json: bool) -> None:
    """Print the key with which outsiders check checkpoints; publish it where they find it."""
    answer(as_json, {"vkey": signer().vkey}, signer().vkey)


@audit_cli.command("export")
@click.argument("case_ref")
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), help="File to write."
)
@click.option(
    "--details", is_flag=True, help="With what each entry is about, in clear: for the record only."
)
@as_json
def export(case_ref: str, output: Path, *, details: bool, as_json: bool) -> None:
    """Write the log of one case with proofs, for somebody who trusts nobody here."""
    refuse_output(output)
    with cli_transaction() as session:
        case = case_named(session, case_ref)
        checkpoints.mark_growth(session, at=now())
        try:
            signed, proofs = proofs_of_case(session, case.id)
        except NotSigned:
            raise NotDone("The log is empty: there is nothing to prove.") from None
        held = bundle(
            case.reference,
            proofs,
            details_of_case(session, case.id, signed.size) if details else (),
            note=signed.note,
            vkey=signer().vkey,
            exhibits={
                str(one.number): one.sha256 for one in exhibits_of(session, case) if one.sha256
            },
            at=now(),
        )
    replace_file(output, [held])
    document = {"case": case_ref, "entries": len(proofs), "size": len(held)}
    answer(as_json, document, f"{output}: {len(proofs)} entries of {case_ref} with their proofs")
