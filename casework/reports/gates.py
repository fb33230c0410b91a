"""What must hold before a report leaves, and whether it does. Pure.

What a gate asks of the contents is settled when they are frozen; what a named person checks, and
permissions, which may lapse or be taken back, are asked for again at the approval.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from casework.errors import Blocker
from casework.reports.document import Gate
from casework.statute.casework_rows import Report, ReportGate

_MOST = 5
# Asked again at each look, besides what a person checks.
LIVE = frozenset({"permissions"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Readiness:
    """What is lacking, in words; an empty sequence lacks nothing. `checks` says, by gate, who
    made a check and when.
    """

    positions: Sequence[str] = ()
    unwritten: Sequence[str] = ()
    unsourced: Sequence[str] = ()
    permissions: Sequence[str] = ()
    vote: Sequence[str] = ()
    recommended: Sequence[str] = ()
    frozen: Sequence[str] = ()
    first_report: Sequence[str] = ()
    checks: Mapping[str, str] = field(default_factory=dict)


_LACKS: Mapping[str, Callable[[Readiness], Sequence[str]]] = {
    "positions": lambda known: known.positions,
    "written": lambda known: known.unwritten,
    "sourced": lambda known: known.unsourced,
    "permissions": lambda known: known.permissions,
    "vote": lambda known: known.vote,
    "recommended": lambda known: known.recommended,
    "frozen": lambda known: known.frozen,
    "first_report": lambda known: known.first_report,
}


def gates_of(report: Report, known: Readiness) -> tuple[Gate, ...]:
    """Every gate of the report in the order of the pack; KeyError for one without a rule."""
    return tuple(_gate(row, known) for row in report.gates)


def _gate(row: ReportGate, known: Readiness) -> Gate:
    gate = Gate(row.id, row.words, row.citation, row.authority, open=True)
    if row.by_person:
        found = known.checks.get(row.id, "")
        return replace(gate, open=bool(found), found=found or "Nobody has recorded this check yet.")
    lacking = list(_LACKS[row.id](known))
    if not lacking:
        return gate
    more = f"; and {len(lacking) - _MOST:,} more" if len(lacking) > _MOST else ""
    return replace(gate, open=False, found="; ".join(lacking[:_MOST]) + more)


def now(report: Report, frozen: Sequence[Gate], known: Readiness) -> tuple[Gate, ...]:
    """The gates of a prepared edition today: those about its contents as they were frozen."""
    fresh = {gate.id: gate for gate in gates_of(report, known)}
    live = LIVE | {row.id for row in report.gates if row.by_person}
    return tuple(fresh[gate.id] if gate.id in live else gate for gate in frozen)


def blockers(gates: Sequence[Gate]) -> list[Blocker]:
    return [
        Blocker(f"{gate.words} {gate.found}".strip(), gate.citation, gate.authority)
        for gate in gates
        if not gate.open
    ]
