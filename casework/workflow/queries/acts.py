"""The acts that guards ask about, and the comments, read in one query."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from casework.workflow.queries.act_row import NO_DAY, NO_WORD, NOBODY, act_row
from casework.workflow.queries.measure_acts import measure_decisions
from casework.workflow.queries.receipt_acts import congress_receipts
from casework.workflow.queries.window_words import exhibit_shown, words_shown
from casework.workflow.record import Act
from models import (
    AgencyPosition,
    Case,
    CaseIncident,
    Comment,
    Determination,
    Escalation,
    EscalationOutcome,
    Incident,
    ListProposal,
    ListPublication,
    ListTakedown,
    Marking,
    Motion,
    MotionClosing,
    Officer,
    OwnerPermission,
    PermissionRevocation,
    Person,
    Petition,
    PetitionDecision,
    PositionRequest,
    PurposeStatement,
    Recommendation,
    RecommendationDecision,
    ResponseWindow,
    StageRecord,
)


def acts_of(session: Session, case: Case) -> list[Act]:
    """Every act with the name of its author, the oldest first."""
    acts = sa.union_all(*_sources(session, case)).subquery()
    rows = session.execute(
        sa.select(
            acts.c.source,
            acts.c.at,
            Person.name,
            acts.c.entity_id,
            acts.c.key,
            acts.c.value,
            acts.c.day,
            acts.c.text,
        )
        .join(Officer, Officer.id == acts.c.by_id)
        .join(Person, Person.id == Officer.person_id)
        .order_by(acts.c.at, acts.c.id)
    )
    return [Act(*row) for row in rows]


def _sources(session: Session, case: Case) -> list[sa.Select[Any]]:
    return [
        act_row("record", StageRecord, case, key=StageRecord.kind, value=StageRecord.outcome,
             day=StageRecord.happened_on, text=StageRecord.note),
        act_row("window", ResponseWindow, case, entity=ResponseWindow.entity_id,
             key=ResponseWindow.step, value=_number_of_answer(session),
             day=ResponseWindow.closes_on, text=words_shown(session)),
        act_row("request", PositionRequest, case, key=PositionRequest.agency,
             day=PositionRequest.due_on),
        act_row("position", AgencyPosition, case, key=AgencyPosition.agency,
             value=AgencyPosition.position, text=AgencyPosition.comment),
        act_row("determination", Determination, case, entity=Determination.entity_id,
             key=Determination.kind, value=Determination.stage, day=Determination.decided_on,
             text=Determination.reasons),
        act_row("purpose", PurposeStatement, case, entity=PurposeStatement.entity_id),
        _recommendations(case),
        measure_decisions(case),
        congress_receipts(case),
        act_row("comment", Comment, case, text=Comment.text),
        _claims_of_confidence(case),
        _permissions(case),
        _entries(case),
        _removals(case),
        _closed_votes(case),
        _votes_taken_up(case),
        act_row("record", Petition, case, entity=Petition.entity_id,
             key=sa.literal("petition", sa.Text), value=Petition.asks, day=Petition.received_on),
        _petition_answers(case),
    ]  # fmt: skip


def _number_of_answer(session: Session) -> sa.ColumnElement[str]:
    """The number of the exhibit that holds an answer, in digits."""
    return sa.func.coalesce(sa.cast(exhibit_shown(session), sa.Text), "")


def _recommendations(case: Case) -> sa.Select[Any]:
    """Those not superseded, with the state that the pack's vocabulary names."""
    later = aliased(Recommendation)
    state = sa.case(
        (~Recommendation.taken, "not_taken"),
        (RecommendationDecision.id.is_(None), "drafted"),
        (RecommendationDecision.approved, "approved"),
        else_="rejected",
    )
    return (
        act_row("recommendation", Recommendation, case, entity=Recommendation.entity_id,
             key=Recommendation.measure, value=state)
        .outerjoin(
            RecommendationDecision,
            RecommendationDecision.recommendation_id == Recommendation.id,
        )
        .where(~sa.exists().where(later.supersedes_id == Recommendation.id))
    )  # fmt: skip


def _petition_answers(case: Case) -> sa.Select[Any]:
    return act_row(
        "record",
        PetitionDecision,
        case,
        entity=Petition.entity_id,
        key=sa.literal("petition_answer", sa.Text),
        value=PetitionDecision.outcome,
        day=PetitionDecision.decided_on,
    ).join(Petition, Petition.id == PetitionDecision.petition_id)


def _claims_of_confidence(case: Case) -> sa.Select[Any]:
    """One row for each linked report of which the owner calls some item confidential."""
    claimed = sa.exists().where(Marking.incident_id == Incident.id, Marking.owner_confidential)
    return (
        sa.select(
            sa.literal("confidence", sa.Text).label("source"),
            Incident.id.label("id"),
            Incident.submitted_at.label("at"),
            Incident.submitted_by_id.label("by_id"),
            NOBODY.label("entity_id"),
            Incident.owner_name.label("key"),
            NO_WORD.label("value"),
            NO_DAY.label("day"),
            NO_WORD.label("text"),
        )
        .join(CaseIncident, CaseIncident.incident_id == Incident.id)
        .where(CaseIncident.case_id == case.id, claimed)
    )


def _closed_votes(case: Case) -> sa.Select[Any]:
    """Votes of a committee that decided something."""
    return (
        act_row("record", MotionClosing, case, entity=Motion.entity_id,
             key=sa.literal("erc_vote", sa.Text), value=MotionClosing.decision,
             day=MotionClosing.closed_on)
        .join(Motion, Motion.id == MotionClosing.motion_id)
        .where(MotionClosing.decision != "")
    )  # fmt: skip


def _votes_taken_up(case: Case) -> sa.Select[Any]:
    """What stands of a vote after a level above settled it; empty where it was sent back."""
    return (
        act_row("record", EscalationOutcome, case, entity=Motion.entity_id,
             key=sa.literal("erc_vote", sa.Text), value=EscalationOutcome.decision,
             day=EscalationOutcome.happened_on)
        .join(Escalation, Escalation.id == EscalationOutcome.escalation_id)
        .join(Motion, Motion.id == Escalation.motion_id)
    )  # fmt: skip


def _permissions(case: Case) -> sa.Select[Any]:
    """Permissions for a product of the text that nobody has revoked; whether one has expired is
    asked on the day of publication.
    """
    revoked = sa.exists().where(PermissionRevocation.permission_id == OwnerPermission.id)
    return act_row(
        "record", OwnerPermission, case, key=sa.literal("owner_permission", sa.Text),
        value=OwnerPermission.owner, day=OwnerPermission.given_on, text=OwnerPermission.wording,
    ).where(~revoked, OwnerPermission.product != "other")  # fmt: skip


def _entries(case: Case) -> sa.Select[Any]:
    return act_row(
        "record", ListPublication, case, entity=ListProposal.entity_id,
        key=sa.literal("list_entry", sa.Text), value=sa.literal("list_add", sa.Text),
        day=ListPublication.published_on,
    ).join(ListProposal, ListProposal.id == ListPublication.proposal_id)  # fmt: skip


def _removals(case: Case) -> sa.Select[Any]:
    """A corrected entry stays on the list in its new words."""
    return (
        act_row("record", ListTakedown, case, entity=ListProposal.entity_id,
             key=sa.literal("list_entry", sa.Text), value=sa.literal("list_remove", sa.Text),
             day=ListTakedown.taken_down_on, text=ListTakedown.reason)
        .join(ListPublication, ListPublication.id == ListTakedown.publication_id)
        .join(ListProposal, ListProposal.id == ListPublication.proposal_id)
        .where(ListTakedown.ground != "correction")
    )  # fmt: skip
