"""Which lines of a CSV every reader takes for one record, worked out over all bytes at once."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from casework.evidence.usage.lines import Lines, Mask, Places

_QUOTE, _NEWLINE, _RETURN = ord('"'), ord("\n"), ord("\r")
_BLANK: Final = (1, 2)  # the newline alone, or after a return


def records(lines: Lines, delimiter: str) -> Mask:
    """For each line whether it is not blank and its quotes stand as they should.

    Quotes of a line are numbered from 0: an even one opens and stands after a delimiter, at the
    line's start, or (as the second of a pair) after a quote; an odd one closes and stands before
    a delimiter, the line's end, or the second of its pair. Of such a line every reader makes the
    same fields, and none reads on into the next line.
    """
    sound = ~_blank(lines)
    quotes = np.flatnonzero(lines.codes == _QUOTE)
    if not len(quotes):
        return sound
    bounds = np.searchsorted(quotes, lines.starts)
    if not (bounds % 2).any() and _all_stand(lines, quotes, delimiter):
        return sound
    counts = np.diff(bounds)
    line_of = np.repeat(np.arange(lines.size), counts)
    closing = ((np.arange(len(quotes)) - bounds[line_of]) & 1).astype(np.bool_)
    right = np.where(closing, _closes(lines, quotes, delimiter), _opens(lines, quotes, delimiter))
    sound[line_of[~right]] = False
    sound[counts % 2 == 1] = False
    return sound


def _all_stand(lines: Lines, quotes: Places, delimiter: str) -> bool:
    """The same for lines that all have an even number of quotes: every second one closes."""
    opens, closes = _opens(lines, quotes[::2], delimiter), _closes(lines, quotes[1::2], delimiter)
    return bool(opens.all() and closes.all())


def _opens(lines: Lines, quotes: Places, delimiter: str) -> NDArray[np.bool_]:
    before = lines.codes[quotes - 1]  # of the first byte the last one, a newline
    found: NDArray[np.bool_] = _neighbours(delimiter)[before]
    return found


def _closes(lines: Lines, quotes: Places, delimiter: str) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = _neighbours(delimiter)[lines.codes[quotes + 1]]
    return found


def _neighbours(delimiter: str) -> NDArray[np.bool_]:
    may_stand = np.zeros(256, np.bool_)
    may_stand[[ord(delimiter), _QUOTE, _NEWLINE, _RETURN]] = True
    return may_stand


def _blank(lines: Lines) -> Mask:
    lengths = np.diff(lines.starts)
    found: Mask = lengths == _BLANK[0]
    found |= (lengths == _BLANK[1]) & (lines.codes[lines.starts[:-1]] == _RETURN)
    return found
