"""The invented case after its referral: markings, a hold, and an entry on the public list."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from casework.decisions.actions import holds
from casework.disclosure.actions.notices import send_notice
from casework.disclosure.queries.notices import linked_reports
from casework.evidence.queries.exhibits import find_exhibit
from casework.handling.actions import markings
from casework.handling.queries.markings import count_changes
from casework.handling.queries.readers import mark_of
from casework.listing.actions.permissions import Leave, record_permission
from casework.listing.actions.proposals import propose
from casework.listing.actions.publication import publish
from casework.listing.entry import CORRECTION, DETERMINATION, Line, Words
from casework.listing.queries.subjects import subject_of
from casework.listing.rules import listing_blockers
from models import Case, Entity, Incident
from views.cli.demo.training_decision import put_forward
from views.cli.demo.walk import Walk

DAYS_TO_REVIEW = 60


def go_on_after_referral(walk: Walk, case: Case, respondent: Entity) -> None:
    """Mark, hold and list what the case found; the list is left out once the invented attack
    lies more than the past year behind.
    """
    (incident,) = linked_reports(walk.session, case)
    walk.record(case, "referral", "accepted", walk.after["referral"], "records")
    _restrict(walk, case)
    _tell_the_submitter(walk, case, incident)
    _hold_and_lift(walk, case, respondent)
    for row in walk.after["recommendation"]:
        put_forward(walk, case, respondent, row)
    subject = subject_of(walk.session, case, respondent)
    if not listing_blockers(subject.candidate(walk.after["listing"]["part"]), walk.pack):
        _list(walk, case, respondent, incident)


def _restrict(walk: Walk, case: Case) -> None:
    """One exhibit goes to listed persons only; the case officer is not among them."""
    row = walk.after["marking"]
    exhibit = find_exhibit(walk.session, case, row["exhibit"])
    assert exhibit  # noqa: S101 (received by this walk)
    marking = exhibit.markings[0]
    for key in row["readers"]:
        reader = walk.officers[key]
        markings.list_reader(walk.session, marking, reader, case=case, **walk.by("records"))
    markings.change_marking(
        walk.session,
        marking,
        replace(mark_of(marking), dissemination=tuple(row["controls"])),
        seen=count_changes(walk.session, marking),
        reason=row["reason"],
        authority=row["authority"],
        case=case,
        **walk.by("records"),
    )


def _tell_the_submitter(walk: Walk, case: Case, incident: Incident) -> None:
    row = walk.after["notice"]
    send_notice(
        walk.session,
        case,
        incident,
        requested_by=row["requested_by"],
        described=row["described"],
        items=[f"{incident.reference}#{item}" for item in row["items"]],
        sent_on=walk.on,
        on=walk.on,
        **walk.by("records"),
    )


def _hold_and_lift(walk: Walk, case: Case, respondent: Entity) -> None:
    row = walk.after["hold"]
    placed = holds.place_hold(
        walk.session,
        case,
        measure=row["measure"],
        entity=respondent,
        authority=row["authority"],
        reason=row["reason"],
        review_on=walk.on + timedelta(days=DAYS_TO_REVIEW),
        on=walk.on,
        **walk.by("signing"),
    )
    holds.lift_hold(walk.session, case, placed, reason=row["lifted"], **walk.by("signing"))


def _list(walk: Walk, case: Case, respondent: Entity, incident: Incident) -> None:
    """The owner permits the very words; one person proposes them and another publishes."""
    row = walk.after["listing"]
    ref = f"{incident.reference}#{row['ref']}"
    given: dict[str, Any] = {"wording": row["text"], "given_by": row["given_by"]}
    leave = Leave(owner=incident.owner_name, product="list", ref=ref, given_on=walk.on, **given)
    record_permission(walk.session, case, leave, on=walk.on, **walk.by("records"))
    walk.take(case, "list", "signing", "The owner has permitted the words of the entry.")
    proposal = propose(
        walk.session,
        case,
        entity=respondent,
        words=Words(
            part=row["part"],
            reading=DETERMINATION,
            lines=(Line(row["text"], (ref,)),),
            privacy="",
            correction=CORRECTION,
        ),
        supersedes=None,
        **walk.by("records"),
    )
    publish(
        walk.session,
        case,
        proposal,
        content_sha256=proposal.content_sha256,
        enacted=None,
        on=walk.on,
        **walk.by("signing"),
    )
