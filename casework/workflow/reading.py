"""Turn what is on record about a case into the facts that the guards of a pack ask about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from casework.statute.elements import Evaluation, evaluate
from casework.statute.pack import StatutePack
from casework.workflow.engine import CaseFacts
from casework.workflow.record import Act, Record, Subject, of, window_of

IDENTIFYING = ("identify_mea", "identify_fanp", "not_identified")
BLOCKING = ("block", "not_block")
ASSESSMENT_COMPLETED = "assessment_completed"


def read(record: Record, pack: StatutePack) -> CaseFacts:
    """The facts of the whole case; conclusions and determination are those of `principal`."""
    examined = [subject for subject in record.subjects if subject.examined]
    subject = principal(record)
    kinds = {act.key: act.value for act in of(record, "record")}
    gaps = _gaps(record, examined, pack)
    found = determination_of(record, subject.entity_id) if subject else None
    return CaseFacts(
        stage=record.stage,
        linked_incidents=record.counts.incidents,
        subjects=len(examined),
        lead_assigned=record.lead_assigned,
        exhibits=record.counts.exhibits,
        unmarked_items=record.counts.unmarked,
        consultation=kinds.get("consultation", ""),
        **gaps,
        purpose_statement=_all_have(record, examined, "purpose"),
        conclusions=conclude(record, subject, pack).values if subject else {},
        response_window=_window(record, examined),
        summary_cleared=_all_have(record, examined, "window", "summary_cleared"),
        asked_agencies=frozenset(act.key for act in of(record, "request")),
        positions={act.key: act.value for act in of(record, "position")},
        determination=found.key if found else "",
        record_frozen=found is not None,
        recommendations={act.key: act.value for act in of(record, "recommendation")},
        missing_permissions=frozenset(act.key for act in of(record, "confidence"))
        - {act.value for act in of(record, "record", "owner_permission")},
        open_tasks=record.counts.open_tasks,
        packets_issued=record.counts.packets_issued,
        congress_receipts=len({act.value for act in of(record, "record", "congress_receipt")}),
        guide_published=kinds.get("guide") == "publish",
        listed=kinds.get("list_entry") == "list_add",
        list_outcome={"list_add": "listed", "list_remove": "removed"}.get(
            kinds.get("list_entry", ""), ""
        ),
        erc_outcome=kinds.get("erc_vote", ""),
        blocking_decision=_blocking(record, kinds),
        referral_outcome=kinds.get("referral", ""),
        diplomacy_logged="diplomacy" in kinds,
        petition=_petition(record),
        set_aside=frozenset(act.value for act in of(record, "record", "set_aside")),
        enacted=record.enacted is not None,
    )


def principal(record: Record) -> Subject | None:
    """The examined subject that a step concerns: the furthest decided, else the first named."""
    examined = [subject for subject in record.subjects if subject.examined]

    def rank(subject: Subject) -> int:
        found = determination_of(record, subject.entity_id)
        return IDENTIFYING.index(found.key) if found else len(IDENTIFYING)

    return min(examined, key=rank, default=None)


def determination_of(record: Record, entity_id: UUID) -> Act | None:
    """The newest determination that says whether the subject is identified."""
    found = [
        act
        for act in of(record, "determination")
        if act.entity_id == entity_id and act.key in IDENTIFYING
    ]
    return found[-1] if found else None


def conclude(record: Record, subject: Subject, pack: StatutePack) -> Evaluation:
    """Conclusions for one subject from the answers with which a second person agreed."""
    answers = {
        row.element: row.answer
        for row in record.answers
        if row.entity_id in {None, subject.entity_id} and row.agreed
    }
    return evaluate(pack, answers, _days(record, subject), _known(record, subject, pack))


def _days(record: Record, subject: Subject) -> dict[str, date]:
    days: dict[str, date] = {}
    for act in of(record, "record", "last_attack"):
        if act.value == str(subject.entity_id) and act.day:
            days["last_attack"] = act.day
    found = determination_of(record, subject.entity_id)
    if found and found.day:
        days["determination"] = found.day
    if ASSESSMENT_COMPLETED in record.events:
        days["assessment_closed"] = record.events[ASSESSMENT_COMPLETED]
    return days


def _known(record: Record, subject: Subject, pack: StatutePack) -> dict[str, str | bool]:
    known: dict[str, str | bool] = {}
    for act in of(record, "record"):
        if act.key in {"attempt_only", "attack_completed"} and act.value == str(subject.entity_id):
            known["attempt_only"] = act.key == "attempt_only"
        elif act.key == "emergency":
            known["emergency_order"] = act.value == "yes"
    # A recommendation is kept only with an answer to every exception of its measure.
    if of(record, "recommendation", "blocking"):
        known["exceptions_checked"] = True
    found = determination_of(record, subject.entity_id)
    if found:
        cited = pack.stages[found.value].citation.split(", ")
        for way in _ways(pack):
            if way in cited:
                known["identified_under"] = way
    return known


def _ways(pack: StatutePack) -> tuple[str, ...]:
    return pack.facts["identified_under"].values if "identified_under" in pack.facts else ()


def _gaps(
    record: Record, examined: Sequence[Subject], pack: StatutePack
) -> dict[str, frozenset[str]]:
    """Elements without an answer, an exhibit, a reader or agreement, by their names."""
    given = {(row.entity_id, row.element): row for row in record.answers}
    asked = _asked(examined, pack)
    held = [(name, given[key]) for key, name in asked.items() if key in given]
    return {
        "unanswered": frozenset(name for key, name in asked.items() if key not in given),
        "uncited": frozenset(
            name for name, row in held if row.answer == "met" and not row.citations
        ),
        "unreviewed": frozenset(name for name, row in held if not row.agreed and not row.dissented),
        # A third reader who agrees settles it; the dissent stays on record beside the answer.
        "contested": frozenset(name for name, row in held if row.dissented and not row.agreed),
    }


def _asked(examined: Sequence[Subject], pack: StatutePack) -> dict[tuple[UUID | None, str], str]:
    """Every element to be answered, once for the case or once for each subject, and its name."""
    asked: dict[tuple[UUID | None, str], str] = {}
    for element in pack.elements.values():
        if element.derived_from or element.falls_back_to:
            continue
        if element.scope == "case":
            asked[None, element.id] = element.id
            continue
        for subject in examined:
            alone = len(examined) == 1
            name = element.id if alone else f"{element.id} ({subject.name})"
            asked[subject.entity_id, element.id] = name
    return asked


def _all_have(record: Record, examined: Sequence[Subject], source: str, key: str = "") -> bool:
    done = {act.entity_id for act in of(record, source, key)}
    return bool(examined) and all(subject.entity_id in done for subject in examined)


def _window(record: Record, examined: Iterable[Subject]) -> str:
    """The state of the response windows of all examined subjects together."""
    states = {window_of(record.acts, subject.entity_id) for subject in examined}
    if not states or "" in states:
        return ""
    if "open" in states:
        return "open"
    return states.pop() if len(states) == 1 else min(states & {"answered", "lapsed"})


def _blocking(record: Record, kinds: Mapping[str, str]) -> str:
    signed = [act.key for act in of(record, "determination") if act.key in BLOCKING]
    return signed[-1] if signed else kinds.get("blocking_decision", "")


def _petition(record: Record) -> str:
    state = ""
    for act in of(record, "record"):
        if act.key in {"petition", "petition_answer"}:
            state = "open" if act.key == "petition" else "decided"
    return state
