"""Petitions of a case: what can be petitioned against, what came in, and putting it on record."""

from __future__ import annotations

from typing import BinaryIO, cast

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from casework.access import Permission
from casework.errors import InvalidValue
from casework.evidence.file_kinds import ACCEPTED, KindRefused
from casework.evidence.queries import exhibits as evidence
from casework.evidence.store import EmptyFile, FileTooLarge
from casework.petitions import actions
from casework.petitions.queries import petitions as queries
from casework.petitions.queries.in_force import InForce, find_in_force, measures_in_force
from casework.petitions.rules import PROOFS, Request
from casework.statute.loader import load_pack
from models import Case, Exhibit, Petition
from views.access import current_officer, requires
from views.assembly import choices
from views.casebar import case_page
from views.cases_blueprint import refuse
from views.clock import now, today
from views.drafts import drop_draft, load_draft
from views.evidence import blob_store, upload_cap
from views.forms.petition import Petitioned, PetitionForm
from views.once import once
from views.transaction import db
from views.uploads import takes_file

petitions = Blueprint("petitions", __name__, url_prefix="/cases/<case_ref>/petitions")

DRAFT = "petition"


@petitions.get("")
@requires(Permission.CASE_READ)
def index(case: Case) -> ResponseReturnValue:
    return render_template(
        "petitions/index.html",
        rows=queries.petitions_of(db, case),
        in_force=measures_in_force(db, case, today()),
        pack=load_pack(case.text_version),
        is_late=queries.is_late,
        today=today(),
        **case_page(case, "measures", "petitions"),
    )


@petitions.get("/new")
@requires(Permission.PETITION_RECORD)
def new(case: Case) -> ResponseReturnValue:
    draft = load_draft(DRAFT, case.reference)
    form = _form(case, draft) if draft else _form(case, None, target=request.args.get("target"))
    return _page(case, form)


@petitions.post("/new")
@requires(Permission.PETITION_RECORD)
@takes_file
@once
def record(case: Case) -> ResponseReturnValue:
    form = _form(case)
    if not form.validate():
        return _page(case, form, status=422)
    try:
        made = _record(case, form, form.answer())
    except InvalidValue as refused:
        refuse(form, refused)
        return _page(case, form, status=422)
    except (EmptyFile, FileTooLarge, KindRefused) as refused:
        form.file.errors = [_about_file(refused)]
        return _page(case, form, status=422)
    drop_draft(DRAFT, case.reference)
    flash(
        "The petition is on record. Somebody who took no part in the decision answers it.",
        "success",
    )
    return redirect(
        url_for("petition_answers.show", case_ref=case.reference, petition_id=made.id), 303
    )


def _record(case: Case, form: PetitionForm, given: Petitioned) -> Petition:
    target = find_in_force(db, case, given.target, today())
    if target is None:
        raise InvalidValue("That measure is no longer in force.", "target")
    return actions.record_petition(
        db,
        case,
        Request(
            measure=target.measure,
            asks=given.asks,
            petitioner=given.petitioner,
            text=given.text,
            received_on=given.received_on,
        ),
        entity=target.entity,
        exhibit=_paper(case, form, given),
        by=current_officer,
        at=now(),
        on=today(),
    )


def _paper(case: Case, form: PetitionForm, given: Petitioned) -> Exhibit | None:
    if not form.brings_file:
        return evidence.find_exhibit(db, case, given.exhibit) if given.exhibit else None
    sent: FileStorage = form.file.data
    return actions.receive_paper(
        db,
        blob_store(),
        case,
        cast(BinaryIO, sent.stream),
        petitioner=given.petitioner,
        received_on=given.received_on,
        file_name=sent.filename or "",
        cap=upload_cap(),
        by=current_officer,
        at=now(),
    )


def _about_file(refused: Exception) -> str:
    if isinstance(refused, EmptyFile):
        return "The file is empty. Send one that holds something."
    if isinstance(refused, FileTooLarge):
        return "The file is too large. Split it, or add it to the evidence as a pointer."
    return str(refused)


def _form(case: Case, *arguments: object, **values: object) -> PetitionForm:
    pack = load_pack(case.text_version)
    found = measures_in_force(db, case, today())
    return PetitionForm(
        *arguments,
        targets=[(row.key, _words(row, pack.measures[row.measure].title)) for row in found],
        asks=choices("petition_ask"),
        exhibits=[
            (str(row.number), f"{row.number}. {row.title}")
            for row in evidence.exhibits_of(db, case)
        ],
        **values,
    )


def _words(row: InForce, title: str) -> str:
    return f"{title}: {row.entity.name}"


def _page(case: Case, form: PetitionForm, *, status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "petitions/new.html",
        form=form,
        pack=load_pack(case.text_version),
        proofs=PROOFS,
        accepted=ACCEPTED,
        cap=upload_cap(),
        **case_page(case, "measures", "petitions"),
    )
    return page, status
