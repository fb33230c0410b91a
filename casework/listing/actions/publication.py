"""Put a proposed entry on the public list, and take one off."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.decisions.queries.freezing import record_before
from casework.decisions.record import digest
from casework.errors import (
    Blocker,
    InvalidValue,
    SeparationOfDuties,
    StaleVersion,
    TransitionBlocked,
)
from casework.findings.actions import hold, log, signed
from casework.listing.gates import closed, list_stages
from casework.listing.queries.permissions import permissions_of
from casework.listing.queries.proposals import (
    Weighed,
    current_proposal,
    standing_publication,
    weigh,
)
from casework.statute.loader import load_pack
from models import Case, ListProposal, ListPublication, ListTakedown, Officer, OwnerPermission

FORMAT = "extraction-docket/list-publication/1"
CORRECTION = "correction"


def publish(
    session: Session,
    case: Case,
    proposal: ListProposal,
    *,
    content_sha256: str,
    enacted: date | None,
    by: Officer,
    at: datetime,
    on: date,
) -> ListPublication:
    """Publish exactly what was shown: `content_sha256` is the hash on the publisher's page.

    `enacted` is the enactment date in force, None in planning mode; `on` the Washington day. An
    entry about the same entity that stands is taken down as corrected. SeparationOfDuties for
    the preparer, StaleVersion for other words, TransitionBlocked with every closed gate.
    """
    hold(session, case, by)
    if proposal.by_person_id == by.person_id:
        raise SeparationOfDuties("Whoever proposed an entry does not publish it.")
    _refuse_stale(session, case, proposal, content_sha256)
    weighed = weigh(session, case, proposal, enacted=enacted, on=on)
    if blockers := [*closed(weighed.gates), *_other_agency(case, by)]:
        raise TransitionBlocked(blockers)
    earlier = standing_publication(session, proposal.entity, training=case.training)
    record = _record(session, case, proposal, weighed, by)
    publication = ListPublication(
        **signed(case, by, at),
        proposal_id=proposal.id,
        preparer_person_id=proposal.by_person_id,
        content_sha256=content_sha256,
        published_on=on,
        record=record,
        record_sha256=digest(record),
    )
    session.add(publication)
    told = {"entity": str(proposal.entity_id), "record_sha256": publication.record_sha256}
    log(session, case, "list.publish", by, at, content_sha256=content_sha256, **told)
    if earlier is not None:
        reason = "Replaced by a corrected entry on the same day."
        _take_down(session, case, earlier, CORRECTION, reason, by, at, on)
    return publication


def take_down(
    session: Session,
    case: Case,
    publication: ListPublication,
    *,
    ground: str,
    reason: str,
    by: Officer,
    at: datetime,
    on: date,
) -> ListTakedown:
    """Take an entry off the list before its clock does. `on` is the Washington day.

    InvalidValue naming the field; StaleVersion if it is down already.
    """
    hold(session, case, by)
    if ground == CORRECTION:
        raise InvalidValue("Publish the corrected entry; this one then comes down.", "ground")
    if ground not in load_pack(case.text_version).codes("takedown_ground"):
        raise InvalidValue("Choose a ground of the list.", "ground")
    if not reason.strip():
        raise InvalidValue("Say why the entry comes down.", "reason")
    return _take_down(session, case, publication, ground, reason, by, at, on)


def _take_down(
    session: Session,
    case: Case,
    publication: ListPublication,
    ground: str,
    reason: str,
    by: Officer,
    at: datetime,
    on: date,
) -> ListTakedown:
    down = sa.select(ListTakedown.id).where(ListTakedown.publication_id == publication.id)
    if session.scalar(down):
        raise StaleVersion("This entry has been taken down already.")
    row = ListTakedown(
        **signed(case, by, at),
        publication_id=publication.id,
        taken_down_on=on,
        ground=ground,
        reason=reason,
    )
    session.add(row)
    told = {"entity": str(publication.proposal.entity_id), "ground": ground}
    log(session, case, "list.take_down", by, at, reason=reason, **told)
    return row


def _refuse_stale(
    session: Session, case: Case, proposal: ListProposal, content_sha256: str
) -> None:
    if proposal.content_sha256 != content_sha256:
        raise StaleVersion("The entry you were shown is not the one on record. Read it again.")
    if current_proposal(session, case, proposal.entity) is not proposal:
        raise StaleVersion("A newer proposal has replaced this one.")
    done = sa.select(ListPublication.id).where(ListPublication.proposal_id == proposal.id)
    if session.scalar(done):
        raise StaleVersion("This entry has been published already.")


def _other_agency(case: Case, by: Officer) -> list[Blocker]:
    """The lead of the stage publishes."""
    pack = load_pack(case.text_version)
    stage = next((row for row in list_stages(pack) if row.id == case.stage), None)
    if stage is None or by.agency == stage.lead:
        return []
    lead = pack.agencies[stage.lead].label
    return [Blocker(f"In this stage {lead} publishes.", stage.citation, stage.authority)]


def _record(
    session: Session, case: Case, proposal: ListProposal, weighed: Weighed, by: Officer
) -> dict[str, Any]:
    """What lay before the publisher. Days are ISO days, absent values null."""
    desk = weighed.desk
    return {
        "format": FORMAT,
        **record_before(session, case, proposal.entity),
        "entry": proposal.content,
        "entry_sha256": proposal.content_sha256,
        "sources": [
            {
                "text": sentence.text,
                "sources": [
                    {
                        "ref": row.ref,
                        "owners": sorted(row.owners),
                        "confidential": row.confidential,
                        "parallel": row.parallel,
                    }
                    for row in sentence.sources
                ],
            }
            for sentence in desk.sentences
        ],
        "permissions": [_permission(row) for row in permissions_of(session, case)],
        "windows": [
            {
                "reading": row.words,
                "opens": row.opens.isoformat(),
                "closes": row.closes.isoformat(),
                "holds": row.holds,
                "relied": row.relied,
            }
            for row in weighed.windows
        ],
        "last_days": [
            {"reading": row.words, "drop": row.drop.isoformat(), "relied": row.relied}
            for row in weighed.last_days
        ],
        "enacted": desk.enacted.isoformat() if desk.enacted else None,
        "decision": {
            "kind": "list_add",
            "published_on": desk.on.isoformat(),
            "by": by.name,
            "agency": by.agency,
            "person": str(by.person_id),
        },
    }


def _permission(row: OwnerPermission) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "owner": row.owner,
        "product": row.product,
        "ref": row.ref,
        "wording": row.wording,
        "given_by": row.given_by,
        "given_on": row.given_on.isoformat(),
        "expires_on": row.expires_on.isoformat() if row.expires_on else None,
        "revoked_on": row.revocation.revoked_on.isoformat() if row.revocation else None,
    }
