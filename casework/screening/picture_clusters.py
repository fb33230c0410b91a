"""Fewer boxes: like parties drawn as one box that says how many it stands for. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from casework.screening.picture_parts import Node, NodeKind, Tie

_PLURAL = {
    NodeKind.ORGANIZATION: "organizations",
    NodeKind.PERSON: "persons",
    NodeKind.STATE_BODY: "state bodies",
}


def clustered(
    nodes: Sequence[Node], ties: Sequence[Tie], limit: int
) -> tuple[list[Node], list[Tie]]:
    """`nodes` and `ties` unchanged if they fit `limit`, else with like parties put together.

    First parties of one kind that have the very same neighbours; then what a party alone owns
    goes into the owner's own box, from the bottom up; if that is not enough, all parties but
    the subjects and the best connected, one box per kind.
    """
    shown, drawn = list(nodes), list(ties)
    if len(shown) > limit:
        home = _alike(shown, drawn, len(shown) - limit)
        shown, drawn = _boxes(shown, home), _ties(drawn, home)
    while len(shown) > limit and (folded := _owned_alone(shown, drawn, len(shown) - limit)):
        shown, drawn = _folded(shown, folded), _ties(drawn, folded)
    if len(shown) > limit:
        home = _least_connected(shown, drawn, limit)
        shown, drawn = _boxes(shown, home), _ties(drawn, home)
    return shown, drawn


def _alike(nodes: Sequence[Node], ties: Sequence[Tie], surplus: int) -> dict[str, str]:
    """Return home of each party that is put into a group, until `surplus` boxes are saved."""
    near: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for tie in ties:
        near[tie.owned].add(("above", tie.owner))
        near[tie.owner].add(("below", tie.owned))
    groups: dict[tuple[NodeKind, frozenset[tuple[str, str]]], list[str]] = defaultdict(list)
    for node in nodes:
        if not node.subject:
            groups[node.kind, frozenset(near[node.id])].append(node.id)
    home: dict[str, str] = {}
    for members in sorted(groups.values(), key=len, reverse=True):
        if surplus <= 0 or len(members) == 1:
            break
        home.update(dict.fromkeys(members, members[0]))
        surplus -= len(members) - 1
    return home


def _owned_alone(nodes: Sequence[Node], ties: Sequence[Tie], surplus: int) -> dict[str, str]:
    """Return owner of each party that has one owner, owns nothing and is no subject."""
    owners: dict[str, set[str]] = defaultdict(set)
    for tie in ties:
        owners[tie.owned].add(tie.owner)
    owning = {tie.owner for tie in ties}
    leaves = [
        node.id
        for node in nodes
        if not node.subject and node.id not in owning and len(owners[node.id]) == 1
    ]
    return {leaf: next(iter(owners[leaf])) for leaf in leaves[-surplus:]}


def _folded(nodes: Sequence[Node], home: dict[str, str]) -> list[Node]:
    """Return the boxes that stay, with the number of parties below them added to their note."""
    below: dict[str, int] = defaultdict(int)
    for node in nodes:
        if node.id in home:
            below[home[node.id]] += node.count + node.below
    return [
        replace(node, below=node.below + below[node.id]) for node in nodes if node.id not in home
    ]


def _least_connected(nodes: Sequence[Node], ties: Sequence[Tie], limit: int) -> dict[str, str]:
    degree: dict[str, int] = defaultdict(int)
    for tie in ties:
        degree[tie.owner] += 1
        degree[tie.owned] += 1
    ranked = sorted(nodes, key=lambda node: (not node.subject, -degree[node.id]))
    kept = max(limit - len(NodeKind), 0)
    home = {node.id: node.id for node in ranked[:kept]}
    first_of_kind: dict[NodeKind, str] = {}
    for node in ranked[kept:]:
        home[node.id] = first_of_kind.setdefault(node.kind, node.id)
    return home


def _boxes(nodes: Sequence[Node], home: dict[str, str]) -> list[Node]:
    members: dict[str, int] = defaultdict(int)
    for node in nodes:
        members[home.get(node.id, node.id)] += node.count + node.below
    return [
        node
        if members[node.id] == node.count + node.below
        else replace(
            node,
            label=f"{members[node.id]} {_PLURAL[node.kind]}",
            note="listed in the table",
            count=members[node.id],
            below=0,
        )
        for node in nodes
        if home.get(node.id, node.id) == node.id
    ]


def _ties(ties: Sequence[Tie], home: dict[str, str]) -> list[Tie]:
    """Return ties between boxes; several become one whose share spans theirs."""
    merged: dict[tuple[str, str, str], list[Tie]] = defaultdict(list)
    for tie in ties:
        owner, owned = home.get(tie.owner, tie.owner), home.get(tie.owned, tie.owned)
        inside = owner == owned and tie.owner != tie.owned
        if not inside:
            merged[owner, owned, tie.kind].append(tie)
    return [
        Tie(
            owner,
            owned,
            low=_bound([tie.low for tie in group], least=True),
            high=_bound([tie.high for tie in group], least=False),
            kind=kind,
        )
        for (owner, owned, kind), group in merged.items()
    ]


def _bound(shares: Sequence[Decimal | None], *, least: bool) -> Decimal | None:
    """Return the outermost share, or None as soon as one of them is unknown."""
    known = [share for share in shares if share is not None]
    if len(known) < len(shares):
        return None
    return min(known) if least else max(known)
