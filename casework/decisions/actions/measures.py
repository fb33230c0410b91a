"""Sign a decision on a measure, one way or the other."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from casework.decisions.queries import decisions as queries
from casework.decisions.queries.freezing import freeze
from casework.decisions.queries.measures import decided_on, measure_signing_blockers
from casework.errors import InvalidValue, SeparationOfDuties, StaleVersion, TransitionBlocked
from casework.findings.actions import hold, log, signed
from casework.statute.loader import load_pack
from casework.workflow.queries.standing import record_of
from casework.workflow.record import Record
from models import Case, MeasureDecision, Officer, Recommendation


def sign_measure(
    session: Session,
    case: Case,
    recommendation: Recommendation,
    *,
    kind: str,
    reasons: str,
    content_sha256: str,
    by: Officer,
    at: datetime,
    on: date,
) -> MeasureDecision:
    """Sign on the very words that were shown, and freeze what lay before the signer.

    `recommendation` is as `find_recommendation` gives it; `on` is the Washington day.
    SeparationOfDuties for its author and for whoever shaped the record; TransitionBlocked with
    everything that stands against this outcome.
    """
    hold(session, case, by)
    row = queries.find_recommendation(session, case, recommendation.id) or recommendation
    standing = record_of(session, case)
    _refuse_person(session, case, row, by)
    _refuse_content(session, case, row, kind, content_sha256)
    blockers = measure_signing_blockers(session, case, row, by, standing)[kind]
    if blockers:
        raise TransitionBlocked(blockers)
    if not reasons.strip():
        raise InvalidValue("Give the reasons of the decision.", "reasons")
    return _add(session, case, row, kind, reasons, by, at, on, standing)


def _refuse_person(session: Session, case: Case, row: Recommendation, by: Officer) -> None:
    if row.by_person_id == by.person_id:
        raise SeparationOfDuties("The author of a recommendation cannot sign the decision on it.")
    acts = queries.acts_of_person(session, case, row.entity, by)
    if acts:
        raise SeparationOfDuties(f"Whoever signs has not shaped the record. You {acts[0]}.")


def _refuse_content(
    session: Session, case: Case, row: Recommendation, kind: str, content_sha256: str
) -> None:
    if row.content_sha256 != content_sha256:
        raise StaleVersion("The words you were shown are not the words on record. Read them again.")
    if row not in queries.in_force(queries.recommendations_of(session, case)):
        raise StaleVersion("A newer recommendation has replaced this one.")
    if decided_on(session, row):
        raise StaleVersion("A decision on this recommendation has been signed already.")
    if kind not in load_pack(case.text_version).measures[row.measure].outcomes:
        raise InvalidValue("Choose one of the outcomes of this measure.", "kind")


def _add(
    session: Session,
    case: Case,
    row: Recommendation,
    kind: str,
    reasons: str,
    by: Officer,
    at: datetime,
    on: date,
    standing: Record,
) -> MeasureDecision:
    told = {"kind": kind, "reasons": reasons, "decided_on": on.isoformat()}
    bound = {"measure": row.measure, "content_sha256": row.content_sha256}
    frozen = freeze(session, case, row.entity, {**told, **bound}, by=by, on=on, standing=standing)
    decision = MeasureDecision(
        **signed(case, by, at),
        **frozen.columns(),
        recommendation_id=row.id,
        preparer_person_id=row.by_person_id,
        content_sha256=row.content_sha256,
        kind=kind,
        reasons=reasons,
        decided_on=on,
    )
    session.add(decision)
    about = {"measure": row.measure, "entity": str(row.entity_id or ""), "kind": kind}
    log(session, case, "measure.sign", by, at, record_sha256=frozen.sha256, **about)
    return decision
