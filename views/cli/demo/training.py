"""The invented case, walked by invented officers from the report to the referral."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import Any

from casework.decisions import actions as decisions
from casework.decisions.measures import Considered
from casework.evidence import actions as evidence
from casework.evidence.facts import Description, Pointer
from casework.findings import actions as findings
from casework.findings.rules import Answer, CitedPlace
from casework.statute.loader import load_pack
from casework.workflow.actions import cases as workflow
from casework.workflow.actions import coordination, hearing, team
from casework.workflow.actions.hearing import WindowStep
from models import Case, CaseSubject, Entity, Exhibit, Incident
from views.cli.demo.training_report import add_entities, add_related, file_incident
from views.cli.demo.walk import Walk

DAYS_TO_ANSWER = 21


def walk_training_case(walk: Walk) -> Case:
    """Take the invented case from its report to the stage of referral."""
    respondent, owner, source = add_entities(walk)
    incident = file_incident(walk, respondent, owner)
    case = _open(walk, incident)
    subject = case.subjects[0] if case.subjects[0].entity_id == respondent.id else case.subjects[1]
    add_related(walk, case, respondent, source)
    _go(walk, case, "S2", "officer", "The report is complete and names a window and a model.")
    exhibits = _exhibits(walk, case)
    _consult(walk, case)
    _answer(walk, case, respondent)
    _hear(walk, case, subject, exhibits[5])
    _coordinate(walk, case)
    _decide(walk, case, respondent)
    _go(walk, case, "S13", "officer", "Referred with the packet of this case.")
    _comment_and_task(walk, case)
    return case


def _open(walk: Walk, incident: Incident) -> Case:
    case = workflow.open_case(
        walk.session,
        [incident],
        title=walk.data["title"],
        summary=walk.data["summary"].strip(),
        text_version=walk.text_version,
        training=True,
        **walk.by("officer"),
    )
    for key in ("analyst", "reviewer", "second-reviewer", "signing", "records"):
        team.add_member(walk.session, case, walk.officers[key], **walk.by("officer"))
    walk.session.refresh(case)
    return case


def _go(walk: Walk, case: Case, target: str, key: str, reason: str) -> None:
    workflow.advance_case(
        walk.session, case, target, reason=reason, version=case.version, **walk.by(key)
    )


def _exhibits(walk: Walk, case: Case) -> list[Exhibit]:
    received = [_exhibit(walk, case, row) for row in walk.data["exhibit"]]
    pointer = dict(walk.data["pointer"])
    held = Pointer(**{key: pointer.pop(key) for key in ("custodian", "system", "registry_number")})
    evidence.note_pointer(walk.session, case, Description(**pointer), held, **walk.by("analyst"))
    return received


def _exhibit(walk: Walk, case: Case, row: dict[str, Any]) -> Exhibit:
    described = Description(
        title=row["title"],
        bearing=row["bearing"],
        basis=row["basis"],
        received_from=row["received_from"],
        dated_on=row["dated_on"],
        owner_confidential=row["basis"] == "owner_telemetry",
        cui_category="PROPIN" if row["basis"] == "owner_telemetry" else "",
    )
    return evidence.receive_file(
        walk.session,
        walk.store,
        case,
        described,
        BytesIO(row["content"].lstrip("\n").encode()),
        file_name=row["file"],
        cap=walk.cap,
        **walk.by("analyst"),
    )


def _consult(walk: Walk, case: Case) -> None:
    _go(walk, case, "S3", "officer", "Every item carries a marking.")
    note = "The owner explained its baseline and the terms in force; notes are in exhibit 3."
    _record(walk, case, "consultation", "held", note, "officer")
    _go(walk, case, "S4", "officer", "Consultation is on record.")


def _record(
    walk: Walk, case: Case, kind: str, outcome: str, note: str, key: str, day: date | None = None
) -> None:
    coordination.put_on_record(
        walk.session,
        case,
        kind=kind,
        outcome=outcome,
        happened_on=day or walk.on,
        note=note,
        on=walk.on,
        **walk.by(key),
    )


def _answer(walk: Walk, case: Case, respondent: Entity) -> None:
    pack = load_pack(walk.text_version)
    for row in walk.data["finding"]:
        entity = None if pack.elements[row["element"]].scope == "case" else respondent
        given = Answer(
            answer=row["answer"],
            reasons=row["reasons"],
            innocent_explanation=row.get("innocent", ""),
            confidence=row["confidence"],
            citations=tuple(CitedPlace(*place) for place in row.get("cites", ())),
        )
        about: dict[str, Any] = {"entity": entity, "element": row["element"]}
        findings.write_finding(
            walk.session, case, given=given, expected_revision=0, **about, **walk.by("analyst")
        )
        _read(walk, case, about, "reviewer", "")
        if "dissent" in row:
            _read(walk, case, about, "second-reviewer", row["dissent"])
    purpose = walk.data["purpose"]
    findings.state_purpose(
        walk.session,
        case,
        entity=respondent,
        text=purpose["text"].strip(),
        factors=purpose["factors"],
        innocent_explanation=purpose["innocent"].strip(),
        expected=0,
        **walk.by("analyst"),
    )
    _record(
        walk,
        case,
        "last_attack",
        str(respondent.id),
        "Exhibit 1, row 11.",
        "analyst",
        walk.data["incident"]["window_end"],
    )


def _read(walk: Walk, case: Case, about: dict[str, Any], key: str, dissent: str) -> None:
    findings.review_finding(
        walk.session,
        case,
        revision=1,
        agrees=not dissent,
        dissent=dissent,
        **about,
        **walk.by(key),
    )


def _hear(walk: Walk, case: Case, subject: CaseSubject, answer: Exhibit) -> None:
    summary = walk.data["window"]["summary"]
    _window(walk, case, subject, WindowStep(step="summary_cleared", text=summary))
    _go(walk, case, "S5", "officer", "The summary is cleared.")
    closes = walk.on + timedelta(days=DAYS_TO_ANSWER)
    _window(walk, case, subject, WindowStep(step="opened", text=summary, closes_on=closes))
    said = "Counsel answered in writing; the letter is an exhibit."
    _window(walk, case, subject, WindowStep(step="answered", text=said, exhibit=answer))


def _window(walk: Walk, case: Case, subject: CaseSubject, step: WindowStep) -> None:
    hearing.take_window_step(walk.session, case, subject, step, on=walk.on, **walk.by("officer"))


def _coordinate(walk: Walk, case: Case) -> None:
    _go(walk, case, "S6", "officer", "The respondent has answered.")
    due = walk.on + timedelta(days=30)
    for row in walk.data["position"]:
        coordination.ask_agency(
            walk.session, case, row["agency"], due_on=due, on=walk.on, **walk.by("officer")
        )
    for row in walk.data["position"]:
        place = row["agency"].split("_")[0].lower()
        coordination.state_position(
            walk.session,
            case,
            position=row["position"],
            comment=row["comment"],
            **walk.by(f"delegate-{place}"),
        )


def _decide(walk: Walk, case: Case, respondent: Entity) -> None:
    _go(walk, case, "S7a", "officer", "All positions are in.")
    decisions.sign_determination(
        walk.session,
        case,
        entity=respondent,
        kind=walk.data["determination"]["kind"],
        reasons=walk.data["determination"]["reasons"].strip(),
        on=walk.on,
        **walk.by("signing"),
    )
    for row in walk.data["recommendation"]:
        recommendation = decisions.recommend(
            walk.session,
            case,
            measure=row["measure"],
            entity=respondent,
            taken=row["taken"],
            reasons=row["reasons"],
            considered=[Considered(item, *given) for item, given in row["considered"].items()],
            supersedes=None,
            **walk.by("officer"),
        )
        decisions.decide_recommendation(
            walk.session,
            case,
            recommendation,
            approved=True,
            reasons="Each item was considered and the reasons hold.",
            content_sha256=recommendation.content_sha256,
            **walk.by("reviewer"),
        )


def _comment_and_task(walk: Walk, case: Case) -> None:
    text = "The relay in Singapore should be looked at in a case of its own, as Commerce asks."
    team.comment(walk.session, case, text, **walk.by("officer"))
    team.add_task(
        walk.session,
        case,
        title="Record the answer of the receiver of the referral",
        due_on=walk.on + timedelta(days=14),
        assignee=walk.officers["records"],
        **walk.by("officer"),
    )
