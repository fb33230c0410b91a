"""The reductions of a log: how often each account did what, in whole numbers.

Written once, as Ibis expressions, for every engine. `account_id` stands where the reduced tables
have the account's number `a`, which is given when results are loaded (`reduction_tables`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import ibis

Expressions = dict[str, ibis.Table]

REQUIRED: Final = ("ts", "account_id", "model", "input_tokens", "output_tokens")
OPTIONAL: Final = (
    "org_id", "ip", "asn", "country", "endpoint", "user_agent", "capability", "template_hash",
    "sim_hi", "sim_lo", "payment_fp", "prompt_hash",
)  # fmt: skip
# Table, with the column that is counted and the name it has there.
SINGLE: Final[Mapping[str, tuple[str, str]]] = {
    "r_org": ("org_id", "org_id"),
    "r_model": ("model", "model"),
    "r_cap": ("capability", "capability"),
    "r_ip": ("ip", "v"),
    "r_pay": ("payment_fp", "v"),
    "r_tpl": ("template_hash", "v"),
}
PAIRS: Final[Mapping[str, tuple[str, str]]] = {
    "r_net": ("country", "asn"),
    "r_way": ("endpoint", "user_agent"),
}
HALVES: Final[Mapping[str, str]] = {"r_simhi": "sim_hi", "r_simlo": "sim_lo"}
REPEATED: Final = 2  # a half fingerprint is kept when the account repeated it
HOUR, MINUTE, PHASES = 3600, 60, 15


def held(log: ibis.Table) -> ibis.Table:
    """One row: how many values each column holds."""
    return log.aggregate(**{name: log[name].count() for name in (*REQUIRED, *OPTIONAL)})


def expressions(log: ibis.Table, present: frozenset[str], new_model: str | None) -> Expressions:
    """Each reduced table by its name; tables of absent columns are left out.

    `log` has the canonical columns. A row whose column is NULL is not counted under that column.
    """
    found = {"account": _account(log), "r_hour": _hour(log, new_model), "r_phase": _phase(log)}
    for table, (column, name) in SINGLE.items():
        if column in present or column in REQUIRED:
            found[table] = _counted(log.filter(log[column].notnull()), {name: column})
    for table, (one, other) in PAIRS.items():
        if {one, other} & present:
            told = log.filter(log[one].notnull() | log[other].notnull())
            found[table] = _counted(told, {one: one, other: other})
    for table, column in HALVES.items():
        if column in present:
            halves = _counted(log.filter(log[column].notnull()), {"v": column})
            found[table] = halves.filter(halves.n >= REPEATED)
    if "prompt_hash" in present:
        found["r_prompt"] = _prompt(log.filter(log.prompt_hash.notnull()))
    return found


def _counted(rows: ibis.Table, by: Mapping[str, str]) -> ibis.Table:
    return rows.group_by(account_id="account_id", **by).agg(n=rows.count())


def _account(log: ibis.Table) -> ibis.Table:
    hour = _hours(log)
    return log.group_by("account_id").agg(
        n=log.count(),
        out_tok=log.output_tokens.sum(),
        in_tok=log.input_tokens.sum(),
        first_h=hour.min(),
        last_h=hour.max(),
    )


def _hour(log: ibis.Table, new_model: str | None) -> ibis.Table:
    is_new = (log.model == new_model).ifelse(1, 0) if new_model else ibis.literal(0)
    timed = log.select("account_id", h=_hours(log), is_new=is_new.cast("int64"))
    return timed.group_by(["account_id", "h"]).agg(n=timed.count(), n_new=timed.is_new.sum())


def _phase(log: ibis.Table) -> ibis.Table:
    minute = (log.ts.epoch_seconds() % (MINUTE * PHASES)) // MINUTE
    timed = log.select("account_id", ph=minute.cast("int32"))
    return _counted(timed, {"ph": "ph"})


def _hours(log: ibis.Table) -> ibis.expr.types.IntegerValue:
    return (log.ts.epoch_seconds() // HOUR).cast("int32")


def _prompt(rows: ibis.Table) -> ibis.Table:
    """Prompts that several accounts sent word for word."""
    sent = rows.group_by("prompt_hash").agg(
        least=rows.account_id.min(), greatest=rows.account_id.max()
    )
    again = sent.filter(sent.least != sent.greatest).select("prompt_hash")
    return _counted(rows.semi_join(again, "prompt_hash"), {"v": "prompt_hash"})
