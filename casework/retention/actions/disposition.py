"""Destroy the stored files of a closed case: one person proposes, another decides.

What is known about an exhibit, its hash, its register, and every finding and decision that rests
on it remain. The rows are changed in one transaction and the files go after it is kept, so that
a crash in between leaves a file too many, which the sweep of a worker removes, and none too few.
"""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.decisions.record import digest
from casework.errors import InvalidValue, SeparationOfDuties, StaleVersion, TransitionBlocked
from casework.evidence.queries.exhibits import known_blobs
from casework.evidence.queries.log_blobs import blobs_of_logs
from casework.evidence.store import BlobStore
from casework.findings.actions import hold, log, signed
from casework.retention import rules
from casework.retention.queries import case as queries
from casework.retention.schedule import Item, find_item
from models import Case, CustodyEvent, Disposition, DispositionDecision, Exhibit, Officer

DISPOSED = "disposed"


def propose(
    session: Session, case: Case, *, item: str, reason: str, by: Officer, at: datetime, on: date
) -> Disposition:
    """Propose to destroy every file of the case. TransitionBlocked with all that stands against
    it; StaleVersion while another proposal waits.
    """
    hold(session, case, by, even_closed=True)
    found = _item(item)
    if not reason.strip():
        raise InvalidValue("Say why the files are no longer needed.", "reason")
    _refuse_blocked(session, case, found, on)
    if any(row.decision is None for row in queries.dispositions_of(session, case)):
        raise StaleVersion("A proposal waits for its decision already.")
    listed = queries.listed(queries.stored(session, case))
    content = rules.list_content(case.reference, found, listed)
    disposition = Disposition(
        **signed(case, by, at),
        authority=found.words,
        reason=reason,
        content=content,
        content_sha256=digest(content),
    )
    session.add(disposition)
    told = {"files": len(listed), "content_sha256": disposition.content_sha256}
    log(session, case, "disposition.propose", by, at, reason=reason, **told)
    return disposition


def decide(
    session: Session,
    case: Case,
    disposition: Disposition,
    *,
    approved: bool,
    reasons: str,
    content_sha256: str,
    by: Officer,
    at: datetime,
    on: date,
) -> DispositionDecision:
    """Decide on the very list that was shown, under the hash on the decider's page. What is
    approved is marked as destroyed; `destroy_files` then removes it.
    """
    hold(session, case, by, even_closed=True)
    _refuse_decision(session, disposition, content_sha256, reasons, by)
    if approved:
        _refuse_blocked(session, case, _item(str(disposition.content["item"])), on)
    decision = DispositionDecision(
        **signed(case, by, at),
        disposition_id=disposition.id,
        preparer_person_id=disposition.by_person_id,
        content_sha256=content_sha256,
        approved=approved,
        reasons=reasons,
    )
    session.add(decision)
    log(session, case, "disposition.decide", by, at, approved=approved, reason=reasons)
    if approved:
        _mark(session, case, disposition, by=by, at=at)
    return decision


def destroy_files(session: Session, store: BlobStore, case: Case) -> int:
    """Remove the files that are marked as destroyed and that nothing else names, with the rows that
    usage logs took from them; return how many.

    To be called once the decision is kept. The case is held meanwhile, so that the same bytes
    cannot be received anew between the look and the removal.
    """
    session.execute(sa.select(Case.id).where(Case.id == case.id).with_for_update())
    marked = session.scalars(
        sa.select(Exhibit.blob_key).where(
            Exhibit.case_id == case.id,
            Exhibit.blob_key.is_not(None),
            Exhibit.disposed_at.is_not(None),
        )
    )
    needed = known_blobs(session)
    taken = blobs_of_logs(session, case)
    return sum(store.remove(key) for key in {*marked, *taken} if key and key not in needed)


def _item(key: str) -> Item:
    found = find_item(key)
    if found is None:
        raise InvalidValue("Choose an item of the records schedule.", "item")
    return found


def _refuse_blocked(session: Session, case: Case, item: Item, on: date) -> None:
    if blockers := rules.disposal_blockers(queries.standing_of(session, case), item, on):
        raise TransitionBlocked(blockers)


def _refuse_decision(
    session: Session, disposition: Disposition, content_sha256: str, reasons: str, by: Officer
) -> None:
    decided = sa.select(DispositionDecision.id).where(
        DispositionDecision.disposition_id == disposition.id
    )
    if session.scalar(decided):
        raise StaleVersion("This proposal was decided in the meantime.")
    if disposition.by_person_id == by.person_id:
        raise SeparationOfDuties("Whoever proposed a disposition does not decide on it.")
    if disposition.content_sha256 != content_sha256:
        raise StaleVersion("The list you were shown is not the one on record. Read it again.")
    if not reasons.strip():
        raise InvalidValue("Give the reasons of the decision.", "reasons")


def _mark(
    session: Session, case: Case, disposition: Disposition, *, by: Officer, at: datetime
) -> None:
    """Only what stands in the list, with the hash it had there."""
    wanted = {row.number: row.sha256 for row in rules.listed_in(disposition.content)}
    for exhibit in queries.stored(session, case):
        if wanted.get(exhibit.number) != exhibit.sha256:
            raise StaleVersion("The evidence changed after this was proposed. Propose it anew.")
        exhibit.disposed_at = at
        session.add(
            CustodyEvent(
                exhibit_id=exhibit.id,
                kind=DISPOSED,
                by_id=by.id,
                at=at,
                sha256=exhibit.sha256,
                note=disposition.authority,
            )
        )
    session.flush()
