"""Who may do what: one table, read by pages, API, command line and templates.

A permission is granted when every predicate of any one clause holds. Whether an officer may see a
case at all is decided before this table is asked, by `visible_to` in the queries.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from typing import Protocol
from uuid import UUID


class Role(enum.StrEnum):
    REPORTER = "reporter"
    CASE_OFFICER = "case_officer"
    ANALYST = "analyst"
    REVIEWER = "reviewer"
    AGENCY_DELEGATE = "agency_delegate"
    SIGNING_OFFICIAL = "signing_official"
    RECORDS_OFFICER = "records_officer"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


ROLE_TITLES = {
    Role.REPORTER: ("Reporter", "an officer of a model owner; sees own submissions only"),
    Role.CASE_OFFICER: ("Case officer", "files, links and drafts"),
    Role.ANALYST: ("Analyst", "evidence, entities and findings"),
    Role.REVIEWER: ("Reviewer", "second reader of findings; approves recommendations"),
    Role.AGENCY_DELEGATE: ("Agency delegate", "states the position of one agency"),
    Role.SIGNING_OFFICIAL: ("Signing official", "decides"),
    Role.RECORDS_OFFICER: ("Records officer", "markings, packets and disclosure"),
    Role.AUDITOR: ("Auditor", "log and verification, no case content"),
    Role.ADMINISTRATOR: ("Administrator", "accounts, no case content"),
}


class Permission(enum.StrEnum):
    """What a view needs, as `subject:act`."""

    ACCESS_LOG_READ = "access_log:read"
    AUDIT_READ = "audit:read"
    BALLOT_CAST = "ballot:cast"
    CALENDAR_READ = "calendar:read"
    CASE_ADVANCE = "case:advance"
    CASE_COMMENT = "case:comment"
    CASE_EDIT = "case:edit"
    CASE_LIST = "case:list"
    CASE_OPEN = "case:open"
    CASE_READ = "case:read"
    CASE_RECUSE = "case:recuse"
    CORRELATION_READ = "correlation:read"
    DECONTROL = "marking:decontrol"
    DESK = "desk:use"
    DETERMINATION_SIGN = "determination:sign"
    DISPOSITION_DECIDE = "disposition:decide"
    DISPOSITION_PROPOSE = "disposition:propose"
    ENTITY_EDIT = "entity:edit"
    ENTITY_READ = "entity:read"
    ESCALATION_RAISE = "escalation:raise"
    ESCALATION_SETTLE = "escalation:settle"
    EVIDENCE_ADD = "evidence:add"
    EVIDENCE_ANALYZE = "evidence:analyze"
    EVIDENCE_READ = "evidence:read"
    EVIDENCE_RELEASE = "evidence:release"
    EVIDENCE_SCRUB = "evidence:scrub"
    FINDING_READ = "finding:read"
    FINDING_REVIEW = "finding:review"
    FINDING_WRITE = "finding:write"
    INCIDENT_EDIT = "incident:edit"
    INCIDENT_FILE = "incident:file"
    INCIDENT_LINK = "incident:link"
    INCIDENT_READ = "incident:read"
    INCIDENT_TRIAGE = "incident:triage"
    INCIDENT_WITHDRAW = "incident:withdraw"
    LEGAL_HOLD = "hold:legal"
    LIST_PROPOSE = "list:propose"
    LIST_PUBLISH = "list:publish"
    LIST_TAKE_DOWN = "list:take_down"
    MARKING_SET = "marking:set"
    MATCH_CONFIRM = "match:confirm"
    MEASURE_HOLD = "measure:hold"
    MEASURE_SIGN = "measure:sign"
    MOTION_CLOSE = "motion:close"
    MOTION_MOVE = "motion:move"
    NOTICE_RULE = "notice:rule"
    NOTICE_SEND = "notice:send"
    PACKET_ISSUE = "packet:issue"
    PACKET_PREPARE = "packet:prepare"
    PACKET_READ = "packet:read"
    PEOPLE_MANAGE = "people:manage"
    PERMISSION_RECORD = "permission:record"
    PETITION_DECIDE = "petition:decide"
    PETITION_RECORD = "petition:record"
    POSITION_ASK = "position:ask"
    POSITION_STATE = "position:state"
    RECOMMENDATION_DECIDE = "recommendation:decide"
    RECOMMENDATION_MAKE = "recommendation:make"
    REPORT_APPROVE = "report:approve"
    REPORT_PREPARE = "report:prepare"
    REPORT_READ = "report:read"
    STATUTE_READ = "statute:read"
    STATUTE_SET = "statute:set"
    TEXT_CARRY = "text:carry"


class OfficerLike(Protocol):
    @property
    def id(self) -> UUID: ...
    @property
    def roles(self) -> AbstractSet[str]: ...


class SubmissionLike(Protocol):
    """An incident, as far as the table asks about it."""

    @property
    def submitted_by_id(self) -> UUID: ...
    @property
    def state(self) -> str: ...


Predicate = Callable[[OfficerLike, object], bool]


def holds(*roles: Role) -> Predicate:
    wanted = frozenset(roles)
    return lambda officer, subject: bool(wanted & officer.roles)


def filed_it_and_waits(officer: OfficerLike, subject: object) -> bool:
    """A reporter may mend an own report until somebody has begun to work with it, and again
    once it was returned.
    """
    state = getattr(subject, "state", None)
    return filed_it(officer, subject) and state in {"submitted", "returned"}


def filed_it(officer: OfficerLike, subject: object) -> bool:
    return getattr(subject, "submitted_by_id", None) == officer.id


STAFF = holds(
    Role.CASE_OFFICER,
    Role.ANALYST,
    Role.REVIEWER,
    Role.SIGNING_OFFICIAL,
    Role.RECORDS_OFFICER,
)
CASE_READERS = holds(
    Role.CASE_OFFICER,
    Role.ANALYST,
    Role.REVIEWER,
    Role.SIGNING_OFFICIAL,
    Role.RECORDS_OFFICER,
    Role.AGENCY_DELEGATE,
)
CASE_OFFICER = holds(Role.CASE_OFFICER)
ANALYST = holds(Role.ANALYST)
REPORTER = holds(Role.REPORTER)
DELEGATE = holds(Role.AGENCY_DELEGATE)
RECORDS = holds(Role.RECORDS_OFFICER)
REVIEWER = holds(Role.REVIEWER)
SIGNING = holds(Role.SIGNING_OFFICIAL)
ANYBODY: Predicate = lambda officer, subject: True  # noqa: E731

GRANTS: dict[Permission, list[list[Predicate]]] = {
    Permission.ACCESS_LOG_READ: [[RECORDS]],
    Permission.AUDIT_READ: [[holds(Role.AUDITOR)]],
    Permission.BALLOT_CAST: [[DELEGATE]],
    Permission.CALENDAR_READ: [[CASE_READERS]],
    Permission.CASE_ADVANCE: [[STAFF]],
    Permission.CASE_COMMENT: [[CASE_READERS]],
    Permission.CASE_EDIT: [[CASE_OFFICER]],
    Permission.CASE_LIST: [[CASE_READERS]],
    Permission.CASE_OPEN: [[CASE_OFFICER]],
    Permission.CASE_READ: [[CASE_READERS]],
    Permission.CASE_RECUSE: [[CASE_READERS]],
    Permission.CORRELATION_READ: [[CASE_OFFICER], [ANALYST], [REVIEWER]],
    Permission.DECONTROL: [[RECORDS]],
    Permission.DESK: [[ANYBODY]],
    Permission.DETERMINATION_SIGN: [[SIGNING]],
    Permission.DISPOSITION_DECIDE: [[RECORDS], [SIGNING]],
    Permission.DISPOSITION_PROPOSE: [[RECORDS]],
    Permission.ENTITY_EDIT: [[CASE_OFFICER], [ANALYST]],
    Permission.ENTITY_READ: [[CASE_READERS]],
    Permission.ESCALATION_RAISE: [[DELEGATE]],
    Permission.ESCALATION_SETTLE: [[CASE_OFFICER], [SIGNING]],
    Permission.EVIDENCE_ADD: [[CASE_OFFICER], [ANALYST]],
    Permission.EVIDENCE_ANALYZE: [[ANALYST]],
    Permission.EVIDENCE_READ: [[CASE_READERS]],
    Permission.EVIDENCE_RELEASE: [[RECORDS], [CASE_OFFICER]],
    Permission.EVIDENCE_SCRUB: [[RECORDS]],
    Permission.FINDING_READ: [[CASE_READERS]],
    Permission.FINDING_REVIEW: [[REVIEWER], [ANALYST]],
    Permission.FINDING_WRITE: [[ANALYST]],
    Permission.INCIDENT_EDIT: [[CASE_OFFICER], [REPORTER, filed_it_and_waits]],
    Permission.INCIDENT_FILE: [[REPORTER], [CASE_OFFICER]],
    Permission.INCIDENT_LINK: [[CASE_OFFICER], [ANALYST]],
    Permission.INCIDENT_READ: [[REPORTER], [STAFF]],
    Permission.INCIDENT_TRIAGE: [[CASE_OFFICER]],
    Permission.INCIDENT_WITHDRAW: [[CASE_OFFICER], [REPORTER, filed_it]],
    Permission.LEGAL_HOLD: [[RECORDS], [SIGNING]],
    Permission.LIST_PROPOSE: [[RECORDS], [CASE_OFFICER]],
    Permission.LIST_PUBLISH: [[SIGNING]],
    Permission.LIST_TAKE_DOWN: [[RECORDS], [SIGNING]],
    Permission.MARKING_SET: [[RECORDS], [CASE_OFFICER]],
    Permission.MATCH_CONFIRM: [[CASE_OFFICER], [ANALYST], [REVIEWER]],
    Permission.MEASURE_HOLD: [[SIGNING]],
    Permission.MEASURE_SIGN: [[SIGNING]],
    Permission.MOTION_CLOSE: [[SIGNING]],
    Permission.MOTION_MOVE: [[DELEGATE], [SIGNING]],
    Permission.NOTICE_RULE: [[SIGNING]],
    Permission.NOTICE_SEND: [[RECORDS]],
    Permission.PACKET_ISSUE: [[RECORDS], [SIGNING]],
    Permission.PACKET_PREPARE: [[RECORDS], [CASE_OFFICER]],
    Permission.PACKET_READ: [[CASE_READERS]],
    Permission.PEOPLE_MANAGE: [[holds(Role.ADMINISTRATOR)]],
    Permission.PERMISSION_RECORD: [[RECORDS], [CASE_OFFICER]],
    Permission.PETITION_DECIDE: [[REVIEWER], [SIGNING]],
    Permission.PETITION_RECORD: [[CASE_OFFICER], [RECORDS], [REVIEWER]],
    Permission.POSITION_ASK: [[CASE_OFFICER]],
    Permission.POSITION_STATE: [[DELEGATE]],
    Permission.RECOMMENDATION_DECIDE: [[REVIEWER], [SIGNING]],
    Permission.RECOMMENDATION_MAKE: [[CASE_OFFICER], [ANALYST]],
    Permission.REPORT_APPROVE: [[SIGNING]],
    Permission.REPORT_PREPARE: [[RECORDS], [CASE_OFFICER]],
    Permission.REPORT_READ: [[CASE_READERS]],
    Permission.STATUTE_READ: [[ANYBODY]],
    Permission.STATUTE_SET: [[SIGNING]],
    Permission.TEXT_CARRY: [[REVIEWER], [SIGNING]],
}


def permits(officer: OfficerLike, permission: Permission, subject: object = None) -> bool:
    return any(all(holds_(officer, subject) for holds_ in clause) for clause in GRANTS[permission])
