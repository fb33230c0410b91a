"""One entry of the public list: proposed, seen as the public would, published, taken down."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.errors import InvalidValue, StaleVersion
from casework.listing.actions import proposals as proposing
from casework.listing.actions import publication as publishing
from casework.listing.queries import proposals as queries
from casework.listing.queries.sources import held_of
from casework.listing.queries.subjects import denials_of
from casework.listing.register import preview
from casework.statute.loader import load_pack
from casework.workflow.queries.standing import record_of
from models import Case, Entity, ListProposal, ListPublication
from views.access import current_officer, requires
from views.assembly import choices
from views.casebar import case_page, counts_of, dates_of
from views.clock import now, today
from views.drafts import drop_draft, load_draft
from views.findings_subject import required_of
from views.forms.list_entry import ListEntryForm, ListPublicationForm, ListTakedownForm
from views.forms.permission import complain
from views.listing import listing, state_of
from views.once import once
from views.transaction import db


@listing.get("/propose")
@requires(Permission.LIST_PROPOSE)
def prepare(case: Case) -> ResponseReturnValue:
    entity = required_of(case)
    draft = load_draft("list-entry", _draft_subject(case, entity))
    current = queries.current_proposal(db, case, entity)
    form = ListEntryForm(draft) if draft else ListEntryForm(None, **_start(current))
    return _form_page(case, entity, form)


@listing.post("/propose")
@requires(Permission.LIST_PROPOSE)
@once
def propose(case: Case) -> ResponseReturnValue:
    entity, form = required_of(case), ListEntryForm()
    if request.form.get("step") == "row":
        form.grow()
        return _form_page(case, entity, form)
    if not form.validate():
        return _form_page(case, entity, form, status=422)
    try:
        made = _save(case, entity, form)
    except InvalidValue as wrong:
        complain(form, _placed(form, wrong.field), str(wrong))
        return _form_page(case, entity, form, status=422)
    except StaleVersion:
        return _conflict(case, entity, form)
    drop_draft("list-entry", _draft_subject(case, entity))
    flash("Proposed. Another person publishes it, in exactly these words.", "success")
    return redirect(_address(case, made), 303)


@listing.get("/<uuid:proposal_id>")
@requires(Permission.CASE_READ)
def show(case: Case, proposal_id: UUID) -> ResponseReturnValue:
    row = _found(case, proposal_id)
    form = ListPublicationForm(None, content_sha256=row.content_sha256)
    return _entry_page(case, row, form)


@listing.post("/<uuid:proposal_id>/publication")
@requires(Permission.LIST_PUBLISH)
@once
def publish(case: Case, proposal_id: UUID) -> ResponseReturnValue:
    row, form = _found(case, proposal_id), ListPublicationForm()
    if not form.validate():
        return _entry_page(case, row, form, status=422)
    publishing.publish(
        db,
        case,
        row,
        content_sha256=form.answer(),
        enacted=dates_of(case).enacted,
        by=current_officer,
        at=now(),
        on=today(),
    )
    flash("Published. The public list shows the entry now.", "success")
    return redirect(_address(case, row), 303)


@listing.get("/publications/<uuid:publication_id>/removal")
@requires(Permission.LIST_TAKE_DOWN)
def removal(case: Case, publication_id: UUID) -> ResponseReturnValue:
    row = _publication(case, publication_id)
    form = ListTakedownForm(None, ground=request.args.get("ground", ""))
    return _removal_page(case, row, form)


@listing.post("/publications/<uuid:publication_id>/removal")
@requires(Permission.LIST_TAKE_DOWN)
@once
def take_down(case: Case, publication_id: UUID) -> ResponseReturnValue:
    row, form = _publication(case, publication_id), _offered(ListTakedownForm())
    if not form.validate():
        return _removal_page(case, row, form, status=422)
    given = form.answer()
    publishing.take_down(
        db,
        case,
        row,
        ground=given.ground,
        reason=given.reason,
        by=current_officer,
        at=now(),
        on=today(),
    )
    flash("The entry is off the public list.", "success")
    return redirect(url_for(".index", case_ref=case.reference), 303)


def _save(case: Case, entity: Entity, form: ListEntryForm) -> ListProposal:
    return proposing.propose(
        db,
        case,
        entity=entity,
        words=form.words(),
        supersedes=form.superseded,
        by=current_officer,
        at=now(),
    )


def _placed(form: ListEntryForm, field: str) -> str:
    """Rows left empty are no lines: the field of a line, as the form numbers its rows."""
    _, _, rest = field.partition("-")
    place, _, name = rest.partition("-")
    return f"{form.filled()[int(place)].name}-{name}" if rest else field


def _start(current: ListProposal | None) -> dict[str, object]:
    """The form of a correction begins with the words that it replaces."""
    if current is None:
        return {}
    content = current.content
    names = ("part", "reading", "lines", "privacy", "correction")
    return {"supersedes": str(current.id), **{name: content[name] for name in names}}


def _found(case: Case, key: UUID) -> ListProposal:
    return queries.find_proposal(db, case, key) or abort(404)


def _publication(case: Case, key: UUID) -> ListPublication:
    return queries.find_publication(db, case, key) or abort(404)


def _address(case: Case, row: ListProposal) -> str:
    return url_for("listing.show", case_ref=case.reference, proposal_id=row.id)


def _draft_subject(case: Case, entity: Entity) -> str:
    return f"{case.reference}:{entity.id}"


def _conflict(case: Case, entity: Entity, form: ListEntryForm) -> ResponseReturnValue:
    """409 with the saved proposal beside the form, which now replaces that one."""
    current = queries.current_proposal(db, case, entity)
    form.supersedes.data = str(current.id) if current else ""
    return _form_page(case, entity, form, status=409)


def _form_page(
    case: Case, entity: Entity, form: ListEntryForm, *, status: int = 200
) -> ResponseReturnValue:
    held = held_of(db, case).values()
    form.offer(
        [(row.ref, _titled(row.title, confidential=row.confidential)) for row in held],
        [(row.ref, row.title) for row in held if row.public],
    )
    page = render_template(
        "listing/propose.html",
        form=form,
        entity=entity,
        denials=denials_of(db, case, entity),
        current=queries.current_proposal(db, case, entity),
        stale=status == 409,
        draft_subject=_draft_subject(case, entity),
        **case_page(case, "measures", "listing"),
    )
    return page, status


def _titled(title: str, *, confidential: bool) -> str:
    return f"{title} (confidential)" if confidential else title


def _entry_page(
    case: Case, row: ListProposal, form: ListPublicationForm, *, status: int = 200
) -> ResponseReturnValue:
    rows = queries.proposals_of(db, case)
    record = record_of(db, case, dates=dates_of(case), counts=counts_of(case))
    enacted = dates_of(case).enacted
    weighed = queries.weigh(db, case, row, enacted=enacted, on=today(), record=record)
    page = render_template(
        "listing/show.html",
        row=row,
        form=form,
        state=state_of(row, replaced=row.id in {each.supersedes_id for each in rows}),
        weighed=weighed,
        entry=preview(row.id, row.content, on=today(), drop=weighed.drop),
        own=row.by_person_id == current_officer.person_id,
        pack=load_pack(case.text_version),
        **case_page(case, "measures", "listing"),
    )
    return page, status


def _offered(form: ListTakedownForm) -> ListTakedownForm:
    form.offer([pair for pair in choices("takedown_ground") if pair[0] != publishing.CORRECTION])
    return form


def _removal_page(
    case: Case, row: ListPublication, form: ListTakedownForm, *, status: int = 200
) -> ResponseReturnValue:
    page = render_template(
        "listing/removal.html",
        row=row,
        form=_offered(form),
        **case_page(case, "measures", "listing"),
    )
    return page, status
