"""The invented case, walked by invented officers from the report to the referral."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

from casework.evidence.actions import exhibits as evidence
from casework.evidence.facts import Description, Pointer
from casework.findings import actions as findings
from casework.findings.rules import Answer, CitedPlace
from casework.statute.loader import load_pack
from casework.workflow.actions import cases as workflow
from casework.workflow.actions import hearing, team
from casework.workflow.actions.hearing import WindowStep
from models import Case, CaseSubject, Entity, Exhibit, Incident
from views.cli.demo.training_decision import coordinate, decide
from views.cli.demo.training_report import add_entities, add_related, file_incident
from views.cli.demo.walk import Walk

DAYS_TO_ANSWER = 21


def walk_training_case(walk: Walk) -> tuple[Case, Entity]:
    """Take the invented case from its report to the stage of referral; the case with its
    respondent.
    """
    respondent, owner, source = add_entities(walk)
    incident = file_incident(walk, respondent, owner)
    case = _open(walk, incident)
    subject = case.subjects[0] if case.subjects[0].entity_id == respondent.id else case.subjects[1]
    add_related(walk, case, respondent, source)
    walk.go(case, "S2", "officer", "The report is complete and names a window and a model.")
    exhibits = _exhibits(walk, case)
    _consult(walk, case)
    _answer(walk, case, respondent)
    _hear(walk, case, subject, exhibits[5])
    walk.go(case, "S6", "officer", "The respondent has answered.")
    coordinate(walk, case)
    walk.go(case, "S7a", "officer", "All positions are in.")
    decide(walk, case, respondent)
    walk.go(case, "S13", "officer", "Referred with the packet of this case.")
    _comment_and_task(walk, case)
    return case, respondent


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
    for key in ("analyst", "reviewer", "second-reviewer", "signing", "chair", "records"):
        team.add_member(walk.session, case, walk.officers[key], **walk.by("officer"))
    walk.session.refresh(case)
    return case


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
    walk.go(case, "S3", "officer", "Every item carries a marking.")
    note = "The owner explained its baseline and the terms in force; notes are in exhibit 3."
    walk.record(case, "consultation", "held", note, "officer")
    walk.go(case, "S4", "officer", "Consultation is on record.")


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
    walk.record(
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
    _window(walk, case, subject, WindowStep(step="summary_cleared", text=summary), "signing")
    walk.go(case, "S5", "officer", "The summary is cleared.")
    closes = walk.on + timedelta(days=DAYS_TO_ANSWER)
    _window(walk, case, subject, WindowStep(step="opened", closes_on=closes), "officer")
    said = walk.data["window"]["answer"]
    _window(walk, case, subject, WindowStep(step="answered", text=said, exhibit=answer), "officer")


def _window(walk: Walk, case: Case, subject: CaseSubject, step: WindowStep, key: str) -> None:
    hearing.take_window_step(walk.session, case, subject, step, on=walk.on, **walk.by(key))


def _comment_and_task(walk: Walk, case: Case) -> None:
    text = "The relay in Singapore should be looked at in a case of its own, as Commerce asks."
    team.comment(walk.session, case, text, **walk.by("officer"))
    team.add_task(
        walk.session,
        case,
        title="Ask for the records of the relay",
        due_on=walk.on + timedelta(days=14),
        assignee=walk.officers["records"],
        **walk.by("officer"),
    )
