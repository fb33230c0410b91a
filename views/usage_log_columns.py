"""Which column of the owner's is which of ours; the page from which a log is taken in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import Blueprint, current_app, flash, render_template, request
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.evidence.actions import logs as actions
from casework.evidence.actions.exhibits import context_of
from casework.evidence.apart import ChildDied, WorkRefused
from casework.evidence.log_columns import Kept, columns_in
from casework.evidence.log_facts import reading_in
from casework.evidence.store import BlobDamaged
from casework.evidence.usage.columns import COLUMNS, Column, suggest
from models import Case, UsageLog
from views.access import current_officer, requires
from views.casebar import case_page
from views.clock import now
from views.evidence import blob_store
from views.forms.usage_log import PREFIX, ColumnsForm, columns_form
from views.once import once
from views.transaction import db
from views.usage_log_place import found_log, to_log, wake_for

PARQUET = "application/vnd.apache.parquet"
Theirs = Mapping[str, Sequence[str]]


def column_pages(blueprint: Blueprint) -> None:
    rule = "/<int:log_number>/columns"
    blueprint.add_url_rule(rule, view_func=columns, methods=["GET"])
    blueprint.add_url_rule(rule, view_func=map_columns, methods=["POST"])


def unmapped(log: UsageLog) -> list[Column]:
    """Our columns that the log is read without."""
    mapped = reading_in(log.mapping).columns
    return [column for column in COLUMNS if column.name not in mapped]


@requires(Permission.EVIDENCE_ANALYZE)
def columns(case: Case, log_number: int) -> ResponseReturnValue:
    log = found_log(case, log_number)
    theirs, refused = _theirs(case, log)
    return _page(case, log, _begun(log, theirs), theirs, refused=refused)


def _begun(log: UsageLog, theirs: Theirs) -> ColumnsForm:
    """What was kept, else what names and known aliases suggest."""
    kept = reading_in(log.mapping)
    chosen = kept.columns or suggest(theirs)
    words = "\n".join(f"{their} = {our}" for their, our in kept.capabilities.items())
    data = {PREFIX + ours: name for ours, name in chosen.items() if name in theirs}
    data |= {"expected": str(log.version), "capabilities": words}
    return _offered(columns_form()(None, data=data), theirs)


@requires(Permission.EVIDENCE_ANALYZE)
@once
def map_columns(case: Case, log_number: int) -> ResponseReturnValue:
    log = found_log(case, log_number)
    theirs, refused = _theirs(case, log)
    form = _offered(columns_form()(), theirs)
    keep_only = "keep" in request.form
    if not form.validate() or not (keep_only or form.complete()):
        return _page(case, log, form, theirs, refused=refused, status=422)
    reading, at = form.reading(reading_in(log.mapping)), now()
    actions.map_log(
        db, case, log, reading, expected=form.expected_version, by=current_officer, at=at
    )
    if keep_only:
        flash("The columns are kept. Nothing is taken in yet.", "success")
    else:
        wake_for(actions.ask_intake(db, case, log, by=current_officer, at=at).id)
    return to_log(case, log)


def _theirs(case: Case, log: UsageLog) -> tuple[Theirs, str]:
    """The columns of the files with examples, or why they cannot be read."""
    files = [
        Kept(row.exhibit.file_name, row.exhibit.blob_key or "", row.exhibit.media_type == PARQUET)
        for row in log.files
    ]
    cache = current_app.extensions["settings"].data_dir / "cache"
    cache.mkdir(mode=0o700, exist_ok=True)
    try:
        return columns_in(blob_store(), context_of(case), files, cache), ""
    except (WorkRefused, ChildDied) as refused:
        return {}, str(refused)
    except BlobDamaged:
        return {}, "A stored file DIFFERS from what was received. Tell the records officer."


def _offered(form: ColumnsForm, theirs: Theirs) -> ColumnsForm:
    form.offer(list(theirs))
    return form


def _page(
    case: Case,
    log: UsageLog,
    form: ColumnsForm,
    theirs: Theirs,
    *,
    refused: str,
    status: int = 200,
) -> ResponseReturnValue:
    page = render_template(
        "evidence/mapping.html",
        log=log,
        form=form,
        theirs=theirs,
        refused=refused,
        **case_page(case, "evidence", "logs"),
    )
    return page, status
