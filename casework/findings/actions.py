"""Answer an element, read another's answer, state the purpose. Nothing here is overwritten."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework import audit
from casework.errors import Forbidden, InvalidValue, SeparationOfDuties, StaleVersion
from casework.findings import queries, rules
from casework.findings.rules import Answer, CitedPlace
from casework.statute.closing import refuse_closed
from casework.statute.loader import load_pack
from casework.workflow.queries.team import is_recused
from models import (
    Case,
    Entity,
    Exhibit,
    Finding,
    FindingCitation,
    FindingReview,
    Officer,
    Petition,
    PetitionDecision,
    PurposeStatement,
)


def hold(session: Session, case: Case, by: Officer, *, even_closed: bool = False) -> None:
    """Let acts in one case follow one another; Forbidden for a recused person.

    TransitionBlocked in a closed case, unless the act is one that a closed case allows, or a
    petition waits there for its answer.
    """
    stage = session.scalar(sa.select(Case.stage).where(Case.id == case.id).with_for_update())
    if is_recused(session, case, by):
        raise Forbidden(f"{by.name} is recused from this case.")
    if not even_closed and not _petition_waits(session, case):
        refuse_closed(load_pack(case.text_version), stage or case.stage)


def _petition_waits(session: Session, case: Case) -> bool:
    answered = sa.exists().where(PetitionDecision.petition_id == Petition.id)
    found = sa.select(Petition.id).where(Petition.case_id == case.id, ~answered).limit(1)
    return session.scalar(found) is not None


def signed(case: Case, by: Officer, at: datetime) -> dict[str, Any]:
    """The columns that say in which case, by whom and when an act was done."""
    return {"case_id": case.id, "by_id": by.id, "by_person_id": by.person_id, "at": at}


def log(session: Session, case: Case, action: str, by: Officer, at: datetime, **told: Any) -> None:
    """Put the pending act into the database and one entry about it into the log."""
    session.flush()
    audit.record(session, by, action, f"case:{case.reference}", at=at, case=case, **told)


def write_finding(
    session: Session,
    case: Case,
    *,
    entity: Entity | None,
    element: str,
    given: Answer,
    expected_revision: int,
    by: Officer,
    at: datetime,
) -> Finding:
    """Add the next revision of an answer. `expected_revision` is the one the author saw, 0 for
    none; StaleVersion if another has been written since.
    """
    hold(session, case, by)
    row = queries.answerable(session, case, element, entity)
    rules.check_answer(load_pack(case.text_version), row, given)
    latest = queries.latest_revision(session, case, element, entity)
    if latest != expected_revision:
        raise StaleVersion(
            f"Revision {latest} was written after you opened revision {expected_revision}."
            " Compare the two and save again."
        )
    finding = Finding(
        **signed(case, by, at),
        **_words(given),
        entity_id=entity.id if entity else None,
        element=element,
        revision=queries.last_number(session, case, element, entity) + 1,
        citations=_citations(session, case, given.citations),
    )
    session.add(finding)
    _log_about(session, finding, "finding.write", case, by, at, answer=given.answer)
    return finding


def _words(given: Answer) -> dict[str, str]:
    return {
        "answer": given.answer,
        "reasons": given.reasons,
        "innocent_explanation": given.innocent_explanation,
        "confidence": given.confidence,
    }


def _log_about(
    session: Session,
    finding: Finding,
    action: str,
    case: Case,
    by: Officer,
    at: datetime,
    **told: Any,
) -> None:
    entity = str(finding.entity_id) if finding.entity_id else ""
    about = {"element": finding.element, "entity": entity, "revision": finding.revision}
    log(session, case, action, by, at, **about, **told)


def _citations(session: Session, case: Case, places: Iterable[CitedPlace]) -> list[FindingCitation]:
    cited = list(places)
    found = session.scalars(
        sa.select(Exhibit).where(
            Exhibit.case_id == case.id, Exhibit.number.in_({place.number for place in cited})
        )
    )
    exhibits = {exhibit.number: exhibit for exhibit in found}
    if strange := [place.number for place in cited if place.number not in exhibits]:
        raise InvalidValue(f"There is no exhibit {strange[0]} in this case.", "citations")
    return [
        FindingCitation(
            position=position,
            exhibit=exhibits[place.number],
            pinpoint=place.pinpoint,
            bearing=place.bearing,
        )
        for position, place in enumerate(cited)
    ]


def review_finding(
    session: Session,
    case: Case,
    *,
    entity: Entity | None,
    element: str,
    revision: int,
    agrees: bool,
    dissent: str,
    by: Officer,
    at: datetime,
) -> FindingReview:
    """Record that a second person read this very revision; each person reads it once."""
    hold(session, case, by)
    finding = queries.current_finding(session, case, element, entity)
    _refuse_reading(finding, revision, by)
    if not agrees and not dissent.strip():
        raise InvalidValue("Say why you do not agree.", "dissent")
    review = FindingReview(
        **signed(case, by, at),
        finding_id=finding.id,
        author_person_id=finding.by_person_id,
        agrees=agrees,
        dissent="" if agrees else dissent,
    )
    session.add(review)
    _log_about(session, finding, "finding.review", case, by, at, agrees=agrees)
    return review


def _refuse_reading(finding: Finding, revision: int, by: Officer) -> None:
    if finding.revision != revision:
        raise StaleVersion(f"Revision {finding.revision} has replaced the one you read.")
    if finding.by_person_id == by.person_id:
        raise SeparationOfDuties("The author of an answer cannot be its second reader.")
    if by.person_id in {review.by_person_id for review in finding.reviews}:
        raise SeparationOfDuties("You have read this revision already.")


def state_purpose(
    session: Session,
    case: Case,
    *,
    entity: Entity,
    text: str,
    factors: Mapping[str, str],
    innocent_explanation: str,
    expected: int,
    by: Officer,
    at: datetime,
) -> PurposeStatement:
    """Add a statement on the whole of the circumstances. `expected` counts the statements the
    author saw. Factors are weighed in words, one text for each; nothing is scored.
    """
    hold(session, case, by)
    queries.refuse_unexamined(session, case, entity)
    weighed = {name: words for name, words in factors.items() if words.strip()}
    rules.check_statement(load_pack(case.text_version), weighed)
    for field, words in (("text", text), ("innocent_explanation", innocent_explanation)):
        if not words.strip():
            raise InvalidValue("The statement needs both texts.", field)
    if len(queries.statements_of(session, case, entity)) != expected:
        raise StaleVersion("Another statement was saved after you opened this one.")
    statement = PurposeStatement(
        **signed(case, by, at),
        entity_id=entity.id,
        text=text,
        innocent_explanation=innocent_explanation,
        factors=weighed,
    )
    session.add(statement)
    told = {"entity": str(entity.id), "factors": sorted(weighed)}
    log(session, case, "purpose.state", by, at, **told)
    return statement
