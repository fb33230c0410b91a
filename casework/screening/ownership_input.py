"""Read an ownership graph from its JSON form; each fault names the field. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from casework.screening.ownership import ALL, Stake
from casework.screening.ownership_rules import RULES, Rule, Seed

_PERCENT = re.compile(r"[0-9]{1,3}(\.[0-9]{1,12})?", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
# What a case of a collection says about itself.
_TOLD = frozenset({"id", "source", "authority", "note", "expect", "expect_flags"})
_KEYS = frozenset({"rule", "as_of", "listed", "edges", "countries"}) | _TOLD
_EDGE = frozenset({"owner", "owned", "pct", "min", "max", "start", "end", "interest"})


class GraphRefused(ValueError):
    """The first fault of a graph, as `field: what is wrong`."""


@dataclass(frozen=True, slots=True)
class Graph:
    """`listed` gives each listed name its labels; `countries` are ISO 3166-1 alpha-2 codes."""

    rule: Rule
    on: date | None
    listed: Mapping[str, Sequence[str]]
    stakes: tuple[Stake, ...]
    countries: Mapping[str, str]


def read_graph(document: object) -> Graph:
    """The graph; GraphRefused for anything that does not fit."""
    if not isinstance(document, dict):
        raise GraphRefused("the document: expected one JSON object")
    _refuse_strange("", document, _KEYS)
    edges = document.get("edges")
    if not isinstance(edges, list):
        raise GraphRefused("edges: expected a list")
    name = document.get("rule")
    if not isinstance(name, str) or name not in RULES:
        raise GraphRefused(f"rule: unknown rule {name!r}; known: {', '.join(RULES)}")
    return Graph(
        RULES[name],
        _day("as_of", document.get("as_of")),
        _listed(document.get("listed")),
        tuple(_stake(f"edges[{number}]", edge) for number, edge in enumerate(edges)),
        _countries(document.get("countries")),
    )


def problems(graph: Graph) -> list[str]:
    """What is odd in a graph that can be read: told, and never put right in silence."""
    found = [
        f"{name}: {', '.join(labels) or 'no label'} does not count under {graph.rule.id}."
        for name, labels in graph.listed.items()
        if graph.rule.seed(labels) is Seed.NOTHING
    ]
    found += [
        f"{name}: no program is named, so {graph.rule.id} may or may not count it."
        for name, labels in graph.listed.items()
        if graph.rule.seed(labels) is Seed.MAY_COUNT
    ]
    dated = [stake for stake in graph.stakes if stake.starts or stake.ends]
    if graph.on is None and dated:
        found.append("as_of: is null, so every stake counts whatever its dates.")
    total: dict[str, Decimal] = defaultdict(Decimal)
    for stake in graph.stakes:
        if stake.in_force(graph.on):
            total[stake.owned] += stake.least
    found += [
        f"{name}: its stakes add up to {plain(held)} percent."
        for name, held in total.items()
        if held > ALL
    ]
    return found


def plain(percent: Decimal) -> str:
    """A decimal without exponent and without noughts at the end."""
    text = f"{percent:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _refuse_strange(where: str, table: Mapping[Any, object], known: frozenset[str]) -> None:
    if strange := sorted(str(key) for key in table if key not in known):
        raise GraphRefused(f"{where}{strange[0]}: unknown field")


def _text(where: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise GraphRefused(f"{where}: expected a name, found {value!r}")
    return value


def _day(where: str, value: object) -> date | None:
    if value is None:
        return None
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise GraphRefused(f"{where}: expected a day such as 2026-11-24, found {value!r}")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise GraphRefused(f"{where}: {value} is not a day") from None


def _percent(where: str, value: object) -> Decimal:
    found = Decimal(value) if isinstance(value, str) and _PERCENT.fullmatch(value) else None
    if found is None or found > ALL:
        raise GraphRefused(
            f'{where}: expected a percent in quotes from "0" to "100", found {value!r}'
        )
    return found


def _listed(value: object) -> dict[str, list[str]]:
    if not isinstance(value, dict):
        raise GraphRefused("listed: expected names with their labels")
    for name, labels in value.items():
        if not isinstance(labels, list) or not all(isinstance(label, str) for label in labels):
            raise GraphRefused(f"listed.{name}: expected a list of labels, found {labels!r}")
    return value


def _countries(value: object) -> dict[str, str]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise GraphRefused("countries: expected names with their countries")
    for name, code in value.items():
        if not isinstance(code, str) or not re.fullmatch("[A-Z]{2}", code):
            raise GraphRefused(f"countries.{name}: expected a code such as US, found {code!r}")
    return value


def _stake(where: str, edge: object) -> Stake:
    if not isinstance(edge, dict):
        raise GraphRefused(f"{where}: expected an object")
    _refuse_strange(f"{where}.", edge, _EDGE)
    least, most, control = _shares(where, edge)
    starts, ends = _day(f"{where}.start", edge.get("start")), _day(f"{where}.end", edge.get("end"))
    if starts and ends and ends < starts:
        raise GraphRefused(f"{where}.end: lies before the start")
    owner, owned = (_text(f"{where}.{side}", edge.get(side)) for side in ("owner", "owned"))
    return Stake(owner, owned, least, most, starts, ends, control)


def _shares(where: str, edge: Mapping[str, object]) -> tuple[Decimal, Decimal, bool]:
    """Least and most, and whether the edge is influence without a share."""
    interest, pct = edge.get("interest"), edge.get("pct")
    if interest is not None and not isinstance(interest, str):
        raise GraphRefused(f"{where}.interest: expected a word, found {interest!r}")
    banded = edge.get("min") is not None or edge.get("max") is not None
    if pct is not None:
        if banded:
            raise GraphRefused(f"{where}.pct: give a percent or a band, not both")
        exact = _percent(f"{where}.pct", pct)
        return exact, exact, False
    if (interest or "").startswith("control"):
        return Decimal(0), Decimal(0), True
    least = _percent(f"{where}.min", edge["min"]) if edge.get("min") is not None else Decimal(0)
    most = _percent(f"{where}.max", edge["max"]) if edge.get("max") is not None else ALL
    if most < least:
        raise GraphRefused(f"{where}.max: is less than min")
    return least, most, False
