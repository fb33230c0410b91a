"""Move a question, and close the vote on it with a count made afresh."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from casework.access import Role
from casework.committee.motions import (
    PETITION,
    RECOMMENDATION,
    chair,
    may_move,
    motion_content,
    observers,
    vote_by,
)
from casework.committee.queries.closing import closing_part, tally_part
from casework.committee.queries.motions import find_motion, may_close, tally_of
from casework.committee.queries.moving import Ground, blockers_of, grounds
from casework.decisions.queries.freezing import freeze
from casework.decisions.record import digest
from casework.errors import (
    Blocker,
    Forbidden,
    InvalidValue,
    SeparationOfDuties,
    StaleVersion,
    TransitionBlocked,
)
from casework.findings.actions import hold, log, signed
from casework.findings.queries import refuse_unexamined
from casework.statute.clocks import rule_for
from casework.statute.loader import load_pack
from casework.statute.uses import COMMITTEE_VOTE
from casework.workflow.queries.coordination import requests_of
from models import Case, Entity, Motion, MotionClosing, Officer


def move(
    session: Session,
    case: Case,
    *,
    question: str,
    entity: Entity,
    ground: UUID | None,
    statement: str,
    seated: Collection[str],
    seating_reason: str,
    by: Officer,
    at: datetime,
    on: date,
) -> Motion:
    """Put a question to the vote; it counts as circulated on `on`, the Washington day.

    `ground` is the recommendation or petition that the mover was shown; StaleVersion if it is
    there no longer. TransitionBlocked with everything that stands against the motion.
    """
    hold(session, case, by)
    refuse_unexamined(session, case, entity)
    pack = load_pack(case.text_version)
    if question not in pack.ballots:
        raise InvalidValue("This text puts no such question to a vote.", "question")
    if not may_move(pack, question, by.agency or "", by.roles):
        raise Forbidden("A voting member's delegate moves, or a signing official of the chair.")
    if blockers := blockers_of(session, case, question, entity):
        raise TransitionBlocked(blockers)
    if not statement.strip():
        raise InvalidValue("Say in your own words what is put to the vote.", "statement")
    _check_seats(session, case, question, seated, seating_reason)
    found = _ground(grounds(session, case, question, entity), ground)
    motion = _motion(case, question, entity, found, statement, seated, seating_reason, by, at, on)
    session.add(motion)
    told = {"motion": str(motion.id), "question": question, "entity": str(entity.id)}
    hashed = {"content_sha256": motion.content_sha256, "due": motion.due_on.isoformat()}
    log(session, case, "motion.move", by, at, **told, **hashed, seated=motion.seated)
    return motion


def _ground(open_: Collection[Ground], shown: UUID | None) -> Ground:
    found = next((row for row in open_ if row.id == shown), None)
    if found is None:
        raise StaleVersion("What the motion rests on has changed. Read it again and choose.")
    return found


def _check_seats(
    session: Session, case: Case, question: str, seated: Collection[str], reason: str
) -> None:
    pack = load_pack(case.text_version)
    if strange := sorted(set(seated) - set(observers(pack, question))):
        raise InvalidValue(f"{strange[0]} does not sit on this committee.", "seated")
    asked = {row.agency for row in requests_of(session, case)}
    for agency in sorted(set(seated) - asked):
        label = pack.agencies[agency].label
        raise InvalidValue(
            f"Ask {label} for its position first: until then its delegates do not see the case.",
            "seated",
        )
    if seated and not reason.strip():
        raise InvalidValue("Say why this observer sits with a vote.", "seating_reason")


def _motion(
    case: Case,
    question: str,
    entity: Entity,
    ground: Ground,
    statement: str,
    seated: Collection[str],
    seating_reason: str,
    by: Officer,
    at: datetime,
    on: date,
) -> Motion:
    due_on = vote_by(load_pack(case.text_version), on)
    content = motion_content(
        case=case.reference,
        text_version=case.text_version,
        question=question,
        entity={"id": str(entity.id), "name": entity.name},
        ground={"kind": ground.kind, "id": str(ground.id), "sha256": ground.sha256},
        statement=statement,
        circulated_on=on,
        due_on=due_on,
        seated=seated,
        seating_reason=seating_reason if seated else "",
    )
    return Motion(
        **signed(case, by, at),
        id=uuid4(),
        question=question,
        entity_id=entity.id,
        recommendation_id=ground.id if ground.kind == RECOMMENDATION else None,
        petition_id=ground.id if ground.kind == PETITION else None,
        statement=statement,
        circulated_on=on,
        due_on=due_on,
        seated=sorted(seated),
        seating_reason=content["seating_reason"],
        content_sha256=digest(content),
    )


def close(
    session: Session,
    case: Case,
    motion: Motion,
    *,
    content_sha256: str,
    by: Officer,
    at: datetime,
    on: date,
) -> MotionClosing:
    """End the vote and freeze what lay before the committee. `on` is the Washington day.

    StaleVersion if it is closed already; TransitionBlocked while members may still vote;
    SeparationOfDuties for whoever moved the question or cast a ballot.
    """
    hold(session, case, by)
    motion = find_motion(session, case, motion.id) or motion
    pack = load_pack(case.text_version)
    _refuse_closing(case, motion, by)
    if motion.closing is not None:
        raise StaleVersion("The vote is closed already. Its outcome stands on the page.")
    if motion.content_sha256 != content_sha256:
        raise StaleVersion("The words you were shown are not the words on record. Read them again.")
    if not may_close(case, motion, on):
        clock = rule_for(pack, COMMITTEE_VOTE)
        message = "Members that have not voted may do so until the last day has passed."
        raise TransitionBlocked([Blocker(message, clock.citation, clock.authority)])
    tally = tally_of(case, motion, closed=True)
    frozen = freeze(session, case, motion.entity, closing_part(motion, tally, on), by=by, on=on)
    closing = MotionClosing(
        **signed(case, by, at),
        motion_id=motion.id,
        outcome=str(tally.outcome),
        decision=tally.decision,
        tally=tally_part(tally),
        closed_on=on,
        **frozen.columns(),
    )
    session.add(closing)
    told = {"motion": str(motion.id), "question": motion.question, "entity": str(motion.entity_id)}
    result = {"outcome": closing.outcome, "decision": closing.decision}
    sealed = {"record_sha256": closing.record_sha256, "tally": closing.tally}
    log(session, case, "motion.close", by, at, **told, **result, **sealed)
    return closing


def _refuse_closing(case: Case, motion: Motion, by: Officer) -> None:
    agency = chair(load_pack(case.text_version), motion.question)
    if by.agency != agency or Role.SIGNING_OFFICIAL not in by.roles:
        label = load_pack(case.text_version).agencies[agency].label
        raise Forbidden(f"The vote is closed by a signing official of the chair: {label}.")
    if motion.by_person_id == by.person_id:
        raise SeparationOfDuties("Whoever moved the question does not close the vote on it.")
    if by.person_id in {row.by_person_id for row in motion.ballots}:
        raise SeparationOfDuties("Whoever cast a ballot does not close the vote.")
