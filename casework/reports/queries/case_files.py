"""Read, of one case, everything that a report can say, as plain facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from casework.decisions.queries.decisions import (
    conclusions_of,
    determinations_of,
    in_force,
    recommendations_of,
    state_of,
)
from casework.packets.contents import PacketContents
from casework.packets.queries.assembling import Request, everything_of
from casework.reports.document import Included
from casework.reports.queries import holdings, incidents, proposals
from casework.reports.source import CaseFile, StepOnRecord
from casework.statute.pack import StatutePack
from casework.workflow.queries.standing import record_of
from casework.workflow.record import Record
from casework.workflow.record_kinds import word
from models import Case, Determination, MeasureDecision, Recommendation, StageRecord

# Whoever reads a report reads what its receivers may read; the guide reads no case at all.
_READER = "congress"


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """`measure` is the id of the measure that the report supports, or empty."""

    measure: str
    default_enacted: date | None
    at: datetime


def case_file(session: Session, case: Case, pack: StatutePack, wanted: Wanted) -> CaseFile:
    asked = Request(
        recipient=_READER,
        purpose="",
        version=0,
        supersedes=None,
        prepared_by="",
        default_enacted=wanted.default_enacted,
    )
    packet = everything_of(session, case, asked, at=wanted.at)
    record = record_of(session, case, default_enacted=wanted.default_enacted)
    references = _references(record, packet)
    put_forward = in_force(recommendations_of(session, case))
    reports = incidents.reports_of(session, case, pack)
    return CaseFile(
        reference=case.reference,
        title=case.title,
        packet=packet,
        included=tuple(_included(session, case, pack, record, packet, put_forward, len(reports))),
        reports=reports,
        steps=_steps(session, case, pack),
        holdings=holdings.holdings_of(session, case, pack),
        votes=holdings.votes_of(session, case, pack),
        proposals=proposals.proposals_of(put_forward, pack, wanted.measure, references),
        silent=_silent(record, pack),
    )


def _references(record: Record, packet: PacketContents) -> Mapping[UUID, str]:
    """Subjects come first among the parties of a packet, in the same order."""
    pairs = zip(record.subjects, packet.entities, strict=False)
    return {subject.entity_id: entity.reference for subject, entity in pairs}


def _included(
    session: Session,
    case: Case,
    pack: StatutePack,
    record: Record,
    packet: PacketContents,
    put_forward: Iterable[Recommendation],
    reports: int,
) -> Iterable[Included]:
    signed = _newest(determinations_of(session, case), pack)
    measures = _measures(session, case, pack, put_forward)
    kinds = {term.code: term.label for term in pack.vocabularies["decision_kind"].terms}
    for subject, entity in zip(record.subjects, packet.entities, strict=False):
        if not subject.examined:
            continue
        found = signed.get(subject.entity_id)
        reviewed = conclusions_of(case, subject.entity_id, record).reviewed.values["identified"]
        yield Included(
            case.reference,
            str(subject.entity_id),
            subject.name,
            "determined" if found else "alleged" if reviewed == "insufficient" else "assessed",
            kinds.get(found.kind, found.kind) if found else "",
            found.decided_on if found else None,
            found.record_sha256 if found else "",
            pack.stages[case.stage].title,
            tuple(dict.fromkeys(tie.value for tie in entity.countries)),
            (*measures.get(subject.entity_id, ()), *measures.get(None, ())),
            reports,
        )


def _newest(rows: Iterable[Determination], pack: StatutePack) -> dict[UUID, Determination]:
    """By subject; rows come newest first."""
    found: dict[UUID, Determination] = {}
    for row in rows:
        if row.kind in pack.determinations:
            found.setdefault(row.entity_id, row)
    return found


def _measures(
    session: Session, case: Case, pack: StatutePack, rows: Iterable[Recommendation]
) -> dict[UUID | None, list[str]]:
    """What was put forward about each subject, and what an official signed on it."""
    words = {term.code: term.label for term in pack.vocabularies["decision_kind"].terms}
    states = {term.code: term.label for term in pack.vocabularies["recommendation_state"].terms}
    signed = {
        row.recommendation_id: words.get(row.kind, row.kind)
        for row in session.scalars(
            sa.select(MeasureDecision).where(MeasureDecision.case_id == case.id)
        )
    }
    found: dict[UUID | None, list[str]] = {}
    for row in rows:
        state = signed.get(row.id) or states.get(state_of(row), state_of(row))
        found.setdefault(row.entity_id, []).append(f"{pack.measures[row.measure].title}: {state}")
    return found


def _steps(session: Session, case: Case, pack: StatutePack) -> tuple[StepOnRecord, ...]:
    rows = session.scalars(
        sa.select(StageRecord)
        .where(StageRecord.case_id == case.id)
        .options(joinedload(StageRecord.by))
        .order_by(StageRecord.happened_on, StageRecord.at, StageRecord.id)
    )
    return tuple(
        StepOnRecord(
            kind=f"{row.kind}:{row.outcome}",
            title=pack.records[row.kind].title if row.kind in pack.records else row.kind,
            outcome=word(row.kind, row.outcome, pack),
            happened_on=row.happened_on,
            note=row.note,
            citation=row.citation,
        )
        for row in rows
    )


def _silent(record: Record, pack: StatutePack) -> tuple[str, ...]:
    """Members of the Operating Committee whose position is not on record."""
    stated = {act.key for act in record.acts if act.source == "position"}
    return tuple(pack.agencies[code].label for code in sorted(pack.members("oc") - stated))
