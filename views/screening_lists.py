"""Lists of others: which edition is in force, what differs between two, what was set aside."""

from __future__ import annotations

from functools import partial
from typing import BinaryIO, cast

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from casework.access import Permission
from casework.evidence.store import EmptyFile, FileTooLarge
from casework.screening.actions.watchlists import order_import
from casework.screening.queries import watchlists as queries
from casework.screening.watchlists.sources import LISTS, List
from models import Job, WatchlistEdition
from views.access import current_officer, requires
from views.assembly import filesize
from views.clock import now, today
from views.evidence import blob_store, upload_cap
from views.forms.screening_list import ListForm
from views.numbers import MOST
from views.once import once
from views.screening_blueprint import screening
from views.transaction import after_commit, db
from views.uploads import takes_file
from views.wake import wake


@screening.get("/lists")
@requires(Permission.ENTITY_READ)
def lists() -> ResponseReturnValue:
    return render_template(
        "screening/lists.html",
        lists=LISTS,
        in_force=queries.in_force(db),
        jobs=queries.imports_of(db),
    )


@screening.get("/lists/<source>")
@requires(Permission.ENTITY_READ)
def list_editions(source: str) -> ResponseReturnValue:
    listed = _listed(source)
    return render_template(
        "screening/lists_editions.html",
        listed=listed,
        editions=queries.editions(db, source),
        jobs=queries.imports_of(db, source),
    )


@screening.get("/lists/<source>/editions/<int:number>")
@requires(Permission.ENTITY_READ)
def list_edition(source: str, number: int) -> ResponseReturnValue:
    listed, edition = _listed(source), _edition(source, number)
    skip = _number("skip", otherwise=0)
    return render_template(
        "screening/lists_edition.html",
        listed=listed,
        edition=edition,
        rejects=queries.rejects(db, edition.id, skip=skip),
        skip=skip,
    )


@screening.get("/lists/<source>/differences")
@requires(Permission.ENTITY_READ)
def list_differences(source: str) -> ResponseReturnValue:
    """Two editions named in the query; without them the newest and the one before."""
    listed, editions = _listed(source), queries.editions(db, source)
    if not editions:
        abort(404)
    newest = editions[0].number
    later = _number("later", otherwise=newest)
    earlier = _number("earlier", otherwise=max(later - 1, 1))
    earlier, later = sorted((earlier, later))
    return render_template(
        "screening/lists_differences.html",
        listed=listed,
        editions=editions,
        earlier=_edition(source, earlier),
        later=_edition(source, later),
        found=queries.differences(db, source, earlier, later, after=request.args.get("after", "")),
        after=request.args.get("after", ""),
    )


@screening.get("/lists/<source>/new")
@requires(Permission.ENTITY_EDIT)
def new_list_edition(source: str) -> ResponseReturnValue:
    return _form_page(_listed(source), ListForm(None), 200)


@screening.post("/lists/<source>/new")
@requires(Permission.ENTITY_EDIT)
@takes_file
@once
def hand_in_list_edition(source: str) -> ResponseReturnValue:
    listed, form = _listed(source), ListForm()
    if not form.validate():
        return _form_page(listed, form, 422)
    if len(form.files.data) > 1 and not listed.several:
        form.files.errors = [f"Choose one file: an edition is {listed.files}."]
        return _form_page(listed, form, 422)
    try:
        files = [_kept(source, sent) for sent in form.files.data]
    except (EmptyFile, FileTooLarge) as refused:
        return _refused_file(listed, form, refused)
    _order(source, files, form)
    flash("The files are handed in. This page shows how far the import is.", "success")
    return redirect(url_for(".list_editions", source=source), 303)


def _order(source: str, files: list[dict[str, str]], form: ListForm) -> None:
    job: Job = order_import(
        db,
        source,
        files,
        dated_on=form.dated_on.data,
        by=current_officer,
        at=now(),
        on=today(),
    )
    after_commit(partial(wake, job.id))


def _kept(source: str, sent: FileStorage) -> dict[str, str]:
    """Put a file where the worker finds it; the sweep of files without a row removes it later."""
    context = f"watchlist:{source}"
    stored = blob_store().put(cast(BinaryIO, sent.stream), context, cap=upload_cap())
    return {"name": sent.filename or "file", "key": stored.key, "context": context}


def _refused_file(listed: List, form: ListForm, refused: Exception) -> ResponseReturnValue:
    if isinstance(refused, FileTooLarge):
        form.files.errors = [
            f"A file is larger than {filesize(refused.cap)}. Import it on the command line."
        ]
        return _form_page(listed, form, 413)
    form.files.errors = ["A file is empty. Choose one that holds the list."]
    return _form_page(listed, form, 422)


def _form_page(listed: List, form: ListForm, status: int) -> ResponseReturnValue:
    page = render_template("screening/lists_new.html", listed=listed, form=form, cap=upload_cap())
    return page, status


def _number(name: str, *, otherwise: int) -> int:
    """A whole number of the query; 404 for what is none, since no link leads there."""
    text = request.args.get(name, "")
    if not text:
        return otherwise
    if not (text.isascii() and text.isdecimal()) or len(text) > len(str(MOST)) or int(text) > MOST:
        abort(404)
    return int(text)


def _listed(source: str) -> List:
    return LISTS.get(source) or abort(404)


def _edition(source: str, number: int) -> WatchlistEdition:
    return queries.find_edition(db, source, number) or abort(404)
