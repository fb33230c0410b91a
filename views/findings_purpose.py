"""The written statement on purpose for one subject."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.errors import StaleVersion
from casework.findings import actions, queries, rules
from casework.statute.loader import load_pack
from models import Case, Entity
from views.access import current_officer, requires
from views.casebar import case_page
from views.clock import now
from views.drafts import drop_draft, load_draft
from views.findings_subject import required_of
from views.forms.purpose import PREFIX, PurposeForm, Statement, purpose_form
from views.once import once
from views.transaction import db


def purpose_pages(blueprint: Blueprint) -> None:
    blueprint.add_url_rule("/purpose", view_func=purpose, methods=["GET"])
    blueprint.add_url_rule("/purpose", view_func=state_purpose, methods=["POST"])


@requires(Permission.FINDING_READ)
def purpose(case: Case) -> ResponseReturnValue:
    entity = required_of(case)
    kind = _form(case)
    draft = load_draft("purpose", _draft_subject(case, entity))
    count = len(queries.statements_of(db, case, entity))
    form = kind(draft) if draft else kind(None, expected=str(count))
    return _page(case, entity, form)


@requires(Permission.FINDING_WRITE)
@once
def state_purpose(case: Case) -> ResponseReturnValue:
    entity = required_of(case)
    form = _form(case)()
    if not form.validate():
        return _page(case, entity, form, status=422)
    try:
        _save(case, entity, form.answer())
    except StaleVersion:
        return _conflict(case, entity, form)
    drop_draft("purpose", _draft_subject(case, entity))
    flash("The statement is on record.", "success")
    return redirect(url_for("findings.index", case_ref=case.reference, subject=entity.id), 303)


def _save(case: Case, entity: Entity, statement: Statement) -> None:
    actions.state_purpose(
        db,
        case,
        entity=entity,
        text=statement.text,
        factors=statement.factors,
        innocent_explanation=statement.innocent_explanation,
        expected=statement.expected,
        by=current_officer,
        at=now(),
    )


def _draft_subject(case: Case, entity: Entity) -> str:
    return f"{case.reference}:{entity.id}"


def _form(case: Case) -> type[PurposeForm]:
    pack = load_pack(case.text_version)
    return purpose_form(
        [factor for row in rules.weighed(pack) for factor in rules.factors(pack, row.id)]
    )


def _conflict(case: Case, entity: Entity, form: PurposeForm) -> ResponseReturnValue:
    form.expected.data = str(len(queries.statements_of(db, case, entity)))
    return _page(case, entity, form, status=409)


def _page(
    case: Case, entity: Entity, form: PurposeForm, *, status: int = 200
) -> ResponseReturnValue:
    page = render_template(
        "findings/purpose.html",
        entity=entity,
        form=form,
        prefix=PREFIX,
        elements=load_pack(case.text_version).elements,
        statements=queries.statements_of(db, case, entity),
        stale=status == 409,
        draft_subject=_draft_subject(case, entity),
        **case_page(case, "findings"),
    )
    return page, status
