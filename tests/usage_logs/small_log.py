"""A small invented log: ordinary users, and accounts that act as one."""

from __future__ import annotations

import csv
import hashlib
import io
from datetime import UTC, datetime, timedelta
from random import Random

FIELDS = (
    "timestamp", "account_id", "org_id", "model", "input_tokens", "output_tokens", "ip", "country",
    "task", "template_hash", "payment_fp",
)  # fmt: skip
START = datetime(2026, 5, 4, tzinfo=UTC)
RELEASE = datetime(2026, 5, 7, 12, tzinfo=UTC)
HOURS = 24 * 7
ACTING, ORDINARY = 24, 60


def rows(seed: int = 7) -> list[dict[str, str]]:
    """The rows in the order of time."""
    random, found = Random(seed), []
    for account in range(ORDINARY):
        found += _ordinary(random, account)
    for account in range(ACTING):
        found += _acting(random, account)
    return sorted(found, key=lambda row: row["timestamp"])


def _ordinary(random: Random, account: int) -> list[dict[str, str]]:
    made = []
    for _ in range(random.randint(8, 60)):
        day, hour = random.randrange(5), random.randint(8, 18)
        at = START + timedelta(days=day, hours=hour, seconds=random.randrange(3600))
        name = f"home-{account}-{random.randrange(200)}"
        made.append(
            _row(
                at, f"user-{account}", f"240.1.{account}.{random.randrange(3)}", f"card-{account}",
                name, random.choice(("writing", "coding", "search", "translation")), "lantern-1",
                f"org-{account // 4}",
            )
        )  # fmt: skip
    return made


def _acting(random: Random, account: int) -> list[dict[str, str]]:
    made = []
    for turn in range(120):
        at = START + timedelta(hours=(account * 7 + turn * 1.4) % HOURS, seconds=turn % 900)
        model = "lantern-2" if at > RELEASE and random.random() < 0.6 else "lantern-1"
        task = random.choice(("reasoning_trace", "reasoning_trace", "rubric_grading"))
        made.append(
            _row(
                at, f"relay-{account:02}", f"240.9.0.{random.randrange(12)}",
                f"card-shared-{account % 3}", f"shared-{random.randrange(30)}", task, model,
            )
        )  # fmt: skip
    return made


def _row(
    at: datetime,
    account: str,
    ip: str,
    card: str,
    prompt: str,
    task: str,
    model: str,
    org: str = "",
) -> dict[str, str]:
    values = (
        at.isoformat(timespec="seconds").replace("+00:00", "Z"), account, org, model, "400", "900",
        ip, "SG", task, hashlib.sha256(prompt.encode()).hexdigest(),
        hashlib.sha256(card.encode()).hexdigest()[:24],
    )  # fmt: skip
    return dict(zip(FIELDS, values, strict=True))


def csv_of(found: list[dict[str, str]]) -> bytes:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, FIELDS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(found)
    return stream.getvalue().encode()


def log_file(*, damaged: int = 3) -> bytes:
    """The log with some rows whose time is none."""
    found = rows()
    broken = [{**found[0], "timestamp": f"yesterday {number}"} for number in range(damaged)]
    return csv_of([*found, *broken])
