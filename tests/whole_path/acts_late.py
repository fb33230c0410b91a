"""Acts from the determination on: signatures, measures, the public list, petitions, holds."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from casework.access import Permission
from casework.decisions import actions as decisions
from casework.decisions.actions import holds
from casework.decisions.actions.measures import sign_measure
from casework.decisions.queries import decisions as decided
from casework.legislation import queries as legislation
from casework.listing.actions import permissions, proposals, publication
from casework.listing.entry import CORRECTION, Line, Words
from casework.listing.queries import proposals as listed
from casework.petitions import actions as petitions
from casework.petitions.rules import Request
from models import Entity, ListPublication, MeasureHold, OwnerPermission, Petition, Recommendation
from tests.decisions.casefile import considered, particulars
from tests.plain_report import OWNER
from tests.whole_path.desk import Act, Desk

TEXT = "It queried the model through about 340 accounts."
OTHER_TEXT = "It queried the model at night."


def sign(desk: Desk, who: str, ref: str, subject: UUID, kind: str, *, late: bool = False) -> Any:
    def do(act: Act) -> Any:
        return decisions.sign_determination(
            act.db, act.case, entity=act.db.get_one(Entity, subject), kind=kind,
            reasons="Each element is shown.", **act.who_when_day,
        )  # fmt: skip

    permission = Permission.DETERMINATION_SIGN
    return desk.act(who, ref, permission, do, "determination.sign", late=late)


def recommend(
    desk: Desk, who: str, ref: str, measure: str, subject: UUID | None, *, stale: bool = False
) -> Any:
    def do(act: Act) -> Any:
        entity = act.db.get_one(Entity, subject) if subject else None
        current = decided.current_recommendation(act.db, act.case, measure, entity)
        shown = None if stale else current
        return decisions.recommend(
            act.db, act.case, measure=measure, entity=entity, taken=True,
            reasons="The conduct goes on.", considered=considered(measure),
            particulars=particulars(measure), supersedes=shown.id if shown else None,
            **act.who_when,
        )  # fmt: skip

    return desk.act(who, ref, Permission.RECOMMENDATION_MAKE, do, "recommendation.make")


def decide(
    desk: Desk,
    who: str,
    ref: str,
    row: UUID,
    *,
    approved: bool = True,
    stale: bool = False,
    late: bool = False,
) -> Any:
    def do(act: Act) -> Any:
        shown = act.db.get_one(Recommendation, row)
        return decisions.decide_recommendation(
            act.db, act.case, shown, approved=approved, reasons="Agreed.",
            content_sha256="0" * 64 if stale else shown.content_sha256, **act.who_when,
        )  # fmt: skip

    permission = Permission.RECOMMENDATION_DECIDE
    made = desk.act(who, ref, permission, do, "recommendation.decide", late=late)
    assert not (made and stale), "a decision on words that were not shown"
    return made


def sign_on(desk: Desk, who: str, ref: str, row: UUID, kind: str, *, stale: bool = False) -> Any:
    def do(act: Act) -> Any:
        shown = act.db.get_one(Recommendation, row)
        return sign_measure(
            act.db, act.case, shown, kind=kind, reasons="Each condition holds.",
            content_sha256="0" * 64 if stale else shown.content_sha256, **act.who_when_day,
        )  # fmt: skip

    made = desk.act(who, ref, Permission.MEASURE_SIGN, do, "measure.sign")
    assert not (made and stale), "a decision on words that were not shown"
    return made


def permit(
    desk: Desk, who: str, ref: str, *, text: str = TEXT, days: int | None = None, product="list"
) -> Any:
    def do(act: Act) -> Any:
        expires_on = None if days is None else act.on + timedelta(days=days)
        leave = permissions.Leave(
            owner=OWNER, product=product, ref=f"{desk.docket(ref).incident}#volumes",
            wording=text, given_by="Counsel", given_on=act.on, expires_on=expires_on,
        )  # fmt: skip
        return permissions.record_permission(act.db, act.case, leave, **act.who_when_day)

    return desk.act(who, ref, Permission.PERMISSION_RECORD, do, "permission.record")


def revoke(desk: Desk, who: str, ref: str, row: UUID, *, late: bool = False) -> Any:
    def do(act: Act) -> Any:
        return permissions.revoke_permission(
            act.db, act.case, act.db.get_one(OwnerPermission, row), revoked_on=act.on,
            reason="Asked by the owner.", **act.who_when_day,
        )  # fmt: skip

    permission = Permission.PERMISSION_RECORD
    return desk.act(who, ref, permission, do, "permission.revoke", late=late)


def propose(
    desk: Desk, who: str, ref: str, subject: UUID, *, text: str = TEXT, late: bool = False
) -> Any:
    line = Line(text, (f"{desk.docket(ref).incident}#volumes",))
    words = Words(
        part="conducted", reading="determination", lines=(line,), privacy="", correction=CORRECTION
    )

    def do(act: Act) -> Any:
        entity = act.db.get_one(Entity, subject)
        current = listed.current_proposal(act.db, act.case, entity)
        return proposals.propose(
            act.db, act.case, entity=entity, words=words,
            supersedes=current.id if current else None, **act.who_when,
        )  # fmt: skip

    return desk.act(who, ref, Permission.LIST_PROPOSE, do, "list.propose", late=late)


def publish(
    desk: Desk, who: str, ref: str, row: UUID, *, stale: bool = False, late: bool = False
) -> Any:
    found: dict[str, Any] = {}

    def do(act: Act) -> Any:
        proposal = listed.find_proposal(act.db, act.case, row)
        enacted = legislation.dates_of(act.db, act.case.text_version).enacted
        shown = "0" * 64 if stale else proposal.content_sha256
        found["entity"] = proposal.entity_id
        return publication.publish(
            act.db, act.case, proposal, content_sha256=shown, enacted=enacted, **act.who_when_day
        )

    standing = _standing_about(desk, row)
    entries = ("list.publish", *(("list.take_down",) if standing else ()))
    made = desk.act(who, ref, Permission.LIST_PUBLISH, do, *entries, late=late)
    if made:
        assert not stale, "a publication of words that were not shown"
        desk.ledger.shown[found["entity"]] = made.id
    return made


def _standing_about(desk: Desk, proposal: UUID) -> bool:
    with desk.sessions() as db:
        return db.get_one(listed.ListProposal, proposal).entity_id in desk.ledger.shown


def take_down(desk: Desk, who: str, ref: str, row: UUID, ground: str, *, late: bool = False) -> Any:
    found: dict[str, Any] = {}

    def do(act: Act) -> Any:
        shown = act.db.get_one(ListPublication, row)
        found["entity"] = shown.proposal.entity_id
        return publication.take_down(
            act.db, act.case, shown, ground=ground, reason="Another firm.", **act.who_when_day
        )

    made = desk.act(who, ref, Permission.LIST_TAKE_DOWN, do, "list.take_down", late=late)
    if made:
        assert desk.ledger.shown.pop(found["entity"]) == row
    return made


def petition(desk: Desk, who: str, ref: str, subject: UUID, measure: str) -> Any:
    def do(act: Act) -> Any:
        asked = Request(
            measure=measure, asks="lift", petitioner="Its counsel", text="It was not us.",
            received_on=act.on,
        )  # fmt: skip
        entity = act.db.get_one(Entity, subject)
        return petitions.record_petition(act.db, act.case, asked, entity=entity, **act.who_when_day)

    return desk.act(who, ref, Permission.PETITION_RECORD, do, "petition.record")


def answer(desk: Desk, who: str, ref: str, row: UUID, outcome: str, *, late: bool = False) -> Any:
    with desk.sessions() as db:
        asked = db.get_one(Petition, row)
        lifted = outcome == "grant" and asked.measure == "attackers_list"
        down = lifted and asked.entity_id in desk.ledger.shown

    def do(act: Act) -> Any:
        return petitions.answer_petition(
            act.db, act.case, act.db.get_one(Petition, row), outcome=outcome,
            reasons="Each point was weighed.", **act.who_when_day,
        )  # fmt: skip

    entries = (*(("list.take_down",) if down else ()), "petition.answer")
    made = desk.act(who, ref, Permission.PETITION_DECIDE, do, *entries, late=late)
    if made and down:
        desk.ledger.shown.pop(asked.entity_id)
    return made


def put_off(desk: Desk, who: str, ref: str, measure: str, review_on: date) -> Any:
    def do(act: Act) -> Any:
        return holds.place_hold(
            act.db, act.case, measure=measure, entity=None, authority="By order",
            reason="Talks go on.", review_on=review_on, **act.who_when_day,
        )  # fmt: skip

    return desk.act(who, ref, Permission.MEASURE_HOLD, do, "hold.place")


def lift(desk: Desk, who: str, ref: str, row: UUID) -> Any:
    def do(act: Act) -> Any:
        placed = act.db.get_one(MeasureHold, row)
        return holds.lift_hold(act.db, act.case, placed, reason="Talks ended.", **act.who_when)

    return desk.act(who, ref, Permission.MEASURE_HOLD, do, "hold.lift")
