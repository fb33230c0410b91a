"""The log's hash tree in the database: the hash of every leaf, and every 256th part summed up.

A node of a level that is a multiple of eight is stored once its subtree is full; the levels
between are computed from 256 of them. So an append writes a node in 256, and a proof in a log of
a million entries reads a few hundred rows.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.audit import merkle
from models import AuditEntry, AuditNode

STEP = 8
WIDTH = 1 << STEP


class StoredTree:
    """The first `size` entries as `merkle.Hashes`. Rows are read in blocks of 256, each once."""

    def __init__(self, session: Session, size: int) -> None:
        self._session = session
        self._blocks: dict[tuple[int, int], list[bytes]] = {}
        self.size = size

    def __call__(self, level: int, index: int) -> bytes:
        stored = level - level % STEP
        first = index << (level - stored)
        row = self._block(stored, first // WIDTH)[first % WIDTH :][: 1 << (level - stored)]
        return _over(row)

    def root(self) -> bytes:
        return merkle.root(self.size, self)

    def _block(self, level: int, number: int) -> list[bytes]:
        if (level, number) not in self._blocks:
            self._blocks[level, number] = _read(self._session, level, number * WIDTH)
        return self._blocks[level, number]


def _read(session: Session, level: int, first: int) -> list[bytes]:
    if level == 0:
        wanted = sa.select(AuditEntry.hash).where(
            AuditEntry.seq >= first, AuditEntry.seq < first + WIDTH
        )
        return list(session.scalars(wanted.order_by(AuditEntry.seq)))
    nodes = sa.select(AuditNode.hash).where(
        AuditNode.level == level, AuditNode.index >= first, AuditNode.index < first + WIDTH
    )
    return list(session.scalars(nodes.order_by(AuditNode.index)))


def _over(row: list[bytes]) -> bytes:
    """The root over a power of two of roots that stand side by side."""
    while len(row) > 1:
        row = [merkle.node_hash(*row[at : at + 2]) for at in range(0, len(row), 2)]
    return row[0]


def sum_up(session: Session, size: int) -> None:
    """Store the nodes whose subtrees the entry that brought the log to `size` has filled."""
    level = STEP
    while size % (1 << level) == 0:
        index = (size >> level) - 1
        row = _read(session, level - STEP, index * WIDTH)
        session.add(AuditNode(level=level, index=index, hash=_over(row)))
        session.flush()
        level += STEP
