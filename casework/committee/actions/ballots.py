"""Cast a ballot for the own agency. What was chosen is told to nobody before the closing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from casework.access import Role
from casework.committee.queries.motions import find_motion, members_of, own_ballots
from casework.errors import Forbidden, InvalidValue, StaleVersion
from casework.findings.actions import hold, log, signed
from casework.statute.loader import load_pack
from models import Ballot, Case, Motion, Officer

AGAINST = "no"


def cast(
    session: Session,
    case: Case,
    motion: Motion,
    *,
    choice: str,
    dissent: str,
    content_sha256: str,
    expected: int,
    by: Officer,
    at: datetime,
) -> Ballot:
    """Vote on the very words that were shown; the last ballot of an agency counts.

    `expected` is the number of ballots of the own agency that the delegate saw; StaleVersion if
    a colleague has voted since. The log keeps agency and number only: it is read before the
    closing too.
    """
    hold(session, case, by)
    motion = find_motion(session, case, motion.id) or motion
    refuse_member(case, motion, by)
    if motion.closing is not None:
        raise StaleVersion("The vote is closed. No ballot is taken any more.")
    if motion.content_sha256 != content_sha256:
        raise StaleVersion("The words you were shown are not the words on record. Read them again.")
    if choice not in load_pack(case.text_version).codes("ballot_choice"):
        raise InvalidValue("Choose one of the ballot.", "choice")
    if (choice == AGAINST) != bool(dissent.strip()):
        raise InvalidValue(
            "Write the dissent: why does your agency vote against it?"
            if choice == AGAINST
            else "A dissent goes with a vote against. Clear it, or vote no.",
            "dissent",
        )
    if len(own_ballots(motion, by)) != expected:
        raise StaleVersion("A colleague has voted for your agency since you opened the page.")
    ballot = Ballot(
        **signed(case, by, at),
        motion_id=motion.id,
        content_sha256=content_sha256,
        agency=by.agency,
        choice=choice,
        sequence=1 + max((row.sequence for row in motion.ballots), default=0),
        dissent=dissent,
    )
    session.add(ballot)
    told = {"motion": str(motion.id), "agency": ballot.agency, "sequence": ballot.sequence}
    log(session, case, "ballot.cast", by, at, **told)
    return ballot


def refuse_member(case: Case, motion: Motion, by: Officer) -> None:
    """Forbidden for whoever does not speak for a voting member of this motion."""
    if Role.AGENCY_DELEGATE not in by.roles or by.agency not in members_of(case, motion):
        raise Forbidden("Only a delegate of an agency with a vote on this motion does this.")
