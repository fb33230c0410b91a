"""The rules of a row as SQL over one batch: what makes a value wrong, and what is taken from it.

Each rule looks at one column alone, so that a typed Parquet can be checked by its distinct values.
In the expressions `"ts"` is the column as it came and `v_ts` the value taken from it. A cast never
decides what a number is: DuckDB makes 13 of '12.7'; a pattern does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from casework.evidence.usage.batch import Shape
from casework.evidence.usage.columns import BY_NAME
from casework.evidence.usage.order import IntakeOrder
from casework.evidence.usage.sql import literal, name
from casework.evidence.usage.times import outside, time_checks, time_value

LONGEST: Final = 512
LONGEST_HASH: Final = 128
MOST_TOKENS: Final = 10_000_000
MOST_NETWORK: Final = (1 << 32) - 1
# Controls of C0 and C1, and the marks that turn the direction of what is shown.
CONTROL: Final = r"[\x00-\x1f\x7f-\x{9f}\x{202a}-\x{202e}\x{2066}-\x{2069}]"
E_MAIL: Final = r"[^\s@<>()]+@[^\s@<>()]+\.[A-Za-z]{2,}"
TELEPHONE: Final = r"^(\+|00|\()[0-9 ()./-]{7,20}$|^[0-9]{3}[-. ][0-9]{3}[-. ][0-9]{4}$"
_OCTET: Final = r"(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
ADDRESS: Final = rf"^({_OCTET}(\.{_OCTET}){{3}}|[0-9a-f:]+/64|ip_[0-9a-f]{{16,64}})$"
CARD: Final = r"^[0-9][0-9 -]{11,21}[0-9]$"
_ISSUED: Final = r"^(4|5[1-5]|2[2-7]|3[47]|6)"
IDENTIFIERS: Final = frozenset({"account_id", "org_id", "payment_fp"})
MACROS: Final = (
    "create or replace temp macro doubled(d) as case when d > 4 then 2 * d - 9 else 2 * d end",
    "create or replace temp macro digits_of(v) as regexp_replace(v, '[ -]', '', 'g')",
    # The check digit of payment cards: from the right, every second figure is doubled.
    """create or replace temp macro luhn(d) as length(d) between 13 and 19 and list_sum(
    list_transform(range(1, length(d) + 1), lambda i: case when (length(d) - i) % 2 = 1
    then doubled(d[i]::int) else d[i]::int end)) % 10 = 0""",
)


@dataclass(frozen=True, slots=True)
class Check:
    """`bad` is SQL, true for a row to set aside; null counts as false."""

    code: str
    column: str
    bad: str


@dataclass(frozen=True, slots=True)
class Rule:
    value: str
    checks: tuple[Check, ...]


def rules(shapes: Mapping[str, Shape], order: IntakeOrder) -> dict[str, Rule]:
    """Rule of each column of ours that a file has."""
    found = {}
    for ours, shape in shapes.items():
        column = BY_NAME[ours]
        value, bad = _KINDS[column.kind](ours, shape, order)
        if column.need == "required" and column.kind != "time":
            bad = {"E02": _missing(ours, shape), **bad}
        if shape == "json":
            bad = {**bad, "E20": f"{name(ours)}[1] in ('{{', '[')"}
        found[ours] = Rule(value, tuple(Check(code, ours, sql) for code, sql in bad.items()))
    return found


Made = tuple[str, dict[str, str]]


def _missing(ours: str, shape: Shape) -> str:
    raw = name(ours)
    return f"{raw} is null or trim({raw}) = ''" if shape in {"text", "json"} else f"{raw} is null"


def _given(ours: str, shape: Shape) -> str:
    return f"not ({_missing(ours, shape)})"


def _text(ours: str, shape: Shape) -> str:
    raw = name(ours)
    return f"nullif(trim({raw}), '')" if shape in {"text", "json"} else f"{raw}::varchar"


def _whole(ours: str, shape: Shape, pattern: str, digits: str) -> str:
    """A whole number as BIGINT or null; `digits` is what of the text is cast."""
    raw = name(ours)
    if shape in {"text", "json"}:
        return f"case when regexp_matches({raw}, '{pattern}') then try_cast({digits} as bigint) end"
    if shape == "real":
        return (
            f"case when {raw} >= 0 and {raw} = floor({raw}) and {raw} < 1e15 then {raw}::bigint end"
        )
    return f"try_cast({raw} as bigint)"


def _time(ours: str, shape: Shape, order: IntakeOrder) -> Made:
    bad = {"E02": _missing(ours, shape), **time_checks(shape, order), "E04": outside(order)}
    return time_value(shape, order), bad


def _count(ours: str, shape: Shape, order: IntakeOrder) -> Made:
    value = _whole(ours, shape, r"^[0-9]{1,18}(\.0+)?$", name(ours))
    wrong = f"{_given(ours, shape)} and (v_{ours} is null or v_{ours} < 0)"
    return value, {"E06": wrong, "E07": f"v_{ours} > {MOST_TOKENS}"}


def _name(ours: str, shape: Shape, order: IntakeOrder) -> Made:
    value, v = _text(ours, shape), f"v_{ours}"
    bad = {"E13": f"length({v}) > {LONGEST}", "E17": f"regexp_matches({v}, '{CONTROL}')"}
    mailed = f"contains({v}, '@') and regexp_matches({v}, '{E_MAIL}')"
    if ours == "user_agent":
        cut = f"regexp_replace({name(ours)}, '{E_MAIL}', '<e-mail>', 'g')"
        value = (
            f"case when contains({name(ours)}, '@') then nullif(trim({cut}), '') else {value} end"
        )
    elif ours not in IDENTIFIERS:
        bad["E12"] = mailed
    else:
        bad |= _personal(ours, v, mailed, keyed=order.key is not None)
    if ours == "model" and order.models:
        bad["E16"] = f"{v} not in ({', '.join(map(literal, sorted(order.models)))})"
    if ours == "capability" and order.capability_map:
        value = _mapped(value, order.capability_map)
    return value, bad


def _personal(ours: str, v: str, mailed: str, *, keyed: bool) -> dict[str, str]:
    """Personal data in an identifier.

    A card number is set aside with a key too: nobody may send one, and the owner must hear of
    it. An e-mail address or telephone number as an account is common; with a key its token keeps
    the tie and shows nothing, so the row is used; without one it would stand in clear, so it is
    set aside. Numbers that are merely account numbers pass the check of cards one time in ten;
    so outside payment they count only with the first figures of an issuer.
    """
    card = f"regexp_matches({v}, '{CARD}')"
    if ours == "payment_fp":
        bad = {"E15": f"case when {card} then luhn(digits_of({v})) else false end"}
        return bad if keyed else {"E12": mailed, **bad}
    if keyed:
        return {}
    issued = f"{card} and regexp_matches({v}, '{_ISSUED}')"
    return {
        "E12": f"({mailed}) or regexp_matches({v}, '{TELEPHONE}')",
        "E15": f"case when {issued} then luhn(digits_of({v})) else false end",
    }


def _mapped(value: str, mapping: Mapping[str, str]) -> str:
    whens = " ".join(f"when {literal(a)} then {literal(b)}" for a, b in sorted(mapping.items()))
    return f"case {value} {whens} else {value} end"


def _address(ours: str, shape: Shape, order: IntakeOrder) -> Made:
    return _text(ours, shape), {"E08": f"not regexp_matches(v_{ours}, '{ADDRESS}')"}


def _network(ours: str, shape: Shape, order: IntakeOrder) -> Made:
    digits = f"replace({name(ours)}, 'AS', '')"
    value = _whole(ours, shape, r"^(AS)?[0-9]{1,10}(\.0+)?$", digits)
    beyond = f"v_{ours} not between 0 and {MOST_NETWORK}"
    return value, {"E10": f"{_given(ours, shape)} and (v_{ours} is null or {beyond})"}


def _country(ours: str, shape: Shape, order: IntakeOrder) -> Made:
    return f"upper({_text(ours, shape)})", {"E09": f"not regexp_matches(v_{ours}, '^[A-Z]{{2}}$')"}


def _hash(ours: str, shape: Shape, order: IntakeOrder) -> Made:
    v = f"v_{ours}"
    long = f"length({v}) > {LONGEST_HASH}"
    return _text(ours, shape), {"E18": f"{long} or regexp_matches({v}, '[^!-~]')"}


def _simhash(ours: str, shape: Shape, order: IntakeOrder) -> Made:
    raw = name(ours)
    value = f"try_cast({raw} as ubigint)"
    if shape in {"text", "json"}:
        value = f"case when regexp_matches({raw}, '^[0-9]{{1,20}}$') then {value} end"
    elif shape != "whole":  # a fraction of 53 bits cannot hold one
        value = "null::ubigint"
    return value, {"E11": f"{_given(ours, shape)} and v_{ours} is null"}


def _id(ours: str, shape: Shape, order: IntakeOrder) -> Made:
    return _text(ours, shape), {"E13": f"length(v_{ours}) > {LONGEST}"}


_KINDS: Final[Mapping[str, Callable[[str, Shape, IntakeOrder], Made]]] = {
    "time": _time,
    "count": _count,
    "name": _name,
    "address": _address,
    "network": _network,
    "country": _country,
    "hash": _hash,
    "simhash": _simhash,
    "id": _id,
}
