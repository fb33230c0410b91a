"""Identifiers made into tokens before they are kept, and what is said of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from casework.evidence.usage.batch import Bound
from casework.evidence.usage.tokens import PREFIX, address, is_pseudonym, token

_REMEMBERED: Final = 2_000_000
_SAID: Final = {
    frozenset({"hashed"}): "replaced by keyed hashes (HMAC-SHA-256, 128 bits)",
    frozenset({"kept"}): "left as received: the owner's own pseudonyms",
    frozenset({"hashed", "kept"}): "the owner's pseudonyms left as received, other values "
    "replaced by keyed hashes (HMAC-SHA-256, 128 bits)",
}
_NO_KEY: Final = "left as received: no key was given"
_NETWORK: Final = "IPv6 cut to the network of 64 bits"


class Minimiser:
    """Works on the distinct values of a column, and remembers what it made of them."""

    def __init__(self, key: bytes | None) -> None:
        self.key = key
        self._acts: dict[str, set[str]] = defaultdict(set)
        self._made: dict[str, dict[str, str]] = defaultdict(dict)

    def addresses(self, table: pa.Table) -> pa.Table:
        """`ip` as it is compared, before it is checked; IPv4 is so already."""
        if "ip" not in table.column_names or table.num_rows == 0:
            return table
        given = table["ip"]
        if pa.types.is_integer(given.type) or pa.types.is_floating(given.type):
            return table
        if not pc.any(pc.match_substring(given, ":")).as_py():
            return table
        self._acts["ip"].add("network")
        six = lambda value: address(value) if ":" in value else value  # noqa: E731
        return _set(table, "ip", self._mapped("address", given, six))

    def tokens(self, table: pa.Table) -> pa.Table:
        """Identifiers of accepted rows as tokens of the key; without a key, as they are."""
        for column in PREFIX:
            if column in table.column_names and self.key is not None:
                made = self._mapped(column, table[column], self._token_of(column, self.key))
                table = _set(table, column, made)
        return table

    def said(self, files: Iterable[Bound]) -> dict[str, str]:
        """What was done, by column; `other columns` names those that were not read."""
        files = list(files)
        found = {}
        for column in PREFIX:
            if any(column in bound.mapping for bound in files):
                acts = frozenset(self._acts[column] - {"network"})
                words = [_NETWORK] if "network" in self._acts[column] else []
                words += [_SAID.get(acts, "empty") if self.key is not None else _NO_KEY]
                found[column] = "; ".join(words)
        if any("user_agent" in bound.mapping for bound in files):
            found["user_agent"] = "e-mail addresses in it replaced by <e-mail>"
        unread = {c: None for b in files for c in b.columns if c not in b.mapping.values()}
        if unread:
            found["other columns"] = f"not kept: {', '.join(unread)}"
        return found

    def _token_of(self, column: str, key: bytes) -> Callable[[str], str]:
        acts = self._acts[column]

        def made(value: str) -> str:
            if is_pseudonym(column, value):
                acts.add("kept")
                return value
            acts.add("hashed")
            return token(key, column, value)

        return made

    def _mapped(self, kind: str, column: pa.ChunkedArray, made: Callable[[str], str]) -> pa.Array:
        known = self._made[kind]
        if len(known) > _REMEMBERED:
            known.clear()
        coded = column.combine_chunks().dictionary_encode()
        values = coded.dictionary.to_pylist()
        for value in values:
            if value not in known:
                known[value] = made(value)
        fresh = pa.array([known[value] for value in values], pa.string())
        return fresh.take(coded.indices)


def _set(table: pa.Table, column: str, values: pa.Array) -> pa.Table:
    return table.set_column(table.column_names.index(column), column, values)
