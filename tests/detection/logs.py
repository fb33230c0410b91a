"""Accounts of `people` written as a log: canonical rows, labels left out."""

from __future__ import annotations

import random

import pyarrow as pa

from tests.detection.people import OFFSET, RELEASE_DAY, Account

HOUR_US = 3_600_000_000
START_US = 1_776_211_200_000_000  # 2026-04-15 00:00 UTC
CAPABILITIES = ("chat", "writing", "coding", "translation", "agentic_tool_use", "math")
USUAL = (0.4, 0.2, 0.15, 0.15, 0.05, 0.05)

SCHEMA = pa.schema([
    ("row", pa.int64()), ("ts", pa.timestamp("us", "UTC")), ("account_id", pa.string()),
    ("model", pa.string()), ("input_tokens", pa.int64()), ("output_tokens", pa.int64()),
    ("org_id", pa.string()), ("ip", pa.string()), ("asn", pa.int64()), ("country", pa.string()),
    ("endpoint", pa.string()), ("user_agent", pa.string()), ("capability", pa.string()),
    ("template_hash", pa.string()), ("sim_hi", pa.int64()), ("sim_lo", pa.int64()),
    ("payment_fp", pa.string()), ("prompt_hash", pa.string()),
])  # fmt: skip


def log_of(
    accounts: list[Account], seed: int = 5, without: frozenset[str] = frozenset()
) -> pa.Table:
    """Canonical rows in order of time; columns in `without` are all NULL."""
    chance = random.Random(seed)
    rows = [row for account in accounts for row in _rows(chance, account)]
    rows.sort(key=lambda row: (row["ts"], row["account_id"]))
    for number, row in enumerate(rows, 1):
        row.update(dict.fromkeys(without), row=number)
    return pa.Table.from_pylist(rows, SCHEMA)


def _rows(chance: random.Random, account: Account) -> list[dict]:
    wordings = {p: _near(chance, _fingerprint(p), 2) for p in account.prompts}
    return [_row(chance, account, wordings) for _ in range(account.exchanges)]


def _row(chance: random.Random, account: Account, wordings: dict[str, int]) -> dict:
    place = chance.randrange(len(account.addresses))
    country = account.countries[place % len(account.countries)]
    days = account.only_days or range(*account.days)
    day, local = chance.choice(days), chance.uniform(*account.hours)
    ts = START_US + day * 24 * HOUR_US + int(((local - OFFSET[country]) % 24) * HOUR_US)
    prompt = chance.choice(account.prompts) if chance.random() < account.prompted else None
    sign = _near(chance, wordings[prompt], 1) if prompt else chance.getrandbits(63)
    template = prompt and (f"{prompt}/{account.name}" if account.reworded else prompt)
    aimed = account.focus and (prompt or account.kind == "university")
    return {
        "ts": ts,
        "account_id": f"acc-{account.name}",
        "model": "model-2" if day > RELEASE_DAY and chance.random() < 0.3 else "model-1",
        "input_tokens": 100,
        "output_tokens": 200,
        "org_id": account.org,
        "ip": account.addresses[place],
        "asn": account.network,
        "country": country,
        "capability": account.focus if aimed else chance.choices(CAPABILITIES, USUAL)[0],
        "template_hash": template,
        "sim_hi": sign >> 32,
        "sim_lo": sign & 0xFFFFFFFF,
        "payment_fp": account.payer,
    }


def _fingerprint(prompt: str) -> int:
    return random.Random(prompt).getrandbits(63)


def _near(chance: random.Random, value: int, bits: int) -> int:
    for _ in range(bits):
        value ^= 1 << chance.randrange(63)
    return value
