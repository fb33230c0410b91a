"""What each rule about ownership says of an entity, with the relations that carry the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from casework.screening.ownership import Result, ownership
from casework.screening.ownership_rules import RULES, Force, Rule
from casework.screening.queries.affiliates import carrying, stakes_of
from casework.screening.queries.ownership import Ground, Surroundings, home_of, labels
from casework.screening.what_if import Change, Settling, differences, settling, supposed
from casework.statute.loader import load_pack
from casework.statute.uses import AFFILIATES
from models import Relation
from views.assembly import text_at_hand

_IDENTIFIED = "identified"
FLAGS = {
    "domestic": "Spared: an entity of the United States.",
    "minority_listed_owner": "Owners that count hold less than half: a caution.",
    "listed_control": "An owner that counts controls or directs it: a caution, not ownership.",
    "recent_divestment": "It was caught before owners sold: property blocked then stays blocked.",
    "circular_ownership": "It owns itself through others, which adds nothing to the aggregate.",
    "unknown_share": "A share on the way, or the program of an owner, is not exactly known.",
    "rule_suspended": "The rule is suspended on this day; the shares alone would catch it.",
    "rule_unconfirmed": "Nobody has confirmed that the rule is in force on this day.",
    "rule_not_yet_in_force": "The rule is not yet in force; the shares alone would catch it.",
}
FORCES = {
    Force.NOT_YET: "Not yet in force",
    Force.IN_FORCE: "In force",
    Force.SUSPENDED: "Suspended",
    Force.UNCONFIRMED: "Not confirmed",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One link of the chain; without a relation on record it is supposed."""

    owner: str
    owned: str
    relations: tuple[Relation, ...]


@dataclass(frozen=True, slots=True)
class RuleAnswer:
    """`force` is a word; empty for a rule of the text, whose date the page tells by itself.
    `supposed` is what would hold, the record itself where nothing is supposed.
    """

    rule: Rule
    citation: str
    authority: str
    force: str
    grounds: Sequence[Ground]
    counts: bool
    record: Result | None
    supposed: Result | None
    steps: tuple[Step, ...]
    settling: tuple[tuple[str, str, Settling], ...]
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """An entity of which a rule would say something else."""

    name: str
    title: str
    before: Result | None
    after: Result | None


class Study:
    """Every rule applied to what is on record, with the shares in `changes` supposed in place of
    it and the entities in `counting`, by id, supposed to count.
    """

    def __init__(
        self,
        around: Surroundings,
        grounds: Mapping[str, Mapping[str, Sequence[Ground]]],
        on: date,
        changes: Sequence[Change] = (),
        counting: Sequence[str] = (),
    ) -> None:
        self.around, self.grounds, self.on, self.counting = around, grounds, on, counting
        self.changed = {(row.owner, row.owned) for row in changes}
        self.stakes = supposed(stakes_of(around.relations, on), changes)
        self.live = [row for row in self.stakes if not row.control and row.in_force(on)]

    @cached_property
    def listed(self) -> dict[str, dict[str, list[str]]]:
        """For each rule the owners that count, with their labels."""
        return {
            rule.id: labels(self.grounds[rule.id])
            | {name: sorted(rule.labels)[:1] or [_IDENTIFIED] for name in self.counting}
            for rule in RULES.values()
        }

    @cached_property
    def answers(self) -> dict[str, dict[str, Result]]:
        homes = {key: home_of(row) for key, row in self.around.entities.items()}
        return {
            rule.id: ownership(rule, self.listed[rule.id], self.stakes, on=self.on, countries=homes)
            for rule in RULES.values()
        }

    def counts(self, rule: Rule, name: str) -> bool:
        listed = self.listed[rule.id]
        return name in listed and name not in self.answers[rule.id]


def rule_answers(
    name: str, record: Study, thought: Study, names: Mapping[str, str]
) -> list[RuleAnswer]:
    """The answers about the entity of that id, the rule of the text first."""
    return [_answer(rule, name, record, thought, names) for rule in RULES.values()]


def _answer(
    rule: Rule, name: str, record: Study, thought: Study, names: Mapping[str, str]
) -> RuleAnswer:
    result = thought.answers[rule.id].get(name)
    citation, authority = _cited(rule)
    return RuleAnswer(
        rule,
        citation,
        authority,
        FORCES[rule.force(thought.on)] if rule.labels else "",
        record.grounds[rule.id].get(name, ()),
        thought.counts(rule, name),
        record.answers[rule.id].get(name),
        result,
        _steps(result, thought, names) if result else (),
        _settling(rule, name, result, thought, names) if result else (),
        tuple(FLAGS[flag] for flag in result.flags) if result else (),
    )


def _cited(rule: Rule) -> tuple[str, str]:
    """The rule of the text is cited by the element of the pack that asks for affiliates."""
    if rule.labels:
        return rule.citation, rule.authority
    elements = load_pack(text_at_hand()).elements.values()
    asked = [row for row in elements if row.offers == AFFILIATES]
    return (asked[0].citation, asked[0].authority) if asked else (rule.citation, rule.authority)


def _steps(result: Result, study: Study, names: Mapping[str, str]) -> tuple[Step, ...]:
    behind: dict[tuple[str, str], list[Relation]] = {}
    for row in carrying(study.around.relations, result, study.on):
        behind.setdefault((str(row.from_id), str(row.to_id)), []).append(row)
    return tuple(
        Step(names[a], names[b], () if (a, b) in study.changed else tuple(behind.get((a, b), ())))
        for a, b in result.via
    )


def _settling(
    rule: Rule, name: str, result: Result, study: Study, names: Mapping[str, str]
) -> tuple[tuple[str, str, Settling], ...]:
    found = settling(
        rule, study.listed[rule.id], study.stakes, name=name, result=result, on=study.on
    )
    return tuple((names[row.owner], names[row.owned], row) for row in found)


def differing(record: Study, thought: Study, names: Mapping[str, str]) -> list[Changed]:
    """The entities around of which some rule would say something else, rule by rule."""
    return [
        Changed(names[row.name], rule.title, row.before, row.after)
        for rule in RULES.values()
        for row in differences(record.answers[rule.id], thought.answers[rule.id])
        if row.name not in thought.counting
    ]
