"""What the test works out anew from the rows: roads, tallies, hashes, permissions, the chain."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from models import (
    AuditEntry,
    AuditHead,
    Ballot,
    Case,
    Determination,
    Incident,
    ListPublication,
    ListTakedown,
    Marking,
    MeasureDecision,
    Motion,
    MotionClosing,
    OwnerPermission,
    PermissionRevocation,
    PetitionDecision,
    RecommendationDecision,
    RoleGrant,
    StageChange,
)
from tests.whole_path.ledger import Ledger
from tests.whole_path.people import MEMBERS

PACKS = Path(__file__).parents[2] / "casework/statute/packs"
FROZEN = (
    Determination, RecommendationDecision, MeasureDecision, MotionClosing, ListPublication,
    PetitionDecision,
)  # fmt: skip


@cache
def roads(text_version: str) -> frozenset[tuple[str, str, str, str]]:
    """(origin, target, decision, role) of every transition, read from the file of the pack."""
    text = (PACKS / text_version / "transitions.toml").read_text()
    return frozenset(
        (origin, row["target"], row["decision"], role)
        for row in tomllib.loads(text)["transition"]
        for origin in row["origins"]
        for role in row["roles"]
    )


def stages(db: Any, ledger: Ledger) -> Iterable[str]:
    """Every stage was reached by a road of the pack, taken by somebody who may take it."""
    roles: dict[Any, set[str]] = {}
    for officer, role in db.execute(sa.select(RoleGrant.officer_id, RoleGrant.role)):
        roles.setdefault(officer, set()).add(role)
    for case in db.scalars(sa.select(Case)):
        docket = ledger.dockets[case.reference]
        changes = db.scalars(
            sa.select(StageChange).where(StageChange.case_id == case.id).order_by(StageChange.at)
        ).all()
        path = ["S1", *(row.to_stage for row in changes)]
        if path != docket.path or case.stage != path[-1]:
            yield f"{case.reference} stands at {case.stage}, and its path was {docket.path}"
        if [row.from_stage for row in changes] != path[:-1]:
            yield f"{case.reference} has a gap in its path"
        for row in changes:
            road = (row.from_stage, row.to_stage, row.decision)
            if not any((*road, role) in roads(case.text_version) for role in roles[row.by_id]):
                yield f"no road of the pack: {road}"


def tally(ballots: Iterable[tuple[str, str]], question: str) -> str:
    """The outcome by the rule of the handbook: the last ballot of an agency counts; more than
    half of those not recused are present; to add, a majority of yes and no, else all.
    """
    last = dict(ballots)
    count = {word: sum(choice == word for choice in last.values())
             for word in ("yes", "no", "abstain", "recused")}  # fmt: skip
    eligible = len(MEMBERS) - count["recused"]
    if 2 * (count["yes"] + count["no"] + count["abstain"]) <= eligible:
        return "no_quorum"
    if question == "add":
        return "carried" if count["yes"] > count["no"] else "failed"
    return "carried" if count["yes"] == eligible else "failed"


def votes(db: Any, ledger: Ledger) -> Iterable[str]:
    for motion in db.scalars(sa.select(Motion)):
        rows = db.scalars(
            sa.select(Ballot).where(Ballot.motion_id == motion.id).order_by(Ballot.sequence)
        ).all()
        cast = [(row.agency, row.choice) for row in rows]
        if cast != ledger.ballots[motion.id]:
            yield "the ballots are not those that were cast"
        closing = motion.closing
        if closing is None:
            continue
        if closing.outcome != tally(cast, motion.question):
            yield f"a vote closed as {closing.outcome} with {cast}"
        for word in ("yes", "no", "abstain", "recused"):
            counted = sorted(agency for agency, choice in dict(cast).items() if choice == word)
            if closing.tally[word] != counted:
                yield f"a tally that is not that of the ballots: {word}"
        silent = MEMBERS - dict(cast).keys()
        if silent and closing.closed_on <= motion.due_on:
            yield f"a vote closed before {sorted(silent)} had to vote"


def sha256(record: Any) -> str:
    """Of canonical JSON; the records hold no numbers but integers, and plain keys."""
    text = json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def records(db: Any, ledger: Ledger, *, whole: bool) -> Iterable[str]:
    """Each frozen record has the hash under which it was kept, ever since."""
    for table in FROZEN:
        known = {key for name, key in ledger.frozen if name == table.__tablename__}
        for key, stored in db.execute(sa.select(table.id, table.record_sha256)):
            name = (table.__tablename__, str(key))
            if ledger.frozen.setdefault(name, stored) != stored:
                yield f"{name} has another hash than before"
            if whole or str(key) not in known:
                row = db.get_one(table, key)
                if sha256(row.record) != stored:
                    yield f"{name} does not have the hash of its record"


def permissions(db: Any, ledger: Ledger) -> Iterable[str]:
    """Each confidential sentence had its owner's live word when it went public."""
    for row in db.scalars(sa.select(ListPublication)):
        content = row.proposal.content
        if row.proposal.content_sha256 != sha256(content):
            yield "an entry that is not the one of its hash"
        for line in content["lines"]:
            for ref in line["sources"]:
                if not line["parallel"] and not _permitted(db, row, ref, line["text"]):
                    yield f"published without live permission: {line['text']}"
    shown = {
        row.proposal.entity_id: row.id
        for row in db.scalars(
            sa.select(ListPublication).where(
                ~sa.exists().where(ListTakedown.publication_id == ListPublication.id)
            )
        )
    }
    if shown != ledger.shown:
        yield "the list shows something else than was published"
    providers = {
        subject for docket in ledger.dockets.values()
        for what, subject in docket.subjects.items() if what == "provider"
    }  # fmt: skip
    if providers & shown.keys():
        yield "a provider of accounts is on the public list"


def _permitted(db: Any, row: ListPublication, ref: str, text: str) -> bool:
    reference, item = ref.split("#")
    incident = db.scalars(sa.select(Incident).where(Incident.reference == reference)).one()
    marks = db.scalars(
        sa.select(Marking).where(Marking.incident_id == incident.id, Marking.item == item)
    ).all()
    if marks and not any(mark.owner_confidential or mark.trade_secret for mark in marks):
        return True
    gone = sa.exists().where(
        PermissionRevocation.permission_id == OwnerPermission.id,
        PermissionRevocation.revoked_on <= row.published_on,
        PermissionRevocation.at < row.at,
    )
    live = sa.select(OwnerPermission.id).where(
        OwnerPermission.case_id == row.case_id,
        OwnerPermission.at < row.at,
        OwnerPermission.owner == incident.owner_name,
        OwnerPermission.product == "list",
        OwnerPermission.ref == ref,
        OwnerPermission.wording == text,
        OwnerPermission.given_on <= row.published_on,
        sa.func.coalesce(OwnerPermission.expires_on, row.published_on) >= row.published_on,
        ~gone,
    )
    return db.scalars(live).first() is not None


def chain(db: Any, ledger: Ledger) -> Iterable[str]:
    """The entries since the last look follow one another to the head."""
    last, size = ledger.last_hash, ledger.chained
    rows = db.execute(
        sa.select(AuditEntry.seq, AuditEntry.leaf, AuditEntry.hash)
        .where(AuditEntry.seq >= size)
        .order_by(AuditEntry.seq)
    )
    for seq, leaf, stored in rows:
        told = json.loads(leaf)
        if (seq, told["prev"]) != (size, last.hex()):
            yield f"entry {seq} does not follow"
        if hashlib.sha256(b"\x00" + leaf.encode()).digest() != stored:
            yield f"entry {seq} has another hash"
        last, size = stored, size + 1
    head = db.scalars(sa.select(AuditHead)).one()
    if (head.size, head.last_hash) != (size, last) or size != ledger.entries:
        yield f"the log has {size} entries, its head says {head.size}, {ledger.entries} were made"
    ledger.last_hash, ledger.chained = last, size
