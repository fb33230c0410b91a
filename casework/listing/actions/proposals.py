"""Propose an entry for the public list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from casework.errors import InvalidValue, StaleVersion, TransitionBlocked
from casework.findings.actions import hold, log, signed
from casework.findings.queries import refuse_unexamined
from casework.listing.entry import Line, Words, check_words, content_of, hash_of
from casework.listing.gates import authority_of, not_named
from casework.listing.queries.proposals import current_proposal
from casework.listing.queries.sources import held_of
from casework.listing.queries.subjects import Subject, facts_about, subject_of
from casework.listing.rules import listing_blockers
from casework.statute.loader import load_pack
from models import Case, Entity, ListProposal, Officer


def propose(
    session: Session,
    case: Case,
    *,
    entity: Entity,
    words: Words,
    supersedes: UUID | None,
    by: Officer,
    at: datetime,
) -> ListProposal:
    """Fix an entry in the very words that a second person may publish.

    `supersedes` is the proposal the author saw in force, None for none; StaleVersion if that has
    changed. TransitionBlocked with every condition of a listing that does not hold.
    """
    hold(session, case, by)
    refuse_unexamined(session, case, entity)
    check_words(words, kind=entity.kind)
    _check_sources(session, case, words.lines)
    current = current_proposal(session, case, entity)
    if (current.id if current else None) != supersedes:
        raise StaleVersion("Another proposal about this entity was saved in the meantime.")
    subject = subject_of(session, case, entity)
    content = _content(session, case, subject, words, supersedes)
    proposal = ListProposal(
        **signed(case, by, at),
        entity_id=entity.id,
        determination_id=UUID(content["facts"]["determination"]),
        content=content,
        content_sha256=hash_of(content),
        supersedes_id=supersedes,
    )
    session.add(proposal)
    told = {"entity": str(entity.id), "content_sha256": proposal.content_sha256}
    log(session, case, "list.propose", by, at, **told)
    return proposal


def _content(
    session: Session, case: Case, subject: Subject, words: Words, supersedes: UUID | None
) -> dict[str, Any]:
    pack = load_pack(case.text_version)
    authority = authority_of(pack)
    facts = facts_about(session, case, subject)
    found = listing_blockers(subject.candidate(words.part), pack)
    if facts is None or found:
        raise TransitionBlocked([*([] if facts else [not_named(pack)]), *found])
    return content_of(
        case=case.reference,
        entity=str(subject.entity.id),
        authority=authority,
        facts=facts,
        words=words,
        supersedes=str(supersedes or ""),
    )


def _check_sources(session: Session, case: Case, lines: Iterable[Line]) -> None:
    held = held_of(session, case)
    for place, line in enumerate(lines):
        for ref in line.sources:
            if ref not in held:
                raise InvalidValue("This case holds no such source.", f"lines-{place}-sources")
        for ref in line.parallel:
            if ref not in held or not held[ref].public:
                raise InvalidValue("This is no public source.", f"lines-{place}-parallel")
