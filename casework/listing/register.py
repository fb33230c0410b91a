"""The public list on one day, worked out from what was published and taken down. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from casework.listing.entry import DETERMINATION, PUBLICATION, Denial, basis_line
from casework.listing.rules import drops_on, is_shown
from casework.statute.clocks import list_comes_down
from casework.statute.loader import load_pack

CORRECTION, CEILING = "correction", "ceiling"


@dataclass(frozen=True, kw_only=True, slots=True)
class Published:
    """One publication as it lies in the tables. Days are local to Washington, times aware UTC."""

    id: UUID
    entity_id: UUID
    text_version: str
    training: bool
    content: Mapping[str, Any]
    published_on: date
    at: datetime
    taken_down_on: date | None = None
    taken_down_at: datetime | None = None
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """`kind` is added, corrected or removed; `ground` a code of takedown_ground, for removed."""

    kind: str
    on: date
    ground: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """What anybody may read of one entity. Sources, permissions and notes are no part of it.

    `content` is None once the entry is off the list: then nothing tells whom it was about.
    """

    id: UUID
    content: Mapping[str, Any] | None
    history: tuple[Event, ...]
    comes_down_on: date

    @property
    def added_on(self) -> date:
        return self.history[0].on

    @property
    def changed_on(self) -> date:
        return self.history[-1].on

    @property
    def facts(self) -> Mapping[str, Any]:
        facts: Mapping[str, Any] = self.content["facts"] if self.content else {}
        return facts

    @property
    def answers(self) -> list[Denial]:
        """What the entity answers, the earliest first."""
        return [Denial(**row) for row in self.facts["denials"]] if self.content else []

    @property
    def basis(self) -> str:
        return basis_line(self.facts) if self.content else ""


@dataclass(frozen=True, slots=True)
class Register:
    """Entries by name, removed ones by day. `comes_down_on` ends the whole list; None before its
    first entry.
    """

    entries: tuple[Entry, ...] = ()
    removed: tuple[Entry, ...] = ()
    first_publication: date | None = None
    comes_down_on: date | None = None

    def find(self, key: UUID) -> Entry | None:
        every = (*self.entries, *self.removed)
        return next((row for row in every if row.id == key), None)


def register(published: Iterable[Published], *, on: date) -> Register:
    """The list as it stands on `on`; nothing needs to run for an entry to drop."""
    chains: defaultdict[UUID, list[Published]] = defaultdict(list)
    for row in sorted(published, key=lambda row: (row.at, str(row.id))):
        if row.published_on <= on:
            chains[row.entity_id].append(row)
    if not chains:
        return Register()
    first = min(chain[0].published_on for chain in chains.values())
    newest = max((chain[-1] for chain in chains.values()), key=lambda row: row.at)
    rows = [_entry(chain, first, on) for chain in chains.values()]
    shown = sorted((row for row in rows if row.content), key=lambda row: str(row.facts["name"]))
    gone = sorted((row for row in rows if not row.content), key=lambda row: row.changed_on)
    ends = list_comes_down(load_pack(newest.text_version), first)
    return Register(tuple(shown), tuple(gone), first, ends)


def preview(key: UUID, content: Mapping[str, Any], *, on: date, drop: date) -> Entry:
    """The entry as the public would see it if it were published on `on`."""
    return Entry(id=key, content=content, history=(Event("added", on),), comes_down_on=drop)


def drop_day(row: Published, *, first_publication: date, entry_shown: date) -> date:
    """The first day on which the clock no longer lets the entry stand, on its own reading."""
    last = row.content["facts"]["last_attack"]
    strict = row.content.get("reading", DETERMINATION) == PUBLICATION and last
    return drops_on(
        load_pack(row.text_version),
        first_publication=first_publication,
        entry_shown=entry_shown,
        strict_last_attack=date.fromisoformat(last) if strict else None,
    )


def _entry(chain: list[Published], first: date, on: date) -> Entry:
    newest = chain[-1]
    drop = drop_day(newest, first_publication=first, entry_shown=chain[0].published_on)
    history = _history(chain, drop, on)
    return Entry(
        id=chain[0].id,
        content=None if history[-1].kind == "removed" else newest.content,
        history=tuple(history),
        comes_down_on=drop,
    )


def _history(chain: list[Published], drop: date, on: date) -> list[Event]:
    found: list[Event] = []
    for row in chain:
        stands = bool(found) and found[-1].kind != "removed"
        found.append(Event("corrected" if stands else "added", row.published_on))
        if row.taken_down_on and row.taken_down_on <= on and row.ground != CORRECTION:
            found.append(Event("removed", row.taken_down_on, row.ground))
    if found[-1].kind != "removed" and not is_shown(drop, on=on):
        found.append(Event("removed", drop, CEILING))
    return found
