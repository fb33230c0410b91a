"""How far the accounts of a cluster ask for the same things, beyond what chance groups do.

A figure over exchanges follows the few heaviest accounts: random groups of a log differ from the
rest by half a bit. So every account counts once, with the shares its capabilities have of its
exchanges.
"""

from __future__ import annotations

from collections.abc import Mapping

import duckdb
import numpy as np
import pyarrow as pa

# Groups of accounts in no cluster, drawn to learn what chance does. The distance of a mean from the
# whole falls with the size of the group, so one size is drawn and the others are computed from it.
DRAWS, SIZE, SEED = 500, 100, 20261124
CERTAINTY = 0.99
RAREST = 1e-4  # a capability nobody else used would make the distance infinite

MIXES = """
select r_cap.a, coalesce(member.c, 0) as c, n,
       dense_rank() over (order by capability) - 1 as capability
from r_cap left join member on member.a = r_cap.a
where capability is not null order by r_cap.a, capability
"""

SENTENCE = (
    "Counting each account once, the mix of capabilities differs from that of accounts in no"
    " cluster by {value:.2f} bits; of random groups of as many such accounts 99 % differ by less"
    " than {chance:.2f}."
)

SCHEMA = pa.schema(
    [
        ("c", pa.int32()),
        ("value", pa.float64()),
        ("chance", pa.float64()),
        ("threshold", pa.float64()),
        ("shown", pa.bool_()),
        ("sentence", pa.string()),
    ]
)


def look_for_focus(con: duckdb.DuckDBPyConnection, factors: Mapping[str, float]) -> None:
    """Leaves `focus(c, value, chance, threshold, shown, sentence)`, in bits, rounded to 9 places.

    It is empty when the log names no capability or every account is in a cluster.
    """
    read = con.execute(MIXES).fetchnumpy()
    rows = _judged(read, factors["mix_bits"]) if len(read["a"]) else []
    con.register("focus_found", pa.Table.from_pylist(rows, SCHEMA))
    con.execute("create or replace table focus as select * from focus_found order by c")
    con.unregister("focus_found")


def _judged(read: Mapping[str, np.ndarray], least: float) -> list[dict[str, object]]:
    _, first, row = np.unique(read["a"], return_index=True, return_inverse=True)
    mixes = np.zeros((len(first), int(read["capability"].max()) + 1))
    np.add.at(mixes, (row, read["capability"].astype(np.int64)), read["n"].astype(np.float64))
    mixes /= mixes.sum(axis=1, keepdims=True)
    cluster = read["c"].astype(np.int64)[first]
    others = mixes[cluster == 0]
    if not len(others):
        return []
    usual = others.mean(axis=0)
    drawn = np.random.default_rng(SEED).integers(0, len(others), (DRAWS, SIZE))
    chance = float(np.quantile([bits(others[d].mean(axis=0), usual) for d in drawn], CERTAINTY))
    rows = []
    for c in np.unique(cluster[cluster > 0]):
        members = mixes[cluster == c]
        value, by_chance = bits(members.mean(axis=0), usual), chance * SIZE / len(members)
        rows.append(_row(int(c), round(value, 9), round(by_chance, 9), least))
    return rows


def _row(cluster: int, value: float, chance: float, least: float) -> dict[str, object]:
    threshold = max(least, chance)
    return {
        "c": cluster,
        "value": value,
        "chance": chance,
        "threshold": threshold,
        "shown": value >= threshold,
        "sentence": SENTENCE.format(value=value, chance=chance),
    }


def bits(mix: np.ndarray, usual: np.ndarray) -> float:
    """Kullback-Leibler distance of one mix of shares from another, in bits, 0 or more."""
    used = mix > 0
    share, other = mix[used], np.maximum(usual[used], RAREST)
    return max(0.0, float(np.sum(share * np.log2(share / other))))
