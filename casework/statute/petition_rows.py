"""Rows of a pack on petitions: how those affected ask that a measure be changed or lifted."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from casework.statute import uses

# Where a measure is seen to be in force.
ENTITY_LIST, PUBLIC_LIST, DECISION = "entity_list", "public_list", "decision"
REGISTERS = (ENTITY_LIST, PUBLIC_LIST, DECISION)


@dataclass(frozen=True, kw_only=True, slots=True)
class PetitionRule:
    """How a measure is asked to be corrected, changed or lifted; `id` is that of the measure.

    `register` says where the measure is seen to be in force; under `decision` it is the decision
    kind `in_force` that put it there. `clock` is the use of the deadline of the answer, empty
    where none is set. `grant_ballot` and `modify_ballot` are the ballot rules that must have
    carried before that answer. `after` says what is left to the petitioner.
    """

    id: str
    hears: str
    register: str
    after: str
    citation: str
    authority: str
    in_force: str = ""
    clock: str = ""
    grant_ballot: str = ""
    modify_ballot: str = ""


def petition_faults(
    rule: PetitionRule,
    *,
    measures: Collection[str],
    ballots: Collection[str],
    decisions: Collection[str],
) -> Iterator[str]:
    """Each fault as `measures.toml: petition id: what is wrong`. `ballots` are those on this
    measure; words that a rule need not have may be empty.
    """
    where = f"measures.toml: petition {rule.id}"
    named: tuple[tuple[str, str, Collection[str]], ...] = (
        ("measure", rule.id, measures),
        ("register", rule.register, REGISTERS),
        ("use of a clock", rule.clock, {*uses.CLOCKS, ""}),
        ("ballot", rule.grant_ballot, {*ballots, ""}),
        ("ballot", rule.modify_ballot, {*ballots, ""}),
        ("decision", rule.in_force, {*decisions, ""}),
    )
    yield from (f"{where}: unknown {what} {word!r}" for what, word, ok in named if word not in ok)
    if (rule.register == DECISION) != bool(rule.in_force):
        yield f"{where}: in_force goes with the register {DECISION!r} and with no other"
    if bool(rule.grant_ballot) != bool(rule.modify_ballot):
        yield f"{where}: either both answers need a ballot or none does"
