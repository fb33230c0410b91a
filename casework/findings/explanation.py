"""How each conclusion follows from the answers, step by step. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from casework.findings.reopening import rests_on
from casework.statute.elements import Evaluation
from casework.statute.pack import Conclusion, Condition, Element, StatutePack

# How the parts of a conclusion work together, in words for a reader.
ALL, ANY, NONE, SAME = "all", "any", "none", "same"


@dataclass(frozen=True, kw_only=True, slots=True)
class Node:
    """One step of an explanation; `value` is `met`, `not_met` or `insufficient`.

    `kind` is `conclusion`, `condition` or `element`. `told_apart` marks a conclusion that has an
    explanation of its own and is therefore only named here. `decides` says whether this part is
    one of those that give the whole its value.
    """

    id: str
    kind: str
    title: str
    citation: str
    authority: str
    value: str
    decides: bool
    told_apart: bool = False
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Parts that count together: `all`, `any`, `none` of them, or the `same` as one other."""

    rule: str
    parts: tuple[Node, ...]


def probed(pack: StatutePack) -> StatutePack:
    """The pack with every step reported, so that an evaluation tells the value of each."""
    steps = {name: replace(row, reported=True) for name, row in pack.conclusions.items()}
    leaves: dict[str, Condition | Element] = {**pack.conditions, **pack.elements}
    single = {
        _probe(name): Conclusion(
            id=_probe(name),
            title=row.title,
            citation=row.citation,
            authority=row.authority,
            all_of=(name,),
        )
        for name, row in leaves.items()
    }
    return replace(pack, conclusions={**steps, **single})


def explain(pack: StatutePack, conclusion: str, found: Evaluation) -> Node:
    """The explanation of one conclusion. `found` is the evaluation of the `probed` pack."""
    deciding = frozenset(ground.element for ground in found.because[conclusion])
    return _Reader(pack, found, deciding).conclusion(conclusion, outermost=True)


def _probe(name: str) -> str:
    return f"value of {name}"


class _Reader:
    """Builds the nodes of one explanation out of the values found."""

    def __init__(self, pack: StatutePack, found: Evaluation, deciding: frozenset[str]) -> None:
        self._pack = pack
        self._found = found
        self._deciding = deciding

    def conclusion(self, name: str, *, outermost: bool = False) -> Node:
        row = self._pack.conclusions[name]
        apart = row.reported and not outermost
        rules = ((ALL, row.all_of), (ANY, row.any_of), (NONE, row.unless))
        return Node(
            id=name,
            kind="conclusion",
            title=row.title,
            citation=row.citation,
            authority=row.authority,
            value=self._found.values[name],
            decides=bool(rests_on(self._pack, name) & self._deciding),
            told_apart=apart,
            groups=() if apart else tuple(self._group(*each) for each in rules if each[1]),
        )

    def _group(self, rule: str, names: tuple[str, ...]) -> Group:
        return Group(rule, tuple(self._part(name) for name in names))

    def _part(self, name: str) -> Node:
        if name in self._pack.conclusions:
            return self.conclusion(name)
        return self._leaf(name)

    def _leaf(self, name: str) -> Node:
        element = self._pack.elements.get(name)
        row = element or self._pack.conditions[name]
        derived = element.derived_from if element else ""
        return Node(
            id=name,
            kind="element" if element else "condition",
            title=row.title,
            citation=row.citation,
            authority=row.authority,
            value=self._found.values[_probe(name)],
            decides=name in self._deciding,
            groups=(Group(SAME, (self.conclusion(derived),)),) if derived else (),
        )
