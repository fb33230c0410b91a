"""Send a notice to a submitter, record the answer, rule on an objection."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy.orm import Session

from casework.disclosure import rules
from casework.disclosure.queries import notices as queries
from casework.errors import InvalidValue, SeparationOfDuties
from casework.findings.actions import hold, log, signed
from casework.statute.clocks import due_day
from casework.statute.loader import load_pack
from models import (
    Case,
    Exhibit,
    Incident,
    Officer,
    SubmitterAnswer,
    SubmitterNotice,
    SubmitterRuling,
)


def send_notice(
    session: Session,
    case: Case,
    incident: Incident,
    *,
    requested_by: str,
    described: str,
    items: Collection[str],
    sent_on: date,
    by: Officer,
    at: datetime,
    on: date,
) -> SubmitterNotice:
    """Record the notice to who made the report. The objection is due as the pack counts it.
    InvalidValue names the field.
    """
    hold(session, case, by)
    rules.check_sending(sent_on, on, items)
    for field, words in (("requested_by", requested_by), ("described", described)):
        if not words.strip():
            raise InvalidValue("Say who asks, and what would be released.", field)
    offered = {ref for ref, _ in queries.items_of(session, case, incident)}
    if strange := sorted(set(items) - offered):
        raise InvalidValue(f"{strange[0]} is not of this submitter.", "items")
    due = due_day(load_pack(case.text_version), rules.OBJECTION, sent_on)
    if due is None:
        raise InvalidValue("The text of this case sets no time for an objection.", "sent_on")
    notice = SubmitterNotice(
        **signed(case, by, at),
        incident_id=incident.id,
        requested_by=requested_by,
        described=described,
        items=sorted(items),
        sent_on=sent_on,
        due_on=due,
    )
    session.add(notice)
    told = {"report": incident.reference, "items": sorted(items), "due_on": due.isoformat()}
    log(session, case, "notice.send", by, at, **told)
    return notice


def record_answer(
    session: Session,
    case: Case,
    notice: SubmitterNotice,
    *,
    kind: str,
    text: str,
    received_on: date,
    exhibit: Exhibit | None,
    by: Officer,
    at: datetime,
    on: date,
) -> SubmitterAnswer:
    """Record what the submitter said, or that nothing came in time. InvalidValue names the field;
    an objection and a consent are told in words, a consent with the paper that holds it.
    """
    hold(session, case, by)
    course = queries.course_of(notice)
    rules.check_answer(course, kind, received_on, sent_on=notice.sent_on, on=on)
    if kind != "silent" and not text.strip():
        raise InvalidValue("Enter what the submitter says.", "text")
    if kind == "consents" and exhibit is None:
        raise InvalidValue("Consent is in writing: choose the exhibit that holds it.", "exhibit")
    answer = SubmitterAnswer(
        **signed(case, by, at),
        notice_id=notice.id,
        kind=kind,
        text=text,
        received_on=received_on,
        exhibit_id=exhibit.id if exhibit else None,
    )
    session.add(answer)
    log(session, case, "notice.answer", by, at, **_about(notice), kind=kind)
    return answer


def rule_on(
    session: Session,
    case: Case,
    notice: SubmitterNotice,
    *,
    released: bool,
    reasons: str,
    release_on: date | None,
    by: Officer,
    at: datetime,
    on: date,
) -> SubmitterRuling:
    """Decide on the release against, or without, the submitter's word. SeparationOfDuties for who
    sent the notice or recorded the answer; InvalidValue names the field.
    """
    hold(session, case, by)
    took_part = {notice.by_person_id, notice.answer.by_person_id if notice.answer else None}
    if by.person_id in took_part:
        raise SeparationOfDuties("Whoever sent the notice or took the answer does not rule on it.")
    rules.check_ruling(
        queries.course_of(notice),
        released=released,
        reasons=reasons,
        release_on=release_on,
        ruled_on=on,
    )
    ruling = SubmitterRuling(
        **signed(case, by, at),
        notice_id=notice.id,
        released=released,
        reasons=reasons,
        release_on=release_on,
    )
    session.add(ruling)
    log(session, case, "notice.rule", by, at, **_about(notice), released=released, reason=reasons)
    return ruling


def _about(notice: SubmitterNotice) -> dict[str, str]:
    return {"notice": str(notice.id), "report": notice.incident.reference}
