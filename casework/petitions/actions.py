"""Put a petition on record and answer it in writing; a granted one takes effect at once."""

from __future__ import annotations

from datetime import date, datetime
from typing import BinaryIO

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.decisions.queries.freezing import record_before
from casework.decisions.record import digest
from casework.errors import InvalidValue, SeparationOfDuties, StaleVersion, TransitionBlocked
from casework.evidence.actions.exhibits import receive_file
from casework.evidence.facts import Description
from casework.evidence.store import BlobStore
from casework.findings.actions import hold, log, signed
from casework.listing.actions import publication as listing
from casework.petitions import rules
from casework.petitions.queries import petitions as queries
from casework.petitions.queries.in_force import find_in_force, publications_shown
from casework.petitions.queries.participation import part_taken
from casework.petitions.rules import DENY, GRANT, MODIFY, Request
from casework.statute.loader import load_pack
from casework.statute.petition_rows import PUBLIC_LIST
from casework.workflow.actions.team import add_task
from casework.workflow.queries.acts import acts_of
from models import Case, Entity, Exhibit, Motion, Officer, Petition, PetitionDecision

_GROUND = "petition"
_LIFTED = "A petition was granted; the reasons are in the written answer to it."
_TITLE = 500


def record_petition(
    session: Session,
    case: Case,
    given: Request,
    *,
    entity: Entity,
    exhibit: Exhibit | None = None,
    by: Officer,
    at: datetime,
    on: date,
) -> Petition:
    """Enter a petition against a measure in force about `entity`; also in a closed case."""
    hold(session, case, by, even_closed=True)
    pack = load_pack(case.text_version)
    rule = rules.check_request(pack, given, on)
    if find_in_force(session, case, f"{given.measure}:{entity.id}", on) is None:
        raise InvalidValue("That measure is not in force against this subject.", "target")
    if exhibit is not None and exhibit.case_id != case.id:
        raise InvalidValue("Choose an exhibit of this case.", "exhibit")
    petition = Petition(
        **signed(case, by, at),
        entity_id=entity.id,
        measure=given.measure,
        asks=given.asks,
        petitioner=given.petitioner,
        text=given.text,
        received_on=given.received_on,
        due_on=rules.due_on(pack, rule, given.received_on),
        exhibit_id=exhibit.id if exhibit else None,
    )
    session.add(petition)
    told = {"measure": given.measure, "entity": str(entity.id), "asks": given.asks}
    log(session, case, "petition.record", by, at, **told)
    return petition


def receive_paper(
    session: Session,
    store: BlobStore,
    case: Case,
    stream: BinaryIO,
    *,
    petitioner: str,
    received_on: date,
    file_name: str,
    cap: int,
    by: Officer,
    at: datetime,
) -> Exhibit:
    """Keep the paper of a petition as an exhibit; also in a closed case, in which nothing else
    is received. Raises as `receive_file` does.
    """
    hold(session, case, by, even_closed=True)
    described = Description(
        title=f"Petition of {petitioner}"[:_TITLE],
        bearing="contrary",
        basis="party_statement",
        received_from=petitioner,
        dated_on=received_on,
    )
    return receive_file(
        session,
        store,
        case,
        described,
        stream,
        file_name=file_name,
        cap=cap,
        even_closed=True,
        by=by,
        at=at,
    )


def answer_petition(
    session: Session,
    case: Case,
    petition: Petition,
    *,
    outcome: str,
    reasons: str,
    by: Officer,
    at: datetime,
    on: date,
) -> PetitionDecision:
    """Answer in writing and freeze what lay before the decider.

    SeparationOfDuties for whoever took part in the first decision; TransitionBlocked where the
    committee must have agreed first; StaleVersion once there is an answer.
    """
    hold(session, case, by, even_closed=True)
    _refuse_answered(session, petition)
    if acts := part_taken(session, petition, by):
        raise SeparationOfDuties(
            f"Whoever answers took no part in the first decision. You {acts[0]}."
        )
    if outcome not in {GRANT, DENY, MODIFY}:
        raise InvalidValue("Choose one.", "outcome")
    if not reasons.strip():
        raise InvalidValue("Answer each point of the petition in your own words.", "reasons")
    _refuse_confidence(session, case, reasons)
    votes = queries.votes_on(session, case, petition)
    _refuse_without_vote(case, petition, outcome, votes)
    decision = _decision(session, case, petition, outcome, reasons, votes, by, at, on)
    # First what follows from it: while the petition waits, a closed case lets that be done.
    _carry_out(session, case, petition, decision, by=by, at=at, on=on)
    session.add(decision)
    told = {"measure": petition.measure, "entity": str(petition.entity_id), "outcome": outcome}
    sha256 = decision.record_sha256
    log(session, case, "petition.answer", by, at, record_sha256=sha256, **told)
    return decision


def _refuse_answered(session: Session, petition: Petition) -> None:
    found = sa.select(PetitionDecision.id).where(PetitionDecision.petition_id == petition.id)
    if session.scalar(found):
        raise StaleVersion("This petition was answered in the meantime. Read that answer.")


def _refuse_confidence(session: Session, case: Case, reasons: str) -> None:
    """The reasons are sent out word for word, so they name no owner who reported in confidence."""
    owners = {act.key for act in acts_of(session, case) if act.source == "confidence"}
    if named := sorted(name for name in owners if name and name.casefold() in reasons.casefold()):
        raise InvalidValue(
            f"The letter would name {named[0]}, who reported in confidence. Leave the name out.",
            "reasons",
        )


def _refuse_without_vote(
    case: Case, petition: Petition, outcome: str, votes: list[tuple[Motion, str]]
) -> None:
    pack = load_pack(case.text_version)
    standing = frozenset(decision for _, decision in votes)
    rule = pack.petitions[petition.measure]
    if blockers := rules.answer_blockers(pack, rule, outcome, standing):
        raise TransitionBlocked(blockers)


def _decision(
    session: Session,
    case: Case,
    petition: Petition,
    outcome: str,
    reasons: str,
    votes: list[tuple[Motion, str]],
    by: Officer,
    at: datetime,
    on: date,
) -> PetitionDecision:
    request = queries.request_of(petition)
    number = petition.exhibit.number if petition.exhibit else None
    record = {
        "format": rules.FORMAT,
        **record_before(session, case, petition.entity),
        "petition": rules.words_of(request, entity=petition.entity.name, exhibit=number),
        "votes": [queries.vote_part(motion, decision) for motion, decision in votes],
        "decision": {
            "outcome": outcome,
            "reasons": reasons,
            "decided_on": on.isoformat(),
            "by": by.name,
            "agency": by.agency,
            "person": str(by.person_id),
        },
    }
    return PetitionDecision(
        **signed(case, by, at),
        petition_id=petition.id,
        outcome=outcome,
        reasons=reasons,
        decided_on=on,
        record=record,
        record_sha256=digest(record),
    )


def _carry_out(
    session: Session,
    case: Case,
    petition: Petition,
    decision: PetitionDecision,
    *,
    by: Officer,
    at: datetime,
    on: date,
) -> None:
    """Take a public entry down with the grant itself; set the lead to work on a changed one."""
    pack = load_pack(case.text_version)
    if pack.petitions[petition.measure].register != PUBLIC_LIST:
        return
    if decision.outcome == GRANT:
        for row in publications_shown(session, case, pack, on):
            if row.proposal.entity_id == petition.entity_id:
                listing.take_down(
                    session,
                    case,
                    row,
                    ground=_GROUND,
                    reason=_LIFTED,
                    by=by,
                    at=at,
                    on=on,
                )
    elif decision.outcome == MODIFY and case.lead is not None:
        title = f"Propose the corrected entry on the public list: {petition.entity.name}"
        add_task(session, case, title=title, assignee=case.lead, due_on=None, by=by, at=at)
