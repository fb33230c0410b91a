"""Compare entities with the lists in force and raise what is new. A candidate that was raised on
the same facts and the same wording is not raised a second time.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework import audit, queue
from casework.screening import judging
from casework.screening.queries import candidates, hits, listed, watchlists
from casework.screening.queries.candidates import Match, Query
from casework.screening.queries.compared import (
    RESCREEN,
    Compared,
    compared,
    entities_after,
    newest_rescreening,
)
from casework.screening.queries.listed import Pair
from models import (
    Entity,
    EntityCountry,
    EntityIdentifier,
    EntityName,
    Job,
    Officer,
    ScreeningHit,
    WatchlistEntry,
)

LIMIT = 25  # candidates for one name
BATCH = 20  # entities screened in one transaction, while others wait to write
_WAITING = "entities to screen"  # in the session's own notes


@dataclass(slots=True)
class Outcome:
    """What one screening of an entity changed: entries raised, and hits nothing raises now."""

    raised: list[str] = field(default_factory=list)
    fallen: list[str] = field(default_factory=list)


def screen(session: Session, entity: Entity, *, at: datetime, by: Officer | None = None) -> Outcome:
    """Screen one entity; the log says what came of it if anything did."""
    if not listed.anything_in_force(session):
        return Outcome()
    session.refresh(entity, with_for_update=True)
    outcome = _screen(session, entity, compared(session, [entity])[entity.id], at)
    if outcome.raised or outcome.fallen:
        _note(session, entity, outcome, by=by, at=at)
    return outcome


def screen_by_hand(session: Session, entity: Entity, *, by: Officer, at: datetime) -> Outcome:
    """Screen one entity because an officer asks; the log has it even if nothing changed."""
    session.refresh(entity, with_for_update=True)
    outcome = _screen(session, entity, compared(session, [entity])[entity.id], at)
    _note(session, entity, outcome, by=by, at=at)
    return outcome


def changed(session: Session, entity: Entity, *, by: Officer, at: datetime) -> None:
    """Screen an entity of which something changed that screening compares: at once, or at the end
    of `together`.
    """
    waiting: dict[uuid.UUID, Entity] | None = session.info.get(_WAITING)
    if waiting is None:
        screen(session, entity, by=by, at=at)
    else:
        waiting[entity.id] = entity


def fact_changed(
    session: Session, entity: Entity, row: object, *, by: Officer, at: datetime
) -> None:
    """The same where a fact was added or withdrawn, if it is of a kind that is compared."""
    if isinstance(row, EntityName | EntityIdentifier | EntityCountry):
        changed(session, entity, by=by, at=at)


@contextmanager
def together(session: Session, *, by: Officer, at: datetime) -> Iterator[None]:
    """Screen each entity once for all that changes inside; one `together` in another is one."""
    if _WAITING in session.info:
        yield
        return
    waiting: dict[uuid.UUID, Entity] = {}
    session.info[_WAITING] = waiting
    try:
        yield
    finally:
        del session.info[_WAITING]
    for entity in waiting.values():
        screen(session, entity, by=by, at=at)


def key(entity: Entity) -> str:
    """Name the entity in the audit log."""
    return f"entity:{entity.id}"


def ask_for_rescreening(session: Session, *, by: Officer | None, at: datetime) -> Job:
    """Have a worker screen everything; a job that has not begun yet serves a second wish too."""
    waiting = newest_rescreening(session)
    if waiting is not None and waiting.state == "queued":
        return waiting
    job = queue.enqueue(session, RESCREEN, {}, by=by, at=at)
    audit.record(session, by, "screening.ask", f"job:{job.id}", at=at)
    return job


def screen_batch(
    session: Session, last: uuid.UUID | None, *, at: datetime
) -> tuple[uuid.UUID | None, int]:
    """Screen the entities that follow `last` by key; return where to go on, None at the end, and
    how many were screened.
    """
    batch = entities_after(session, last, BATCH)
    for entity in batch:
        screen(session, entity, at=at)
    return (batch[-1].id if len(batch) == BATCH else None), len(batch)


def note_failure(session: Session, reason: str, *, at: datetime) -> None:
    """Keep in the log that screening everything was given up."""
    audit.record(session, None, "screening.failed", f"job:{RESCREEN}", at=at, reason=reason)


def _screen(session: Session, entity: Entity, facts: Compared, at: datetime) -> Outcome:
    found = _candidates(session, facts)
    wordings = listed.in_force(session, found)
    editions = {source: row.number for source, row in watchlists.in_force(session).items()}
    known = _known(session, entity)
    outcome, standing = Outcome(), set()
    for pair, match in found.items():
        if (wording := wordings.get(pair)) is None:  # ended while the lists were read
            continue
        digest = facts.basis(wording.content_sha256)
        standing.add((*pair, digest))
        hit = known.get((*pair, digest))
        if hit is None:
            session.add(_hit(entity, wording, match, digest, editions[pair[0]], at))
            outcome.raised.append("/".join(pair))
        elif _reopened(session, hit, at):
            outcome.raised.append("/".join(pair))
    for key, hit in known.items():
        if key not in standing and hit.settled_at is None:
            hit.settled_at = at
            outcome.fallen.append(f"{hit.source}/{hit.entry_id}")
    session.flush()
    return outcome


def _candidates(session: Session, facts: Compared) -> dict[Pair, Match]:
    """The best match of any name with each entry."""
    best: dict[Pair, Match] = {}
    for name in facts.asked():
        query = Query(
            name=name,
            kind=facts.list_kind(),
            countries=tuple(facts.countries),
            identifiers=tuple((kind, value) for kind, value, _ in facts.identifiers),
        )
        for match in candidates.match(session, query, limit=LIMIT, threshold=judging.THRESHOLD):
            pair = match.source, match.entry_id
            if pair not in best or match.score > best[pair].score:
                best[pair] = match
    return best


def _known(session: Session, entity: Entity) -> Mapping[tuple[str, str, str], ScreeningHit]:
    rows: Sequence[ScreeningHit] = session.scalars(
        sa.select(ScreeningHit).where(ScreeningHit.entity_id == entity.id)
    ).all()
    return {(row.source, row.entry_id, row.basis_sha256): row for row in rows}


def _reopened(session: Session, hit: ScreeningHit, at: datetime) -> bool:
    """Open a hit again that had fallen away, unless people have ended it on this very basis."""
    if hit.settled_at is None or judging.ends(hits.judged(hits.newest_on(session, hit))):
        return False
    hit.settled_at, hit.raised_at = None, at
    return True


def _hit(
    entity: Entity, wording: WatchlistEntry, match: Match, digest: str, edition: int, at: datetime
) -> ScreeningHit:
    return ScreeningHit(
        entity_id=entity.id,
        source=wording.source,
        entry_id=wording.entry_id,
        edition=edition,
        matched_name=match.matched_name,
        score=judging.thousandths(match.score),
        reasons=candidates.plain_reasons(match),
        basis_sha256=digest,
        raised_at=at,
    )


def _note(
    session: Session, entity: Entity, outcome: Outcome, *, by: Officer | None, at: datetime
) -> None:
    audit.record(
        session,
        by,
        "screening.screen",
        key(entity),
        at=at,
        raised=outcome.raised,
        fallen=outcome.fallen,
    )
