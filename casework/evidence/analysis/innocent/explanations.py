"""The innocent explanations, each with what it would lead one to see. Pure.

The bounds are those of a plain reading, not of any one log: "mostly" is half, "nearly all" four
fifths, and what level traffic gives is written beside a bound that depends on it.
"""

from __future__ import annotations

from casework.evidence.analysis.innocent import places, prompts, times
from casework.evidence.analysis.innocent.checks import Explanation, any_of
from casework.evidence.analysis.innocent.setting import Setting


def explanations(of: Setting) -> tuple[Explanation, ...]:
    """All of them, in a fixed order."""
    return (
        Explanation(
            "office",
            "Shared office network",
            (places.few_addresses(of), *times.office_time(of), times.not_a_course(of)),
        ),
        Explanation(
            "course",
            "University course",
            (times.two_hours(of), times.on_few_days(of), prompts.few(of)),
        ),
        Explanation(
            "reseller",
            "Aggregator or reseller",
            (
                *(
                    places.many(of),
                    places.one_payer(of),
                    places.one_org(of),
                    places.servers(of),
                    prompts.mixed(of),
                ),
                times.beyond_office(of),
            ),
        ),
        Explanation(
            "batch",
            "Batch job of one company",
            (
                places.team(of),
                any_of((places.one_payer(of), places.one_org(of))),
                times.fixed_hours(of),
                prompts.few(of),
            ),
        ),
        Explanation(
            "benchmark",
            "Benchmark or evaluation",
            (
                any_of((times.short(of), times.at_release(of))),
                prompts.public(of, unknown_too=False),
            ),
        ),
        Explanation(
            "public_agent",
            "Popular open-source program",
            (
                *(prompts.shared(of), prompts.public(of, unknown_too=True)),
                *(places.many_addresses(of), prompts.not_together(of)),
            ),
        ),
        Explanation(
            "exits",
            "Privacy network or carrier gateway",
            (places.crowded(of), places.own_payers(of), prompts.not_shared(of)),
        ),
        Explanation(
            "households",
            "Families sharing",
            (places.households(of), times.sleep(of), prompts.not_shared(of)),
        ),
    )
