"""The hash tree over the log: roots, proofs, and how a proof is checked (RFC 6962, section 2.1;
the checks as RFC 9162, sections 2.1.3.2 and 2.1.4.2, writes them). Pure.

A tree of `size` leaves is read through `Hashes`: `hashes(level, index)` is the root of the
perfect subtree over the leaves `index << level` to `(index + 1 << level) - 1`, 32 bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

Hashes = Callable[[int, int], bytes]


def leaf_hash(leaf: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(size: int, hashes: Hashes) -> bytes:
    """The root of the first `size` leaves, 32 bytes."""
    return _root(0, size, hashes) if size else hashlib.sha256(b"").digest()


def inclusion(index: int, size: int, hashes: Hashes) -> list[bytes]:
    """What leads from leaf `index` to the root of the first `size` leaves, the nearest first.
    IndexError where there is no such leaf.
    """
    if not 0 <= index < size:
        raise IndexError(index)
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(_root(middle, end, hashes))
            end = middle
        else:
            path.append(_root(start, middle, hashes))
            start = middle
    return path[::-1]


def consistency(old: int, size: int, hashes: Hashes) -> list[bytes]:
    """What shows that the tree of `size` leaves continues the one of `old`; empty for the whole
    and for nothing. IndexError where `old` is larger.
    """
    if not 0 <= old <= size:
        raise IndexError(old)
    path: list[bytes] = []
    start, end, whole = 0, size, True
    while 0 < old - start != end - start:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(_root(middle, end, hashes))
            end = middle
        else:
            path.append(_root(start, middle, hashes))
            start, whole = middle, False
    if path and not whole:
        path.append(_root(start, end, hashes))
    return path[::-1]


def _split(count: int) -> int:
    """The largest power of two below `count`."""
    return 1 << (count - 1).bit_length() - 1


def _root(start: int, end: int, hashes: Hashes) -> bytes:
    """Of the leaves from `start` to before `end`; `start` is a multiple of the subtree's width."""
    count = end - start
    if count & (count - 1) == 0:
        level = count.bit_length() - 1
        return hashes(level, start >> level)
    middle = start + _split(count)
    return node_hash(_root(start, middle, hashes), _root(middle, end, hashes))


def includes(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the proof leads from a leaf's hash to the root."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(step, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, step)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def continues(old: int, size: int, old_root: bytes, root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the proof shows that nothing of the older tree was changed in the newer."""
    if old in {0, size}:
        return not proof and (old == 0 or old_root == root)
    if old > size or not proof:
        return False
    return _both(old, size, list(proof) if old & (old - 1) else [old_root, *proof]) == (
        old_root,
        root,
    )


def _both(old: int, size: int, steps: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """The roots of the two trees to which the steps lead; None where they lead nowhere."""
    place, last = old - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    earlier = later = steps[0]
    for step in steps[1:]:
        if last == 0:
            return None
        if place & 1 or place == last:
            earlier, later = node_hash(step, earlier), node_hash(step, later)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            later = node_hash(later, step)
        place, last = place >> 1, last >> 1
    return (earlier, later) if last == 0 else None


class Frontier:
    """The perfect subtrees along the right edge: enough to append, and to know the root, while
    walking through leaves of which none is kept.
    """

    def __init__(self) -> None:
        self.size = 0
        self._edge: list[bytes] = []

    def append(self, leaf: bytes) -> list[bytes]:
        """Take the hash of the next leaf; return the roots of the subtrees that it fills, from
        the leaf itself up: the one at place `level` is over 2 ** level leaves.
        """
        bits, filled = self.size, [leaf]
        self.size += 1
        while bits & 1:
            filled.append(node_hash(self._edge.pop(), filled[-1]))
            bits >>= 1
        self._edge.append(filled[-1])
        return filled

    def root(self) -> bytes:
        if not self._edge:
            return hashlib.sha256(b"").digest()
        found = self._edge[-1]
        for left in reversed(self._edge[:-1]):
            found = node_hash(left, found)
        return found
