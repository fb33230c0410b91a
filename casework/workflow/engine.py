"""Decide, from plain facts and the statute pack, whether a case may move on."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from casework.errors import Blocker
from casework.statute.casework_rows import Guard, Stage, Transition
from casework.statute.pack import StatutePack


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseFacts:
    """What the guards of a pack ask about one case; an empty word means not recorded.

    Sets of elements hold element ids (with the subject where there are several), sets and
    mappings of agencies hold agency codes. `conclusions` are those of the subject that the
    step concerns. `set_aside` names stages that the signing official left open with reasons.
    `outcomes` is the newest outcome of each kind of record, for guards of a text's own.
    """

    stage: str
    linked_incidents: int = 0
    subjects: int = 0
    lead_assigned: bool = False
    exhibits: int = 0
    unmarked_items: int = 0
    consultation: str = ""
    unanswered: frozenset[str] = frozenset()
    unreviewed: frozenset[str] = frozenset()
    contested: frozenset[str] = frozenset()
    uncited: frozenset[str] = frozenset()
    purpose_statement: bool = False
    conclusions: Mapping[str, str] = field(default_factory=dict)
    response_window: str = ""
    summary_cleared: bool = False
    asked_agencies: frozenset[str] = frozenset()
    positions: Mapping[str, str] = field(default_factory=dict)
    determination: str = ""
    record_frozen: bool = False
    recommendations: Mapping[str, str] = field(default_factory=dict)
    missing_permissions: frozenset[str] = frozenset()
    open_tasks: int = 0
    packets_issued: int = 0
    congress_receipts: int = 0
    guide_published: bool = False
    listed: bool = False
    list_outcome: str = ""
    erc_outcome: str = ""
    blocking_decision: str = ""
    referral_outcome: str = ""
    diplomacy_logged: bool = False
    petition: str = ""
    set_aside: frozenset[str] = frozenset()
    outcomes: Mapping[str, str] = field(default_factory=dict)
    enacted: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One road out of the present stage; it is open when nothing blocks it.

    `note` warns, without blocking, that the stage presupposes an enacted text.
    """

    transition: Transition
    blockers: tuple[Blocker, ...]
    note: str

    @property
    def is_open(self) -> bool:
        return not self.blockers


def next_steps(facts: CaseFacts, pack: StatutePack) -> list[Step]:
    """Every road out of the present stage, open or blocked, in the order of the pack."""
    return [
        Step(road, tuple(_stops(facts, road, pack)), planning_note(facts, road.target, pack))
        for road in pack.roads(facts.stage)
    ]


def blockers(
    facts: CaseFacts, target: str, pack: StatutePack, *, decision: str = ""
) -> list[Blocker]:
    """Everything that stands between the case and `target`; empty means go.

    Where several roads lead there, `decision` picks one; without it the answer is that of
    the road with the fewest blockers.
    """
    here = pack.stages[facts.stage]
    roads = [road for road in pack.roads(facts.stage) if road.target == target]
    if decision:
        roads = [road for road in roads if road.decision == decision]
    if not roads:
        return [_no_road(here, target, decision, pack)]
    return min((_stops(facts, road, pack) for road in roads), key=len)


def planning_note(facts: CaseFacts, target: str, pack: StatutePack) -> str:
    """Warn while no enactment date is recorded and the stage rests on the text itself."""
    stage = pack.stages[target]
    if facts.enacted or stage.authority != "statute":
        return ""
    return f"Planning only: {stage.citation} is not in force, so {stage.title} binds nobody yet."


def holds(guard: Guard, facts: CaseFacts, pack: StatutePack) -> bool:
    return not _missing(guard, facts, pack) and _true(guard, _fact(guard, facts))


def _stops(facts: CaseFacts, road: Transition, pack: StatutePack) -> list[Blocker]:
    names = dict.fromkeys((*_exit_guards(facts, road, pack), *road.guards))
    guards = [pack.guards[name] for name in names]
    return [_blocker(each, facts, pack) for each in guards if not holds(each, facts, pack)]


def _exit_guards(facts: CaseFacts, road: Transition, pack: StatutePack) -> tuple[str, ...]:
    free = road.unfinished or facts.stage in facts.set_aside
    return () if free else pack.stages[facts.stage].exit_guards


def _fact(guard: Guard, facts: CaseFacts) -> object:
    value = getattr(facts, guard.fact)
    return value.get(guard.key, "") if guard.key else value


def _true(guard: Guard, value: object) -> bool:
    if guard.at_least:
        return isinstance(value, int) and value >= guard.at_least
    if guard.one_of:
        return value in guard.one_of
    if guard.none_of:
        return value not in guard.none_of
    if guard.is_set or guard.is_unset:
        return value is guard.is_set
    return True


def _missing(guard: Guard, facts: CaseFacts, pack: StatutePack) -> Collection[str]:
    """Return what a test of a set or of a count still lacks, in order of name."""
    value = getattr(facts, guard.fact)
    if guard.covers:
        return sorted(pack.members(guard.covers) - value)
    if guard.answered_in:
        return sorted(value - getattr(facts, guard.answered_in).keys())
    if guard.empty:
        return sorted(value) if isinstance(value, frozenset) else [str(value)] * bool(value)
    return ()


def _blocker(guard: Guard, facts: CaseFacts, pack: StatutePack) -> Blocker:
    message = guard.message
    if not message.endswith("."):
        named = [_named(each, pack) for each in _missing(guard, facts, pack)]
        message = f"{message}: {', '.join(named)}."
    return Blocker(message, guard.citation, guard.authority)


def _named(missing: str, pack: StatutePack) -> str:
    agency = pack.agencies.get(missing)
    return agency.label if agency else missing


def _no_road(here: Stage, target: str, decision: str, pack: StatutePack) -> Blocker:
    there = pack.stages[target].title
    how = f" by the decision {decision}" if decision else ""
    return Blocker(f"{here.title} does not lead to {there}{how}.", here.citation, here.authority)
