"""Say whether an entry of a list means an entity, and confirm what another person said of it.
Nothing is overwritten: a later judgement stands beside the earlier ones.
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework import audit
from casework.errors import Forbidden, InvalidValue, SeparationOfDuties, StaleVersion
from casework.screening import judging
from casework.screening.judging import Judged
from casework.screening.queries import hits, listed
from casework.screening.queries.compared import compared
from casework.screening.queries.recused import is_recused_about
from models import JudgementConfirmation, Officer, ScreeningHit, ScreeningJudgement


def judge(
    session: Session,
    hit: ScreeningHit,
    *,
    verdict: str,
    reason: str,
    expected: int,
    by: Officer,
    at: datetime,
) -> ScreeningJudgement:
    """Add a judgement. `expected` counts the judgements on the pair that the author saw.

    StaleVersion if another was written since, or the entity or the entry is no longer what was
    compared; Forbidden for whoever is recused from a case about the entity.
    """
    _hold(session, hit, by)
    _refuse_words(verdict, reason)
    if len(hits.history_of(session, hit)) != expected:
        raise StaleVersion("Somebody judged this after you opened it. Compare and judge again.")
    _refuse_changed(session, hit)
    row = ScreeningJudgement(
        entity_id=hit.entity_id,
        source=hit.source,
        entry_id=hit.entry_id,
        basis_sha256=hit.basis_sha256,
        verdict=verdict,
        reason=reason,
        by_id=by.id,
        by_person_id=by.person_id,
        at=at,
    )
    session.add(row)
    hit.settled_at = at if judging.ends(Judged(verdict)) else None
    session.flush()
    _note(session, "screening.judge", hit, row, by, at, verdict)
    return row


def confirm(
    session: Session,
    hit: ScreeningHit,
    *,
    expected: int,
    agrees: bool,
    reason: str,
    by: Officer,
    at: datetime,
) -> JudgementConfirmation:
    """Confirm or dispute the match that another person claimed; `expected` as for `judge`.

    SeparationOfDuties for the person who claimed it, under whichever account.
    """
    _hold(session, hit, by)
    row = hits.newest_on(session, hit)
    if row is None or row.verdict != judging.MATCH or row.confirmation is not None:
        raise StaleVersion("No claimed match waits here any more. Read what was said since.")
    if len(hits.history_of(session, hit)) != expected:
        raise StaleVersion("Somebody judged this after you opened it. Read their words first.")
    if row.by_person_id == by.person_id:
        raise SeparationOfDuties("Whoever claimed the match cannot confirm it.")
    if not agrees and not reason.strip():
        raise InvalidValue("Say why you do not agree.", "dissent")
    _refuse_changed(session, hit)
    word = JudgementConfirmation(
        judgement_id=row.id,
        author_person_id=row.by_person_id,
        agrees=agrees,
        reason=reason,
        by_id=by.id,
        by_person_id=by.person_id,
        at=at,
    )
    session.add(word)
    hit.settled_at = at if agrees else None
    session.flush()
    _note(session, "screening.confirm", hit, row, by, at, agrees)
    return word


def _hold(session: Session, hit: ScreeningHit, by: Officer) -> None:
    """Let words on one hit follow one another; Forbidden for a recused person."""
    # By key alone: the hit may have been read with its entity, and a join cannot be locked.
    session.scalar(sa.select(ScreeningHit.id).where(ScreeningHit.id == hit.id).with_for_update())
    session.refresh(hit)
    if is_recused_about(session, hit.entity_id, by):
        raise Forbidden("You are recused from a matter about this party. Another person judges it.")


def _refuse_words(verdict: str, reason: str) -> None:
    if verdict not in judging.VERDICT_TITLES:
        raise InvalidValue("Choose one of the answers.", "verdict")
    if not reason.strip():
        raise InvalidValue("Say what you compared and why it decides.", "reason")


def _refuse_changed(session: Session, hit: ScreeningHit) -> None:
    """StaleVersion unless the pair is still what the hit compared."""
    wording = listed.in_force(session, [(hit.source, hit.entry_id)]).get((hit.source, hit.entry_id))
    if wording is None:
        raise StaleVersion("The entry is no longer on the list. Screen the entity again.")
    facts = compared(session, [hit.entity])[hit.entity_id]
    if facts.basis(wording.content_sha256) != hit.basis_sha256:
        raise StaleVersion(
            "The entity or the entry has changed since this was raised."
            " Screen the entity again and judge what is raised then."
        )


def _note(
    session: Session,
    action: str,
    hit: ScreeningHit,
    row: ScreeningJudgement,
    by: Officer,
    at: datetime,
    word: str | bool,  # noqa: FBT001 (a verdict, or whether the second person agrees)
) -> None:
    """Log the act with the pair, and with the digest of what was compared."""
    audit.record(
        session,
        by,
        action,
        f"entity:{hit.entity_id}",
        at=at,
        list=hit.source,
        entry=hit.entry_id,
        judgement=str(row.id),
        basis=hit.basis_sha256,
        word=word,
    )
