"""Owners' permissions to publish: given, running, ended."""

from __future__ import annotations

from dataclasses import asdict
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.errors import InvalidValue
from casework.evidence.queries.exhibits import exhibits_of
from casework.listing.actions import permissions as actions
from casework.listing.queries import permissions as queries
from casework.listing.queries import sources
from casework.listing.rules import state_of
from casework.statute.loader import load_pack
from models import Case, OwnerPermission
from views.access import current_officer, requires
from views.assembly import choices
from views.casebar import case_page
from views.clock import now, today
from views.drafts import drop_draft, load_draft
from views.forms.permission import PermissionForm, RevocationForm, complain
from views.once import once
from views.transaction import db

permissions = Blueprint("permissions", __name__, url_prefix="/cases/<case_ref>/permissions")


@permissions.get("")
@requires(Permission.CASE_READ)
def index(case: Case) -> ResponseReturnValue:
    rows = queries.permissions_of(db, case)
    return render_template(
        "listing/permissions.html",
        rows=rows,
        states={row.id: state_of(queries.leave_of(row), today()) for row in rows},
        held=sources.held_of(db, case),
        vocabulary=load_pack(case.text_version).vocabularies["permission_product"],
        **case_page(case, "evidence", "permissions"),
    )


@permissions.get("/new")
@requires(Permission.PERMISSION_RECORD)
def new(case: Case) -> ResponseReturnValue:
    return _page(case, _offered(case, PermissionForm(load_draft("permission", case.reference))))


@permissions.post("/new")
@requires(Permission.PERMISSION_RECORD)
@once
def record(case: Case) -> ResponseReturnValue:
    form = _offered(case, PermissionForm())
    if not form.validate():
        return _page(case, form, status=422)
    given = actions.Leave(**asdict(form.answer()))
    try:
        actions.record_permission(db, case, given, by=current_officer, at=now(), on=today())
    except InvalidValue as wrong:
        complain(form, wrong.field, str(wrong))
        return _page(case, form, status=422)
    drop_draft("permission", case.reference)
    flash("The permission is on record, for exactly these words.", "success")
    return redirect(url_for(".index", case_ref=case.reference), 303)


@permissions.get("/<uuid:permission_id>/revocation")
@requires(Permission.PERMISSION_RECORD)
def revocation(case: Case, permission_id: UUID) -> ResponseReturnValue:
    return _revocation_page(case, _found(case, permission_id), RevocationForm())


@permissions.post("/<uuid:permission_id>/revocation")
@requires(Permission.PERMISSION_RECORD)
@once
def revoke(case: Case, permission_id: UUID) -> ResponseReturnValue:
    row, form = _found(case, permission_id), RevocationForm()
    if not form.validate():
        return _revocation_page(case, row, form, status=422)
    given = form.answer()
    try:
        actions.revoke_permission(
            db, case, row, revoked_on=given.on, reason=given.reason,
            by=current_officer, at=now(), on=today(),
        )  # fmt: skip
    except InvalidValue as wrong:
        complain(form, wrong.field, str(wrong))
        return _revocation_page(case, row, form, status=422)
    flash("The permission has ended. Look at the public list of this case.", "success")
    return redirect(url_for(".index", case_ref=case.reference), 303)


def _found(case: Case, key: UUID) -> OwnerPermission:
    return queries.find_permission(db, case, key) or abort(404)


def _offered(case: Case, form: PermissionForm) -> PermissionForm:
    held = sources.held_of(db, case).values()
    form.offer(
        [(name, name) for name in sources.owners_of(db, case)],
        choices("permission_product"),
        [(row.ref, row.title) for row in held if row.owners],
        [(str(row.number), f"Exhibit {row.number}: {row.title}") for row in exhibits_of(db, case)],
    )
    return form


def _page(case: Case, form: PermissionForm, *, status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "listing/permission.html",
        form=form,
        vocabulary=load_pack(case.text_version).vocabularies["permission_product"],
        **case_page(case, "evidence", "permissions"),
    )
    return page, status


def _revocation_page(
    case: Case, row: OwnerPermission, form: RevocationForm, *, status: int = 200
) -> ResponseReturnValue:
    page = render_template(
        "listing/revocation.html", row=row, form=form, **case_page(case, "evidence", "permissions")
    )
    return page, status
