"""Accounts, invitations, sign-in and sessions."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework import audit
from casework.access import Role
from casework.errors import Forbidden, InvalidValue, NotFound
from casework.people import passwords, queries
from casework.people.actions.standing import affiliation_for
from casework.people.throttle import pause
from models import (
    Invitation,
    Officer,
    Organization,
    Person,
    RoleGrant,
    SignInSession,
    SignInThrottle,
)

INVITATION_LASTS = timedelta(hours=24)
# One address may be a whole office behind one gateway: it is held back later than an account.
ADDRESS_ALLOWANCE = 20


def add_organization(session: Session, name: str, agency: str | None = None) -> Organization:
    found = session.scalars(sa.select(Organization).where(Organization.name == name)).one_or_none()
    if found is None:
        found = Organization(name=name, agency=agency)
        session.add(found)
        session.flush()
    return found


def add_officer(
    session: Session,
    *,
    name: str,
    email: str,
    organization: Organization,
    roles: Iterable[str],
    by: Officer | None,
    at: datetime,
    person: Person | None = None,
    affiliation: str = "",
    nationality: str = "US",
) -> Officer:
    """An account without a password. InvalidValue for an unknown role or an address in use.

    `affiliation` left empty follows from the roles: a reporter is outside the government.
    """
    email = email.strip().lower()
    roles = sorted(set(roles))
    _refuse_roles(roles, organization)
    if queries.officer_by_email(session, email):
        raise InvalidValue(f"{email} has an account already.", "email")
    officer = Officer(
        email=email,
        person=person or Person(name=name),
        organization=organization,
        affiliation=affiliation_for(roles, affiliation),
        nationality=nationality,
        created_at=at,
    )
    session.add(officer)
    session.flush()
    for role in roles:
        officer.grants.append(
            RoleGrant(role=role, granted_by_id=by.id if by else None, granted_at=at)
        )
    session.flush()
    audit.record(
        session, by, "officer.add", f"officer:{officer.id}", at=at, email=email, roles=roles
    )
    return officer


def _refuse_roles(roles: list[str], organization: Organization) -> None:
    unknown = [role for role in roles if role not in set(Role)]
    if unknown or not roles:
        raise InvalidValue(f"Choose roles from: {', '.join(Role)}.", "roles")
    if Role.REPORTER in roles and (len(roles) > 1 or organization.agency):
        raise InvalidValue("A reporter belongs to a model owner and holds no other role.", "roles")
    if Role.REPORTER not in roles and not organization.agency:
        raise InvalidValue("Only reporters may belong to a model owner.", "organization")


def invite(session: Session, officer: Officer, *, by: Officer | None, at: datetime) -> str:
    """A one-time token to set a password; earlier ones stop working. Only its hash is stored."""
    session.execute(
        sa.update(Invitation)
        .where(Invitation.officer_id == officer.id, Invitation.used_at.is_(None))
        .values(used_at=at)
    )
    token = secrets.token_urlsafe(32)
    session.add(
        Invitation(
            officer=officer,
            token_sha256=hashlib.sha256(token.encode()).hexdigest(),
            created_at=at,
            expires_at=at + INVITATION_LASTS,
        )
    )
    audit.record(session, by, "officer.invite", f"officer:{officer.id}", at=at)
    return token


def accept_invitation(session: Session, token: str, password: str, *, at: datetime) -> Officer:
    """Set the password and use the link up. NotFound when it is unknown, used or too old."""
    digest = hashlib.sha256(token.encode()).hexdigest()
    invitation = queries.open_invitation(session, digest, at)
    if invitation is None:
        raise NotFound("This link is not valid any more. Ask an administrator for a new one.")
    officer = invitation.officer
    set_password(session, officer, password, at=at)
    invitation.used_at = at
    audit.record(session, officer, "invitation.accept", f"officer:{officer.id}", at=at)
    return officer


def set_password(session: Session, officer: Officer, password: str, *, at: datetime) -> None:
    fault = passwords.fault(password, name=officer.name, email=officer.email)
    if fault:
        raise InvalidValue(fault, "password")
    officer.password_hash = passwords.hasher().hash(password)
    end_all_sessions(session, officer, at=at)
    audit.record(session, officer, "password.set", f"officer:{officer.id}", at=at)


def check_sign_in(
    session: Session, email: str, password: str, *, address: str, at: datetime
) -> Officer | None:
    """The officer, or None: wrong, unknown, disabled and held back are told alike (AN-7).

    Failures are counted for the account and for the address, in the database, so that they
    outlive a restart and count across workers.
    """
    account, place = f"account:{email.strip().lower()[:320]}", f"address:{address}"
    known = {row.key: row for row in queries.throttles(session, [account, place])}
    held = any(row.blocked_until and row.blocked_until > at for row in known.values())
    officer = queries.officer_by_email(session, email)
    right = passwords.matches(password, officer.password_hash if officer else None)
    if officer and right and officer.active and not held:
        for row in known.values():
            session.delete(row)
        if passwords.hasher().check_needs_rehash(officer.password_hash or ""):
            officer.password_hash = passwords.hasher().hash(password)
        audit.record(session, officer, "sign_in.ok", f"officer:{officer.id}", at=at)
        return officer
    if not held:
        _count_failure(session, known.get(account), account, allowance=0, at=at)
        _count_failure(session, known.get(place), place, allowance=ADDRESS_ALLOWANCE, at=at)
    audit.record(session, None, "sign_in.fail", "sign-in", at=at, held_back=held)
    return None


def _count_failure(
    session: Session, row: SignInThrottle | None, key: str, *, allowance: int, at: datetime
) -> None:
    if row is None:
        row = SignInThrottle(key=key, failures=0, last_failure_at=at)
        session.add(row)
    row.failures += 1
    row.last_failure_at = at
    wait = pause(row.failures - allowance)
    row.blocked_until = at + wait if wait else None


def keep_session(
    session: Session,
    token_sha256: str,
    *,
    officer_id: str | None,
    data: str,
    at: datetime,
    address: str,
    agent: str,
) -> None:
    """Write the row of a session; a row that was ended meanwhile stays ended."""
    row = session.get(SignInSession, token_sha256)
    if row is None:
        session.add(
            SignInSession(
                token_sha256=token_sha256,
                officer_id=uuid.UUID(officer_id) if officer_id else None,
                data=data,
                created_at=at,
                seen_at=at,
                address=address,
                agent=agent,
            )
        )
    elif row.ended_at is None:
        row.data, row.seen_at = data, at


def end_sessions(session: Session, token_hashes: list[str], *, at: datetime) -> None:
    if token_hashes:
        session.execute(
            sa.update(SignInSession)
            .where(SignInSession.token_sha256.in_(token_hashes))
            .values(ended_at=at, data="{}")
        )


def end_all_sessions(session: Session, officer: Officer, *, at: datetime) -> None:
    session.execute(
        sa.update(SignInSession)
        .where(SignInSession.officer_id == officer.id, SignInSession.ended_at.is_(None))
        .values(ended_at=at)
    )


def end_own_session(session: Session, officer: Officer, token_sha256: str, *, at: datetime) -> None:
    row = session.get(SignInSession, token_sha256)
    if row is None or row.officer_id != officer.id:
        raise NotFound("No such session.")
    row.ended_at = at
    audit.record(session, officer, "session.end", f"officer:{officer.id}", at=at)


def set_active(
    session: Session, officer: Officer, *, active: bool, by: Officer, at: datetime
) -> None:
    if officer.person_id == by.person_id:
        raise Forbidden("You cannot change your own account.")
    officer.active = active
    end_all_sessions(session, officer, at=at)
    word = "officer.enable" if active else "officer.disable"
    audit.record(session, by, word, f"officer:{officer.id}", at=at)
