"""Groups of accounts as they occur: a campaign, and the ordinary ones that look like one."""

from __future__ import annotations

import random

CAPABILITIES = ("chat", "writing", "coding", "math", "translation", "summarization")
DAYS = 28
SIGNS = ("even_volume", "several_countries", "own_ground")


def others(log, number=60):
    """Unrelated customers: evenings, own addresses and payers, own pace."""
    draw = random.Random(1)
    for who in range(number):
        for _ in range(draw.choice((6, 8, 10, 40))):
            hour = draw.randrange(DAYS) * 24 + draw.choice((17, 18, 19, 20, 21))
            log.add(
                f"other-{who:03d}",
                hour,
                minute=draw.randrange(60),
                capability=draw.choice(CAPABILITIES),
                ip=f"home-{who}",
                payment_fp=f"card-{who}",
                country="US",
                user_agent="browser",
            )
    return log


def campaign(log, cluster=1, number=20, signs=SIGNS):
    """Round the clock, one prompt pool, five cards, a pool of addresses, one capability."""
    draw = random.Random(2)
    for who in range(number):
        for turn in range(30):
            log.add(
                f"actor-{who:03d}",
                draw.randrange(DAYS * 24),
                cluster=cluster,
                minute=draw.randrange(60),
                capability="reasoning" if turn % 5 else "coding",
                template_hash=f"pool-{draw.randrange(12)}",
                ip=f"exit-{draw.randrange(30)}",
                payment_fp=f"shared-{who % 5}",
                user_agent="script",
            )
    log.signs[cluster] = signs
    return log


def office(log, cluster=1, number=20):
    """One network, working hours of UTC+2, weekends off, one organisation and payer."""
    draw = random.Random(3)
    working = [day for day in range(DAYS) if (day + 2) % 7 < 5]
    for who in range(number):
        for _ in range(20 + 3 * who):
            log.add(
                f"staff-{who:03d}",
                draw.choice(working) * 24 + draw.randrange(6, 16),
                cluster=cluster,
                minute=draw.randrange(60),
                capability=draw.choice(CAPABILITIES),
                template_hash=f"library-{draw.randrange(8)}",
                ip=f"nat-{draw.randrange(2)}",
                payment_fp="company",
                org_id="org-a",
                user_agent="browser",
            )
    return log


def course(log, cluster=1, number=20):
    """One campus, Mondays from 14 to 16, the same task, every second week."""
    draw = random.Random(4)
    for who in range(number):
        for day in (5, 19):
            for _ in range(6):
                log.add(
                    f"student-{who:03d}",
                    day * 24 + draw.choice((14, 15)),
                    cluster=cluster,
                    minute=draw.randrange(60),
                    capability="coding",
                    template_hash=f"task-{draw.randrange(2)}",
                    ip="campus",
                    payment_fp=f"student-card-{who}",
                    user_agent="browser",
                )
    return log


def reseller(log, cluster=1, number=20):
    """Customers of one payer behind a few servers, at all hours, with all kinds of requests."""
    draw = random.Random(5)
    for who in range(number):
        for _ in range(10 + 4 * who):
            log.add(
                f"customer-{who:03d}",
                draw.randrange(DAYS * 24),
                cluster=cluster,
                minute=draw.randrange(60),
                capability=draw.choice(CAPABILITIES),
                template_hash=f"app-{draw.randrange(20)}",
                ip=f"server-{draw.randrange(6)}",
                payment_fp="platform",
                org_id="org-r",
                user_agent="sdk",
            )
    return log


def batch(log, cluster=1, number=4):
    """A few service accounts of one company, the small hours of every night, one prompt."""
    draw = random.Random(6)
    for who in range(number):
        for day in range(DAYS):
            log.add(
                f"service-{who:03d}",
                day * 24 + draw.randrange(1, 6),
                times=10,
                cluster=cluster,
                capability="summarization",
                template_hash="nightly",
                ip="server-b",
                payment_fp="company-b",
                org_id="org-b",
                user_agent="batch",
            )
    return log


def benchmark(log, cluster=1, number=16):
    """A few days of the prompts that laboratories everywhere run."""
    draw = random.Random(7)
    for who in range(number):
        for _ in range(25):
            log.add(
                f"bench-{who:03d}",
                (10 + draw.randrange(3)) * 24 + draw.randrange(24),
                cluster=cluster,
                capability="math",
                template_hash=f"public-{draw.randrange(6)}",
                ip=f"lab-{who % 4}",
                payment_fp=f"lab-card-{who % 4}",
                user_agent="harness",
            )
    for who in range(30):
        for prompt in range(6):
            log.add(
                f"elsewhere-{who:03d}",
                who,
                capability="math",
                template_hash=f"public-{prompt}",
                ip=f"lab-other-{who}",
                payment_fp=f"lab-other-card-{who}",
            )
    return log


def agent(log, cluster=1, number=40):
    """Unrelated users of one program: its prompts, their own payers, addresses, pace and days."""
    draw = random.Random(8)
    for who in range(number):
        for _ in range(draw.choice((8, 15, 40, 90))):
            log.add(
                f"user-{who:03d}",
                draw.randrange(DAYS) * 24 + (draw.randrange(9, 20) + who) % 24,
                cluster=cluster,
                minute=draw.randrange(60),
                capability=draw.choice(("coding", "math")),
                template_hash=f"agent-{draw.randrange(10)}",
                ip=f"user-home-{who}",
                payment_fp=f"user-card-{who}",
                user_agent="agent",
            )
    return log


def exits(log, cluster=1, number=16):
    """Customers of a privacy network that many others use too; no prompts in common."""
    draw = random.Random(9)
    for who in range(number + 60):
        for turn in range(12):
            log.add(
                f"private-{who:03d}",
                draw.randrange(DAYS) * 24 + draw.choice((18, 19, 20, 21)),
                cluster=cluster if who < number else None,
                capability=draw.choice(CAPABILITIES),
                template_hash=f"own-{who}-{turn}",
                ip=f"exit-{draw.randrange(3)}",
                payment_fp=f"private-card-{who}",
                user_agent="browser",
            )
    return log


def households(log, cluster=1, number=18):
    """Families of three on one card and one address, in the evening."""
    draw = random.Random(10)
    for who in range(number):
        for turn in range(12):
            log.add(
                f"family-{who:03d}",
                draw.randrange(DAYS) * 24 + draw.choice((18, 19, 20)),
                cluster=cluster,
                capability=draw.choice(CAPABILITIES),
                template_hash=f"own-{who}-{turn}",
                ip=f"house-{who // 3}",
                payment_fp=f"family-card-{who // 3}",
                user_agent="browser",
            )
    return log
