"""A closed case is kept as it is: what was decided on must stay what was decided on."""

from __future__ import annotations

from casework.errors import Blocker, TransitionBlocked
from casework.statute.pack import StatutePack


def is_closed(pack: StatutePack, stage: str) -> bool:
    """Whether a case at that stage is closed; False for a stage that the text does not have."""
    found = pack.stages.get(stage)
    return found is not None and found.closes


def closing_stages(pack: StatutePack) -> tuple[str, ...]:
    return tuple(row.id for row in pack.stages.values() if row.closes)


def refuse_closed(pack: StatutePack, stage: str) -> None:
    """TransitionBlocked for an act that would change a closed case."""
    if is_closed(pack, stage):
        closed = pack.stages[stage]
        message = (
            "This case is closed and is kept as it is. Record a petition if one came in, or open"
            " a new case about what is new."
        )
        raise TransitionBlocked([Blocker(message, closed.citation, closed.authority)])
