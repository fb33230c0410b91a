"""Acts up to the draft finding: stages, exhibits, answers, readings, positions, recusals."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from casework.access import Permission
from casework.evidence.actions.exhibits import receive_file
from casework.evidence.facts import Description
from casework.findings import actions as findings
from casework.findings import queries as found
from casework.statute.loader import load_pack
from casework.workflow.actions import coordination, hearing, team
from casework.workflow.actions.cases import advance_case
from casework.workflow.queries import coordination as coordinated
from models import CaseSubject, Entity, Officer
from tests.decisions.casefile import factor_texts, given
from tests.plain_report import OWNER
from tests.whole_path.desk import Act, Desk
from tests.whole_path.people import person_of


def entity_of(act: Act, subject: UUID | None) -> Entity | None:
    return act.db.get_one(Entity, subject) if subject else None


def advance(
    desk: Desk,
    who: str,
    ref: str,
    target: str,
    decision: str = "",
    *,
    stale: int = 0,
    reason: str = "Because.",
    late: bool = False,
) -> bool:
    def do(act: Act) -> Any:
        version = act.case.version - stale
        return advance_case(
            act.db, act.case, target, decision=decision, reason=reason, version=version,
            **act.who_when,
        )  # fmt: skip

    done = desk.act(who, ref, Permission.CASE_ADVANCE, do, "case.advance", late=late)
    if done:
        assert not stale
        desk.docket(ref).path.append(target)
        desk.ledger.reached[f"stage {target}"] += 1
    return bool(done)


def receive(desk: Desk, who: str, ref: str, title: str) -> bool:
    described = Description(
        title=title, bearing="supports", basis="owner_telemetry", received_from=OWNER
    )

    def do(act: Act) -> Any:
        content = io.BytesIO(f"account,prompts\n17,{act.at.timestamp()}\n".encode())
        return receive_file(
            act.db, desk.app.extensions["blobs"], act.case, described, content,
            file_name="log.csv", cap=1000, **act.who_when,
        )  # fmt: skip

    done = desk.act(who, ref, Permission.EVIDENCE_ADD, do, "exhibit.receive")
    if done:
        desk.docket(ref).exhibits.append(title)
    return bool(done)


def note(desk: Desk, who: str, ref: str, kind: str, outcome: str, *, ago: int = 0) -> Any:
    def do(act: Act) -> Any:
        return coordination.put_on_record(
            act.db, act.case, kind=kind, outcome=outcome,
            happened_on=act.on - timedelta(days=ago), note="As exhibit 1 shows.",
            **act.who_when_day,
        )  # fmt: skip

    return desk.act(who, ref, Permission.CASE_ADVANCE, do, "stage.record")


def write(
    desk: Desk,
    who: str,
    ref: str,
    element: str,
    subject: UUID | None,
    answer: str,
    *,
    stale: int = 0,
    late: bool = False,
    undone: bool = False,
) -> Any:
    def do(act: Act) -> Any:
        about = entity_of(act, subject)
        seen = found.latest_revision(act.db, act.case, element, about)
        return findings.write_finding(
            act.db, act.case, entity=about, element=element, given=given(answer),
            expected_revision=seen - stale, **act.who_when,
        )  # fmt: skip

    permission = Permission.FINDING_WRITE
    made = desk.act(who, ref, permission, do, "finding.write", late=late, undone=undone)
    assert not (made and stale), "an answer to a revision that was not the newest"
    return made


def read(
    desk: Desk,
    who: str,
    ref: str,
    element: str,
    subject: UUID | None,
    *,
    agrees: bool = True,
    stale: int = 0,
    late: bool = False,
) -> Any:
    def do(act: Act) -> Any:
        about = entity_of(act, subject)
        seen = found.latest_revision(act.db, act.case, element, about)
        if not seen:
            return None
        return findings.review_finding(
            act.db, act.case, entity=about, element=element, revision=seen - stale,
            agrees=agrees, dissent="" if agrees else "Row 1 shows another account.",
            **act.who_when,
        )  # fmt: skip

    made = desk.act(who, ref, Permission.FINDING_REVIEW, do, "finding.review", late=late)
    assert not (made and stale), "a reading of a revision that was not the newest"
    return made


def state_purpose(desk: Desk, who: str, ref: str, subject: UUID) -> Any:
    def do(act: Act) -> Any:
        about = act.db.get_one(Entity, subject)
        return findings.state_purpose(
            act.db, act.case, entity=about, text="Taken together they point to training.",
            factors=factor_texts(), innocent_explanation="A batch job was weighed.",
            expected=len(found.statements_of(act.db, act.case, about)), **act.who_when,
        )  # fmt: skip

    return desk.act(who, ref, Permission.FINDING_WRITE, do, "purpose.state")


def hear(desk: Desk, who: str, ref: str, subject: UUID, step: str) -> Any:
    def do(act: Act) -> Any:
        named = act.db.scalars(
            sa.select(CaseSubject).where(
                CaseSubject.case_id == act.case.id, CaseSubject.entity_id == subject
            )
        ).one()
        taken = hearing.WindowStep(step=step, text="In plain words.")
        return hearing.take_window_step(act.db, act.case, named, taken, **act.who_when_day)

    return desk.act(who, ref, Permission.CASE_ADVANCE, do, "window.step")


def ask(desk: Desk, who: str, ref: str, agency: str) -> Any:
    def do(act: Act) -> Any:
        due_on = act.on + timedelta(days=30)
        return coordination.ask_agency(act.db, act.case, agency, due_on=due_on, **act.who_when_day)

    return desk.act(who, ref, Permission.POSITION_ASK, do, "position.ask")


def take_position(
    desk: Desk, who: str, ref: str, position: str = "concur", *, stale: bool = False
) -> Any:
    def do(act: Act) -> Any:
        own = [row for row in coordinated.positions_of(act.db, act.case)
               if row.agency == act.by.agency]  # fmt: skip
        draft = "0" * 64 if stale else coordinated.draft_sha256(act.db, act.case)
        return coordination.state_position(
            act.db, act.case, position=position, comment="As we said.", draft_sha256=draft,
            expected=len(own), **act.who_when,
        )  # fmt: skip

    made = desk.act(who, ref, Permission.POSITION_STATE, do, "position.state")
    assert not (made and stale), "a position on another draft than the one shown"
    return made


def recuse(desk: Desk, who: str, ref: str, whom: str) -> bool:
    def do(act: Act) -> Any:
        other = act.db.get_one(Officer, desk.ledger.officers[whom])
        return team.recuse(act.db, act.case, other, reason="Ties.", **act.who_when)

    again = desk.ledger.is_recused(ref, whom)
    done = desk.act(who, ref, Permission.CASE_RECUSE, do, "case.recuse")
    if done:
        assert not again
        desk.ledger.recused.add((ref, person_of(whom)))
    return bool(done)


def admit(desk: Desk, who: str, ref: str, whom: str) -> bool:
    """Give somebody the need to know."""

    def do(act: Act) -> Any:
        other = act.db.get_one(Officer, desk.ledger.officers[whom])
        return team.add_member(act.db, act.case, other, **act.who_when)

    done = desk.act(who, ref, Permission.CASE_EDIT, do, "member.add")
    assert not (done and desk.ledger.is_recused(ref, whom)), "a recused member"
    return bool(done)


def scope_of(desk: Desk, ref: str, element: str) -> str:
    return load_pack(desk.docket(ref).text_version).elements[element].scope
