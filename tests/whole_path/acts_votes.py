"""Acts of the committee: motions, ballots, postponements, closings, the dispute ladder."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from casework.access import Permission
from casework.committee.actions import ballots, escalations, motions, postponements
from casework.committee.queries.escalations import find_escalation, find_matter
from casework.committee.queries.motions import find_motion, own_ballots
from casework.committee.queries.moving import grounds
from casework.decisions.actions.entries import record_entry
from casework.decisions.queries.entries import find_carried, latest_version
from models import Entity
from tests.decisions.casefile import particulars
from tests.whole_path.desk import Act, Desk


def move(
    desk: Desk, who: str, ref: str, subject: UUID, question: str = "add", *, late: bool = False
) -> Any:
    def do(act: Act) -> Any:
        entity = act.db.get_one(Entity, subject)
        found = grounds(act.db, act.case, question, entity)
        return motions.move(
            act.db, act.case, question=question, entity=entity,
            ground=found[0].id if found else None, statement="Decide it on exhibit 1.",
            seated=(), seating_reason="", **act.who_when_day,
        )  # fmt: skip

    made = desk.act(who, ref, Permission.MOTION_MOVE, do, "motion.move", late=late)
    if made:
        desk.ledger.ballots[made.id] = []
    return made


def cast(
    desk: Desk,
    who: str,
    ref: str,
    motion: UUID,
    choice: str,
    *,
    stale: bool = False,
    unseen: int = 0,
    late: bool = False,
) -> Any:
    def do(act: Act) -> Any:
        row = find_motion(act.db, act.case, motion)
        return ballots.cast(
            act.db, act.case, row, choice=choice, dissent="Too thin." if choice == "no" else "",
            content_sha256="0" * 64 if stale else row.content_sha256,
            expected=len(own_ballots(row, act.by)) - unseen, **act.who_when,
        )  # fmt: skip

    made = desk.act(who, ref, Permission.BALLOT_CAST, do, "ballot.cast", late=late)
    if made:
        assert (stale, unseen) == (False, 0), "a ballot on what was not shown"
        desk.ledger.ballots[motion].append((made.agency, made.choice))
    return made


def close(
    desk: Desk, who: str, ref: str, motion: UUID, *, stale: bool = False, late: bool = False
) -> Any:
    def do(act: Act) -> Any:
        row = find_motion(act.db, act.case, motion)
        shown = "0" * 64 if stale else row.content_sha256
        return motions.close(act.db, act.case, row, content_sha256=shown, **act.who_when_day)

    made = desk.act(who, ref, Permission.MOTION_CLOSE, do, "motion.close", late=late)
    assert not (made and stale), "a closing of another motion than the one shown"
    return made


def put_off(desk: Desk, who: str, ref: str, motion: UUID, days: int) -> Any:
    def do(act: Act) -> Any:
        row = find_motion(act.db, act.case, motion)
        until = row.due_on + timedelta(days=days)
        return postponements.ask(
            act.db, act.case, row, until=until, reason="New facts.", **act.who_when_day
        )

    return desk.act(who, ref, Permission.BALLOT_CAST, do, "postponement.ask")


def agree(desk: Desk, who: str, ref: str, motion: UUID, request: UUID, *, agrees: bool) -> Any:
    def do(act: Act) -> Any:
        row = find_motion(act.db, act.case, motion)
        asked = next(each for each in row.postponements if each.id == request)
        return postponements.answer(act.db, act.case, row, asked, agrees=agrees, **act.who_when)

    return desk.act(who, ref, Permission.BALLOT_CAST, do, "postponement.answer")


def escalate(desk: Desk, who: str, ref: str, motion: UUID, level: str = "") -> Any:
    def do(act: Act) -> Any:
        matter = find_matter(act.db, act.case, str(motion), act.on)
        offered = matter.offer.level if matter and matter.offer else "ACEP"
        return escalations.escalate(
            act.db, act.case, matter=str(motion), level=level or offered,
            reason="The facts weigh more.", **act.who_when_day,
        )  # fmt: skip

    return desk.act(who, ref, Permission.ESCALATION_RAISE, do, "escalation.raise")


def settle(desk: Desk, who: str, ref: str, row: UUID, outcome: str) -> Any:
    def do(act: Act) -> Any:
        return escalations.settle(
            act.db, act.case, find_escalation(act.db, act.case, row), outcome=outcome,
            reasons="Weighed again.", happened_on=act.on, **act.who_when_day,
        )  # fmt: skip

    return desk.act(who, ref, Permission.ESCALATION_SETTLE, do, "escalation.settle")


def enter(desk: Desk, who: str, ref: str, closing: UUID, *, stale: int = 0) -> Any:
    """Carry a carried motion out in the entry for China."""

    def do(act: Act) -> Any:
        carried = find_carried(act.db, act.case, closing)
        if carried is None:
            return None
        last = latest_version(act.db, act.case, carried.closing.motion.entity_id, "CN")
        return record_entry(
            act.db, act.case, carried, country="CN", change=carried.change,
            fields=particulars("entity_list"), federal_register="91 FR 1",
            effective_on=carried.closing.closed_on,
            expected_version=(last.version if last else 0) - stale, **act.who_when,
        )  # fmt: skip

    made = desk.act(who, ref, Permission.MEASURE_SIGN, do, "entry.record")
    assert not (made and stale), "an entry on another version than the one shown"
    return made
