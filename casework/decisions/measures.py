"""What must be considered before each measure, as the pack lists it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from casework.errors import InvalidValue
from casework.statute.pack import StatutePack

APPLIES = ("yes", "no", "n/a")


@dataclass(frozen=True, slots=True)
class Item:
    """A check or an exception of a measure. `open` is false where the text leaves the
    exception no room.
    """

    id: str
    label: str
    note: str
    citation: str
    authority: str
    open: bool = True


@dataclass(frozen=True, slots=True)
class Considered:
    """The answer to one item; `applies` is `yes`, `no` or `n/a`."""

    item: str
    applies: str
    text: str


def items_of(pack: StatutePack, measure: str) -> tuple[Item, ...]:
    """Checks first, then exceptions; an exception that a check already names is asked once."""
    found = {
        row.id: Item(row.id, row.label, "", row.citation, row.authority)
        for row in pack.measures[measure].checks
    }
    for row in pack.exceptions.values():
        if row.measure == measure:
            label = found[row.id].label if row.id in found else row.title
            found[row.id] = Item(
                row.id, label, row.note, row.citation, row.authority, open=row.applies
            )
    return tuple(found.values())


def check_considerations(
    pack: StatutePack, measure: str, considered: Iterable[Considered]
) -> list[Considered]:
    """The answers in the order of the pack; InvalidValue unless each item has exactly one."""
    if measure not in pack.measures:
        raise InvalidValue("This text knows no such measure.", "measure")
    given: dict[str, Considered] = {}
    for row in considered:
        if row.item in given:
            raise InvalidValue(f"{row.item} is answered twice.", row.item)
        given[row.item] = row
    items = items_of(pack, measure)
    _refuse_strange(given, {item.id for item in items})
    for item in items:
        _check(item, given.get(item.id))
    return [given[item.id] for item in items]


def _refuse_strange(given: Mapping[str, Considered], known: set[str]) -> None:
    if strange := sorted(given.keys() - known):
        raise InvalidValue(f"{strange[0]} is not asked before this measure.", strange[0])


def _check(item: Item, row: Considered | None) -> None:
    if row is None or row.applies not in APPLIES:
        raise InvalidValue(f"Answer: {item.label}", item.id)
    if not row.text.strip():
        raise InvalidValue(f"Say in a sentence how this was considered: {item.label}", item.id)
