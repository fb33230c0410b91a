"""When a cluster works, against what an explanation would lead one to see. Pure."""

from __future__ import annotations

from casework.evidence.analysis.innocent.checks import MOSTLY, NEARLY_ALL, Check, at_least, at_most
from casework.evidence.analysis.innocent.setting import AFTER_RELEASE, SHORT_DAYS, Setting
from casework.evidence.analysis.sentences import count, decimal, percent, whole

# Level traffic puts 10/24 x 5/7 = 30 % into office hours and a third into eight hours of the day,
# a twelfth into two.
IN_OFFICE, AT_ONE_TIME = 0.6, 0.6
WEEKEND = 1 / 3  # half a working day's exchanges; level traffic gives a half
RHYTHM = 0.2  # people sleep


def office_time(of: Setting) -> tuple[Check, Check]:
    found = of.office
    rate = found.weekend
    weekend = f"a mean weekend day has {percent(rate or 0)} of what it and a working day have"
    return (
        at_least(
            "office_hours",
            found.share,
            IN_OFFICE,
            f"{percent(found.share)} fall between 08 and 18 on working days in {found.zone_name},"
            " the zone that suits best (60 % would fit; level traffic gives 30 %)",
            "",
        ),
        at_most(
            "weekend",
            rate,
            WEEKEND,
            f"{weekend} (at most 33 % would fit; level traffic gives 50 %)",
            "the cluster was active for less than a week",
        ),
    )


def beyond_office(of: Setting) -> Check:
    """Customers of a reseller are not one office: they come at other times too."""
    share = of.office.share
    says = (
        f"{percent(share)} fall between 08 and 18 on working days in {of.office.zone_name}, the"
        " zone that suits an office best (under 60 % would fit)"
    )
    return Check(says, share < IN_OFFICE, {"office_hours": share})


def not_a_course(of: Setting) -> Check:
    first, share = of.two_hours
    says = (
        f"the two busiest hours of the day, from {first:02d} UTC, hold {percent(share)} of the"
        " exchanges (under 60 % would fit)"
    )
    return Check(says, share < AT_ONE_TIME, {"two_hours": share})


def two_hours(of: Setting) -> Check:
    first, share = of.two_hours
    says = (
        f"the two busiest hours of the day, from {first:02d} UTC, hold {percent(share)} of the"
        " exchanges (60 % would fit; level traffic gives 8 %)"
    )
    return at_least("two_hours", share, AT_ONE_TIME, says, "")


def fixed_hours(of: Setting) -> Check:
    first, share = of.eight_hours
    says = (
        f"the eight busiest hours of the day, from {first:02d} UTC, hold {percent(share)} of the"
        " exchanges (60 % would fit; level traffic gives 33 %)"
    )
    return at_least("eight_hours", share, AT_ONE_TIME, says, "")


def on_few_days(of: Setting) -> Check:
    bound = max(3.0, of.days / 3)
    says = (
        f"exchanges fall on {count(of.active_days, 'days')} of {whole(of.days)}"
        " (a third of the days, or three, would fit)"
    )
    return at_most("active_days", float(of.active_days), bound, says, "")


def short(of: Setting) -> Check:
    says = (
        f"the {SHORT_DAYS} busiest days hold {percent(of.burst)} of the exchanges"
        " (four fifths would fit)"
    )
    return at_least("burst", of.burst, NEARLY_ALL, says, "")


def at_release(of: Setting) -> Check:
    share = of.after_release
    says = (
        f"{percent(share or 0)} of the exchanges fall in the {AFTER_RELEASE} days after a release"
        " (half would fit)"
    )
    return at_least("after_release", share, MOSTLY, says, "no release is marked")


def sleep(of: Setting) -> Check:
    says = (
        f"the strength of the daily rhythm is {decimal(of.rhythm)} (0.20 would fit: people sleep)"
    )
    return at_least("rhythm", of.rhythm, RHYTHM, says, "")
