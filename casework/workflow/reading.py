"""Turn what is on record about a case into the facts that the guards of a pack ask about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from casework.statute.elements import Evaluation, evaluate
from casework.statute.pack import Day, Fact, StatutePack
from casework.workflow.engine import CaseFacts
from casework.workflow.record import Act, Record, Subject, of, window_of

DETERMINATION = "determination"


def read(record: Record, pack: StatutePack) -> CaseFacts:
    """The facts of the whole case; conclusions and determination are those of `principal`."""
    examined = [subject for subject in record.subjects if subject.examined]
    subject = principal(record, pack)
    kinds = _kinds(record, subject)
    gaps = _gaps(record, examined, pack)
    found = determination_of(record, subject.entity_id, pack) if subject else None
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
        listed=_list_outcome(record) == "listed",
        list_outcome=_list_outcome(record),
        erc_outcome=kinds.get("erc_vote", ""),
        blocking_decision=_blocking(record, kinds, pack),
        referral_outcome=kinds.get("referral", ""),
        diplomacy_logged="diplomacy" in kinds,
        petition=_petition(record),
        set_aside=frozenset(act.value for act in of(record, "record", "set_aside")),
        outcomes=kinds,
        enacted=record.enacted is not None,
    )


def principal(record: Record, pack: StatutePack) -> Subject | None:
    """The examined subject that a step concerns: the furthest decided, else the first named."""
    examined = [subject for subject in record.subjects if subject.examined]
    order = list(pack.determinations)

    def rank(subject: Subject) -> int:
        found = determination_of(record, subject.entity_id, pack)
        return order.index(found.key) if found else len(order)

    return min(examined, key=rank, default=None)


def determination_of(record: Record, entity_id: UUID, pack: StatutePack) -> Act | None:
    """The newest determination that says whether the subject is identified."""
    found = [
        act
        for act in of(record, "determination")
        if act.entity_id == entity_id and act.key in pack.determinations
    ]
    return found[-1] if found else None


def conclude(record: Record, subject: Subject, pack: StatutePack) -> Evaluation:
    """Conclusions for one subject from the answers with which a second person agreed."""
    answers = {
        row.element: row.answer
        for row in record.answers
        if row.entity_id in {None, subject.entity_id} and row.agreed
    }
    return evaluate(pack, answers, _days(record, subject, pack), _known(record, subject, pack))


def _days(record: Record, subject: Subject, pack: StatutePack) -> dict[str, date]:
    days: dict[str, date] = {}
    for row in pack.days.values():
        day = _day(record, subject, row, pack)
        if day:
            days[row.id] = day
    return days


def _day(record: Record, subject: Subject, row: Day, pack: StatutePack) -> date | None:
    if row.event:
        return record.events.get(row.event)
    if row.id == DETERMINATION:
        found = determination_of(record, subject.entity_id, pack)
        return found.day if found else None
    told = [
        act.day
        for act in of(record, "record", row.record)
        if act.value == str(subject.entity_id) and act.day
    ]
    return told[-1] if told else None


def _known(record: Record, subject: Subject, pack: StatutePack) -> dict[str, str | bool]:
    known: dict[str, str | bool] = {}
    for fact in pack.facts.values():
        for act in of(record, "record"):
            known |= _told(act, fact, subject)
    # A recommendation is kept only with an answer to every exception of its measure.
    if any(of(record, "recommendation", row.measure) for row in pack.exceptions.values()):
        known["exceptions_checked"] = True
    found = determination_of(record, subject.entity_id, pack)
    # A determination of before a change of text may name a stage that this text lacks.
    if found and found.value in pack.stages:
        cited = pack.stages[found.value].citation.split(", ")
        for way in _ways(pack):
            if way in cited:
                known["identified_under"] = way
    return {name: value for name, value in known.items() if name in pack.facts}


def _told(act: Act, fact: Fact, subject: Subject) -> dict[str, str | bool]:
    """What one record says about a fact, if it says anything about it and the subject."""
    if act.key in {fact.set_by, fact.unset_by} and act.value == str(subject.entity_id):
        return {fact.id: act.key == fact.set_by}
    if act.key == fact.record:
        return {fact.id: act.value if fact.values else act.value == "yes"}
    return {}


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


def _kinds(record: Record, subject: Subject | None) -> dict[str, str]:
    """The newest outcome of each kind of record, of the whole case or of the one subject."""
    about = {None, subject.entity_id if subject else None}
    return {act.key: act.value for act in of(record, "record") if act.entity_id in about}


def _list_outcome(record: Record) -> str:
    """`listed` while the entry of any subject stands, `removed` once all are down, else empty."""
    newest = {act.entity_id: act.value for act in of(record, "record", "list_entry")}
    if "list_add" in newest.values():
        return "listed"
    return "removed" if newest else ""


def _blocking(record: Record, kinds: Mapping[str, str], pack: StatutePack) -> str:
    kind = pack.records.get("blocking_decision")
    signed = [act.key for act in of(record, "determination") if kind and act.key in kind.codes]
    return signed[-1] if signed else kinds.get("blocking_decision", "")


def _petition(record: Record) -> str:
    """`open` while any petition waits for its answer, `decided` once all have one, else empty."""
    waiting, state = 0, ""
    for act in of(record, "record"):
        if act.key in {"petition", "petition_answer"}:
            waiting = waiting + 1 if act.key == "petition" else max(0, waiting - 1)
            state = "open" if waiting else "decided"
    return state
