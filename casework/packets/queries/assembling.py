"""Read everything that a packet says, once, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.decisions.queries.decisions import (
    determinations_of,
    in_force,
    recommendations_of,
)
from casework.disclosure.queries.need_to_know import refuse_past_need
from casework.disclosure.queries.notices import Cleared, cleared_in
from casework.evidence.store import BlobStore
from casework.findings.queries import current_findings
from casework.packets.contents import (
    AuditHead,
    Cover,
    LawText,
    PacketContents,
    Recipient,
    Summary,
    Supersedes,
)
from casework.packets.facts import Figure
from casework.packets.judgement import Reading
from casework.packets.lettering import WASHINGTON
from casework.packets.queries import appraisal, holdings, remedies
from casework.packets.queries.allegations import (
    chronology,
    figures,
    incidents_of,
    marks_of,
    replies_of,
    responses,
)
from casework.packets.queries.analyses import analyses_of
from casework.packets.queries.parties import Parties, parties_of
from casework.packets.recipients import recipient as find_recipient
from casework.packets.release import (
    DELIBERATION,
    PUBLIC,
    Mark,
    banner,
    basis,
    open_part,
    printed_only,
    veil_for,
)
from casework.statute.loader import load_pack
from casework.statute.pack import StatutePack
from casework.workflow.queries.standing import record_of
from casework.workflow.reading import read
from casework.workflow.record import Record
from models import AuditHead as AuditHeadRow
from models import Case, Exhibit, Incident

_PLANNING = "No enactment date is recorded. Every deadline in this packet is hypothetical."
_PROOF = (
    "Each entry carries the hash of the one before it, so a change to any earlier entry changes "
    "this value. It shows that the log has not been rewritten since; it does not show that what "
    "was entered is true."
)
_NOT_RELEASED = f"{DELIBERATION} The summary is a working paper of the officers and stays inside."


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """What is asked for: recipient by code, purpose in words, and who asks, in words.

    `default_enacted` is the date of enactment from the settings, if any. `store` is needed where
    the case has an analysis of a usage log, whose exhibit is then read.
    """

    recipient: str
    purpose: str
    version: int
    supersedes: Supersedes | None
    prepared_by: str
    default_enacted: date | None = None
    store: BlobStore | None = None


def contents_of(session: Session, case: Case, asked: Request, *, at: datetime) -> PacketContents:
    """The contents of a packet prepared at `at` (aware); plain data, nothing of the session.

    Raises NotFound for a recipient that does not exist, TransitionBlocked where the result of an
    analysis is damaged.
    """
    whole = printed_only(everything_of(session, case, asked, at=at))
    if "analyses" not in whole.cover.recipient.sections:
        return whole
    listed = {exhibit.number for exhibit in whole.exhibits}
    pack = load_pack(case.text_version)
    return replace(whole, analyses=analyses_of(session, asked.store, case, pack, listed))


def everything_of(session: Session, case: Case, asked: Request, *, at: datetime) -> PacketContents:
    """The same before it is cut to what the recipient's sections print: for other documents.

    TransitionBlocked where an item of the case is kept from whom the session reads for.
    """
    refuse_past_need(session, case)
    to = replace(find_recipient(asked.recipient), purpose=asked.purpose)
    pack = load_pack(case.text_version)
    parties = parties_of(session, case, pack, recipient=to.code)
    incidents = incidents_of(session, case)
    exhibits, register = holdings.held_of(session, case)
    findings = current_findings(session, case)
    replies = replies_of(session, case)
    cleared = cleared_in(session, case, at.astimezone(WASHINGTON).date())
    record = record_of(session, case, default_enacted=asked.default_enacted)
    put_forward = in_force(recommendations_of(session, case))
    return PacketContents(
        cover=_cover(case, pack, record, asked, to, _marks(incidents, exhibits, cleared), at),
        audit=_audit_head(session),
        summary=_summary(case, pack, record, incidents, cleared, recipient=to.code),
        entities=parties.entities,
        relations=parties.relations,
        incidents=chronology(incidents, pack, recipient=to.code, cleared=cleared),
        findings=appraisal.findings(findings, replies, parties.references, pack),
        conclusions=appraisal.conclusions(case, record, parties.references, pack),
        contrary=appraisal.contrary(exhibits, findings, recipient=to.code, cleared=cleared),
        responses=responses(incidents, replies, exhibits, recipient=to.code, cleared=cleared),
        positions=remedies.positions(record.acts, pack),
        determinations=remedies.determinations(
            determinations_of(session, case), parties.references, pack
        ),
        measures=remedies.measures(put_forward, parties.references, pack),
        not_taken=remedies.not_taken(put_forward, pack, case.next_review_on, recipient=to.code),
        exhibits=holdings.index(exhibits, register, recipient=to.code, cleared=cleared),
        record=holdings.record_index(incidents, exhibits, findings, record.acts),
        readings=_readings(pack),
        limits=_limits(record, pack, exhibits, parties),
    )


def _marks(
    incidents: Iterable[Incident], exhibits: Iterable[Exhibit], cleared: Cleared
) -> list[tuple[Mark, bool]]:
    """Every mark, and whether the item was cleared for release."""
    held = [(row.id, row.markings) for row in incidents]
    held += [(row.id, row.markings) for row in exhibits]
    return [
        (mark, item in cleared.get(key, ()))
        for key, markings in held
        for item, mark in marks_of(markings).items()
    ]


def _cover(
    case: Case,
    pack: StatutePack,
    record: Record,
    asked: Request,
    to: Recipient,
    marks: list[tuple[Mark, bool]],
    at: datetime,
) -> Cover:
    title = f"{pack.act.number}, {pack.act.title}, {pack.act.congress}th Congress"
    public = to.code == PUBLIC
    told = [mark for mark, cleared in marks if not (public and basis(mark, cleared=cleared))]
    return Cover(
        reference=case.reference,
        title=f"Case {case.reference}" if to.code == PUBLIC else case.title,
        recipient=to,
        banner=banner(map(open_part, told) if public else told),
        prepared=at,
        prepared_by=asked.prepared_by,
        version=asked.version,
        law=LawText(case.text_version, title, f"{pack.act.status}, not law"),
        planning="" if record.enacted else _PLANNING,
        training=case.training,
        supersedes=asked.supersedes,
    )


def _audit_head(session: Session) -> AuditHead:
    head = session.scalars(sa.select(AuditHeadRow)).one()
    return AuditHead(head.size, head.last_hash.hex(), _PROOF)


def _summary(
    case: Case,
    pack: StatutePack,
    record: Record,
    incidents: Sequence[Incident],
    cleared: Cleared,
    *,
    recipient: str,
) -> Summary:
    told = tuple(part.strip() for part in case.summary.split("\n\n") if part.strip())
    facts = [
        Figure("Stage of the case", pack.stages[case.stage].title),
        Figure("Subjects examined", str(sum(row.examined for row in record.subjects))),
        Figure("Incidents reported", str(len(incidents))),
    ]
    for row in incidents:
        veil = veil_for(recipient, marks_of(row.markings), cleared.get(row.id, ()))
        facts += [
            Figure(f"{figure.label}, as stated in {row.reference}", veil("volumes", figure.as_said))
            for figure in figures(row)
        ]
    return Summary((_NOT_RELEASED,) if recipient == PUBLIC else told, tuple(facts))


def _readings(pack: StatutePack) -> tuple[Reading, ...]:
    """Every clock that can be counted in more than one way, and the way relied upon."""
    return tuple(
        Reading(
            f"{clock.id}, {clock.citation}",
            f"{clock.title}: {next(row.words for row in clock.readings if row.default)}",
            "\n".join(row.words for row in clock.readings if not row.default),
        )
        for clock in pack.clocks.values()
        if len({row.default for row in clock.readings}) > 1
    )


def _limits(
    record: Record, pack: StatutePack, exhibits: Iterable[Exhibit], parties: Parties
) -> tuple[str, ...]:
    """What a reader must not expect of this record, worked out from the record itself."""
    known = read(record, pack)
    pointers = [str(row.number) for row in exhibits if not row.sha256]
    gaps = (
        ("Not answered", known.unanswered),
        ("Met without a cited exhibit", known.uncited),
        ("Not read by a second person", known.unreviewed),
        ("Contested between readers", known.contested),
        ("Known only by a pointer; the exhibit itself was not read here", pointers),
    )
    told = [f"{words}: {', '.join(sorted(names))}." for words, names in gaps if names]
    if not parties.relations:
        told.append("No ownership or other tie of a party is on record; none was ruled out.")
    return ("Only what was filed in this system was read.", *told)
