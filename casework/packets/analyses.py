"""What a packet says of an analysis of a usage log: measured facts, never an answer. Pure.

Sentences, states and figures are those of the exhibit that holds the result; nothing is worked
out again here. Times are aware UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from casework.evidence.drawing.series import Series
from casework.packets.facts import Figure
from casework.packets.words import Fit, Showing


@dataclass(frozen=True, slots=True)
class Measured:
    """One measure that a factor rests on: its sentence, what the rule asks for, whether that is
    reached ("yes", "no", "not known"), and with what innocent use the same is seen.
    """

    sentence: str
    asked: str
    reached: str
    twin: str


@dataclass(frozen=True, slots=True)
class FactorTold:
    """`factor` is "i" to "iv"; `missing` names what the log lacks."""

    factor: str
    title: str
    state: Showing
    missing: tuple[str, ...] = ()
    measures: tuple[Measured, ...] = ()


@dataclass(frozen=True, slots=True)
class Innocent:
    title: str
    fit: Fit
    because: str


@dataclass(frozen=True, slots=True)
class Cluster:
    """`first` and `last` are the hours of its first and last exchange."""

    name: str
    accounts: int
    exchanges: int
    first: datetime
    last: datetime
    factors: tuple[FactorTold, ...]
    innocent: tuple[Innocent, ...]
    contrary: tuple[str, ...]
    series: Series


@dataclass(frozen=True, slots=True)
class ClusterLine:
    """A cluster that is told in one line of a table; `states` in the order of the factors."""

    name: str
    accounts: int
    exchanges: int
    states: tuple[Showing, ...]
    fitting: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Analysis:
    """One run whose result is the exhibit number `exhibit`.

    `files` are the numbers of the exhibits that are the log. `repeats` is "" or says which run
    this one repeats with the very same result; its clusters are then told there and not here.
    `apart` counts accounts with one kind of tie only, `provenance` says how it was computed.
    """

    exhibit: int
    title: str
    log: str
    owner: str
    files: tuple[int, ...]
    sampling: str
    rows: int
    set_aside: int
    accounts: int
    compared_with: str
    apart: int
    clusters: tuple[Cluster, ...]
    others: tuple[ClusterLine, ...]
    cannot_see: tuple[str, ...]
    provenance: tuple[Figure, ...]
    hashes: tuple[Figure, ...]
    repeats: str = ""
