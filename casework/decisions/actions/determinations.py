"""Sign a determination about one subject."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from casework.decisions.queries import decisions as queries
from casework.decisions.queries.freezing import freeze
from casework.decisions.signing import not_signed_here
from casework.errors import InvalidValue, SeparationOfDuties, TransitionBlocked
from casework.findings.actions import hold, log, signed
from casework.findings.queries import refuse_unexamined
from casework.statute.loader import load_pack
from casework.workflow.queries.standing import record_of
from casework.workflow.record import Record
from models import Case, Determination, Entity, Officer


def sign_determination(
    session: Session,
    case: Case,
    *,
    entity: Entity,
    kind: str,
    reasons: str,
    by: Officer,
    at: datetime,
    on: date,
) -> Determination:
    """Sign, and freeze what lay before the signer under one hash. `on` is the Washington day.

    SeparationOfDuties for whoever shaped the record; TransitionBlocked with everything that
    is missing, or that speaks against this kind.
    """
    hold(session, case, by)
    refuse_unexamined(session, case, entity)
    if not reasons.strip():
        raise InvalidValue("Give the reasons of the determination.", "reasons")
    standing = record_of(session, case)
    _refuse_signature(session, case, entity, kind, by, standing)
    decision = {"kind": kind, "reasons": reasons, "decided_on": on.isoformat()}
    frozen = freeze(session, case, entity, decision, by=by, on=on, standing=standing)
    determination = Determination(
        **signed(case, by, at),
        **frozen.columns(),
        entity_id=entity.id,
        stage=case.stage,
        kind=kind,
        reasons=reasons,
        decided_on=on,
    )
    session.add(determination)
    told = {"entity": str(entity.id), "kind": kind, "record_sha256": frozen.sha256}
    log(session, case, "determination.sign", by, at, **told)
    return determination


def _refuse_signature(
    session: Session, case: Case, entity: Entity, kind: str, by: Officer, standing: Record
) -> None:
    if acts := queries.acts_of_person(session, case, entity, by):
        raise SeparationOfDuties(f"Whoever signs has not shaped the record. You {acts[0]}.")
    pack = load_pack(case.text_version)
    found = queries.signing_blockers(session, case, entity, by, standing)
    if blockers := found.get(kind, [not_signed_here(pack, case.stage)]):
        raise TransitionBlocked(blockers)
