"""Exhibits with what they rest on and why one is withheld; votes that are closed."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from casework.evidence.queries.exhibits import exhibits_of
from casework.packets.lettering import day
from casework.reports.source import Holding, Vote
from casework.statute.pack import StatutePack
from models import Ballot, Case, Exhibit, Marking, Motion, MotionClosing

_PRIVILEGE = "PRIVILEGE"
_OF_COUNSEL = ("AC", "AWP")
_BEARINGS = {"supports": "supports", "contrary": "contrary", "neutral": "neutral"}


def holdings_of(session: Session, case: Case, pack: StatutePack) -> tuple[Holding, ...]:
    bases = {term.code: term.label for term in pack.vocabularies["basis"].terms}
    return tuple(_holding(row, bases, pack) for row in exhibits_of(session, case))


def _holding(row: Exhibit, bases: dict[str, str], pack: StatutePack) -> Holding:
    return Holding(
        number=row.number,
        title=row.title,
        origin=row.received_from,
        dated_on=row.dated_on,
        basis=bases.get(row.basis, row.basis),
        bearing=_BEARINGS.get(row.bearing, row.bearing),
        held=_held(row),
        privilege=_privilege(row.markings, pack),
    )


def _held(row: Exhibit) -> str:
    if row.sha256 is None:
        return f"Pointer: {row.custodian}, {row.system}, number {row.registry_number}"
    gone = f"; file destroyed {day(row.disposed_at.date())}" if row.disposed_at else ""
    return f"SHA-256 {row.sha256}{gone}"


def _privilege(markings: list[Marking], pack: StatutePack) -> str:
    """The basis on which an exhibit is withheld as privileged, or empty."""
    named = pack.vocabularies.get("cui_dissemination")
    labels = {term.code: term.label for term in named.terms} if named else {}
    found = []
    for row in markings:
        if row.cui_category == _PRIVILEGE:
            found.append("Legal privilege (CUI//PRIVILEGE)")
        found += [
            f"{labels.get(code, code)} ({code})"
            for code in row.dissemination
            if code in _OF_COUNSEL
        ]
    return "; ".join(dict.fromkeys(found))


def votes_of(session: Session, case: Case, pack: StatutePack) -> tuple[Vote, ...]:
    """Closed votes only: a running one is told to nobody."""
    rows = session.scalars(
        sa.select(MotionClosing)
        .where(MotionClosing.case_id == case.id)
        .options(
            joinedload(MotionClosing.motion).joinedload(Motion.entity),
            joinedload(MotionClosing.motion).selectinload(Motion.ballots).joinedload(Ballot.by),
            selectinload(MotionClosing.by),
        )
        .order_by(MotionClosing.at, MotionClosing.id)
    )
    return tuple(_vote(row, pack) for row in rows)


def _vote(row: MotionClosing, pack: StatutePack) -> Vote:
    motion = row.motion
    kinds = {term.code: term.label for term in pack.vocabularies["decision_kind"].terms}
    rule = pack.ballots.get(motion.question)
    return Vote(
        question=rule.title if rule else motion.question,
        about=motion.entity.name,
        statement=motion.statement,
        closed_on=row.closed_on,
        outcome=row.outcome.replace("_", " "),
        decision=kinds.get(row.decision, row.decision),
        tally=row.tally,
        ballots=_ballots(motion, pack),
    )


def _ballots(motion: Motion, pack: StatutePack) -> tuple[tuple[str, str, str], ...]:
    """The last ballot of each agency, which is the one that counts."""
    choices = {term.code: term.label for term in pack.vocabularies["ballot_choice"].terms}
    last = {row.agency: row for row in motion.ballots}
    return tuple(
        (
            pack.agencies[code].label if code in pack.agencies else code,
            choices.get(row.choice, row.choice),
            row.dissent,
        )
        for code, row in sorted(last.items())
    )
