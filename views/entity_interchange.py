"""Entities and relations out to other systems and in from them, looked at before they count."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from casework.access import Permission
from casework.errors import InvalidValue
from casework.screening.actions import interchange as actions
from casework.screening.facts import SourceFact
from casework.screening.interchange import bods, ftm
from casework.screening.interchange.records import Document, DocumentRefused
from casework.screening.queries import entities as screening
from casework.screening.queries import interchange as queries
from models import Case, Entity
from views.access import current_officer, requires
from views.assembly import words_of
from views.clock import now, today
from views.drafts import drop_draft, keep_draft, load_draft
from views.entities_blueprint import entities
from views.forms.entity_interchange import FORMATS, FTM, READERS, FileForm, RecordForm
from views.once import once
from views.transaction import db
from views.uploads import takes_file

DRAFT = "entity-import"
FORMAT = "<any(ftm, bods):file_format>"
SUFFIXES = {FTM: "ftm.jsonl"}
GONE = "Another file was looked at since. What is shown now is that one: check it and record it."


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that was looked at; `digest` tells it from any other."""

    file_format: str
    document: Document
    training: bool
    digest: str


@entities.get("/<uuid:entity_id>/interchange")
@requires(Permission.ENTITY_READ)
def interchange(entity: Entity) -> ResponseReturnValue:
    document = queries.around(db, [entity], screening.visible_to(current_officer))
    left_out = {name: written(document, name)[1] for name in FORMATS}
    return render_template(
        "entities/interchange.html",
        entity=entity,
        training=entity.training,
        document=document,
        formats=FORMATS,
        left_out=left_out,
    )


@entities.get(f"/<uuid:entity_id>/interchange/{FORMAT}")
@requires(Permission.ENTITY_READ)
def export(entity: Entity, file_format: str) -> ResponseReturnValue:
    document = queries.around(db, [entity], screening.visible_to(current_officer))
    return _sent(document, file_format, str(entity.id))


@entities.get(f"/of-case/<case_ref>/interchange/{FORMAT}")
@requires(Permission.ENTITY_READ)
def export_subjects(case: Case, file_format: str) -> ResponseReturnValue:
    within = screening.visible_to(current_officer)
    subjects = queries.subjects_of(db, case.id, within)
    return _sent(queries.around(db, subjects, within), file_format, case.reference)


def written(document: Document, file_format: str) -> tuple[str, tuple[str, ...]]:
    """The text of a file, and what it cannot carry."""
    if file_format == FTM:
        return ftm.write(document)
    return bods.write(document, publisher="Extraction Docket", on=today())


def _sent(document: Document, file_format: str, name: str) -> ResponseReturnValue:
    answer = make_response(written(document, file_format)[0])
    answer.mimetype = "application/json"
    suffix = SUFFIXES.get(file_format, f"{file_format}.json")
    answer.headers["Content-Disposition"] = f"attachment; filename={name}.{suffix}"
    return answer


@entities.get("/import")
@requires(Permission.ENTITY_EDIT)
def new_import() -> ResponseReturnValue:
    return _file_page(FileForm())


@entities.post("/import")
@requires(Permission.ENTITY_EDIT)
@takes_file
@once
def look_at_import() -> ResponseReturnValue:
    form = FileForm()
    if not form.validate():
        return _file_page(form), 422
    try:
        READERS[form.file_format.data](form.text)
    except DocumentRefused as refused:
        return _file_page(form, refused.told), 422
    kept = {"format": form.file_format.data, "text": form.text}
    kept |= {"training": "y"} if form.training.data else {}
    keep_draft(DRAFT, "-", MultiDict(kept))
    return redirect(url_for(".preview_import"), 303)


@entities.get("/import/preview")
@requires(Permission.ENTITY_EDIT)
def preview_import() -> ResponseReturnValue:
    waiting = _waiting()
    return _preview(waiting, _form()) if waiting else redirect(url_for(".new_import"))


@entities.post("/import/preview")
@requires(Permission.ENTITY_EDIT)
@once
def record_import() -> ResponseReturnValue:
    waiting, form = _waiting(), _form()
    if waiting is None:
        flash("No file is waiting to be recorded.", "warning")
        return redirect(url_for(".new_import"), 303)
    if form.digest.data != waiting.digest:
        form.form_errors.append(GONE)
        return _preview(waiting, form, 409)
    try:
        plan = _record(waiting, form) if form.validate() else None
    except InvalidValue as refusal:
        form.form_errors.append(str(refusal))
        plan = None
    if plan is None:
        return _preview(waiting, form, 422)
    drop_draft(DRAFT)
    flash(f"{len(plan.parties)} parties and {len(plan.links)} relations are on record.", "success")
    return redirect(url_for(".index"), 303)


def _file_page(form: FileForm, faults: Iterable[str] = ()) -> str:
    return render_template(
        "entities/interchange_new.html", form=form, faults=faults, waits=_waiting() is not None
    )


def _waiting() -> Waiting | None:
    """The officer's own file that was looked at and not yet recorded; None without a good one."""
    draft: MultiDict[str, str] = load_draft(DRAFT) or MultiDict()
    file_format, text = draft.get("format", ""), draft.get("text", "")
    if file_format not in READERS:
        return None
    training = "training" in draft
    told = "\n".join((file_format, str(training), text))
    try:
        document = READERS[file_format](text)
    except DocumentRefused:
        return None
    return Waiting(file_format, document, training, hashlib.sha256(told.encode()).hexdigest())


def _record(waiting: Waiting, form: RecordForm) -> queries.Plan:
    source = form.cited()
    if not isinstance(source, SourceFact):
        raise InvalidValue("Describe the source of the file.", "source_title")
    return actions.record_document(
        db,
        waiting.document,
        within=screening.visible_to(current_officer),
        source=source,
        training=waiting.training,
        by=current_officer,
        at=now(),
    )


def _form() -> RecordForm:
    form = RecordForm()
    form.offer_bases(dict(words_of("basis")))
    return form


def _preview(waiting: Waiting, form: RecordForm, status: int = 200) -> ResponseReturnValue:
    within = screening.visible_to(current_officer)
    plan = queries.plan_for(db, waiting.document, within, training=waiting.training)
    form.digest.data = waiting.digest
    page = render_template(
        "entities/interchange_preview.html",
        form=form,
        plan=plan,
        document=waiting.document,
        names={row.party.key: row.party.names[0].text for row in plan.parties},
        format_title=FORMATS[waiting.file_format],
        training=waiting.training,
    )
    return page, status
