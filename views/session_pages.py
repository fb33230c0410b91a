"""Sign in, sign out, accept an invitation, end sessions."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

from flask import (
    Blueprint,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue

from casework.access import ROLE_TITLES, Permission, Role
from casework.errors import InvalidValue
from casework.people import queries
from casework.people.actions import accounts as actions
from views.access import current_officer, officer_or_none, public, requires
from views.clock import now
from views.forms.sign_in import ChoosePasswordForm, SignInForm
from views.origin import address
from views.sessions import current_session, token_sha256
from views.transaction import db, own_transaction

session_pages = Blueprint("session", __name__)

WRONG = "The address or the password is not right, or sign-in is held back for a moment. Try again."


def local_path(target: str) -> str:
    """`target` if it is a path of this application, else the front page (no open redirect)."""
    parts = urlsplit(target)
    safe = target.startswith("/") and not target.startswith(("//", "/\\")) and "\\" not in target
    return target if safe and not parts.scheme and not parts.netloc else "/"


@session_pages.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    if officer_or_none():
        return redirect(local_path(request.args.get("next", "")))
    return render_template("session/sign_in.html", form=SignInForm(request.args))


@session_pages.post("/sign-in")
@public
def submit_sign_in() -> ResponseReturnValue:
    form = SignInForm()
    if not form.validate():
        return render_template("session/sign_in.html", form=form), 422
    answer = form.answer()
    # Apart from the request's transaction: a failure must be counted although the answer is 422.
    with own_transaction() as store:
        officer = actions.check_sign_in(
            store, answer.email, answer.password, address=address(), at=now()
        )
        officer_id = str(officer.id) if officer else None
    if officer_id is None:
        form.password.errors = [WRONG]
        return render_template("session/sign_in.html", form=form), 422
    current_session().rotate()
    session["officer_id"] = officer_id
    return redirect(local_path(answer.next), 303)


@session_pages.post("/sign-out")
@requires(Permission.DESK)
def sign_out() -> ResponseReturnValue:
    current_session().end()
    flash("You are signed out.", "success")
    response = redirect(url_for(".sign_in"), 303)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@session_pages.post("/session/extend")
@requires(Permission.DESK)
def extend() -> ResponseReturnValue:
    current_session().touch = True
    return "", 204


@session_pages.route("/invitation/<token>", methods=["GET", "POST"])
@public
def invitation(token: str) -> ResponseReturnValue:
    digest = token_sha256(token)
    found = queries.open_invitation(db, digest, now())
    if found is None:
        return render_template("session/invitation_gone.html"), 404
    form = ChoosePasswordForm()
    if request.method == "POST" and form.validate():
        try:
            actions.accept_invitation(db, token, form.answer().password, at=now())
        except InvalidValue as fault:
            form.password.errors = [str(fault)]
        else:
            flash("Your password is set. Sign in with it.", "success")
            return redirect(url_for(".sign_in"), 303)
    status = 422 if request.method == "POST" else 200
    return render_template("session/invitation.html", form=form, invited=found.officer), status


@session_pages.get("/account")
@requires(Permission.DESK)
def account() -> ResponseReturnValue:
    idle = timedelta(seconds=current_app.config["PERMANENT_SESSION_LIFETIME"].total_seconds())
    return render_template(
        "session/account.html",
        sessions=queries.open_sessions(db, current_officer, now() - idle),
        current=token_sha256(current_session().token),
        roles=[ROLE_TITLES[Role(role)] for role in sorted(current_officer.roles)],
    )


@session_pages.post("/account/sessions/<digest>/end")
@requires(Permission.DESK)
def end(digest: str) -> ResponseReturnValue:
    actions.end_own_session(db, current_officer, digest, at=now())
    flash("That session has ended.", "success")
    return redirect(url_for(".account"), 303)
