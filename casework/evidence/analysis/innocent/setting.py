"""The figures by which the explanations of one cluster are tested. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from casework.evidence.analysis.factors import formulas
from casework.evidence.analysis.factors.measure import Factor, Measure
from casework.evidence.analysis.factors.view import View
from casework.evidence.analysis.factors.windows import DAY
from casework.evidence.analysis.innocent.week import (
    Office,
    busiest_days,
    busiest_stretch,
    days_spanned,
    office,
    share_between,
)
from casework.evidence.analysis.markers import Markers
from casework.evidence.analysis.sentences import hours_since_epoch

SHORT_DAYS, AFTER_RELEASE = 5, 7  # days of a burst, days in which a release is tried


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting:
    """Shares lie between 0 and 1 and are None where the log lacks the column."""

    accounts: int
    top_org: float | None
    top_payer: float | None
    addresses_4: float | None
    addresses_20: float | None
    crowded_addresses: float | None
    units: float
    at_home: float | None
    prompts_3: float | None
    prompts_elsewhere: float | None
    prompts_public: float | None
    reuse: float | None
    acting_together: bool | None
    signs_shown: int
    capabilities: float | None
    rhythm: float
    office: Office
    two_hours: tuple[int, float]
    eight_hours: tuple[int, float]
    active_days: int
    days: int
    burst: float
    after_release: float | None


def setting_of(
    view: View,
    around: Mapping[str, float],
    shape: Factor,
    together: Factor,
    markers: Markers,
    needed: int,
) -> Setting:
    """Gathers the figures of one cluster; `needed` signs make it act together."""
    signs = [m for m in together.measures if m.id in view.signs]
    sure = sum(sign.shown is True for sign in signs)
    open_ = sum(sign.shown is None for sign in signs)
    return Setting(
        accounts=view.accounts,
        top_org=_of(view, "org_id", float(view.own["top_org"]), view.accounts),
        top_payer=_of(view, "payment_fp", around.get("top_payer", 0.0), view.accounts),
        addresses_4=_told(view, around, "ip", "ip_top4"),
        addresses_20=_told(view, around, "ip", "ip_top20"),
        crowded_addresses=_told(view, around, "ip", "ip_crowded"),
        units=around.get("units", 0.0) / view.accounts,
        at_home=_joined(view, around, "at_home"),
        prompts_3=_told(view, around, "template_hash", "tpl_top3"),
        prompts_elsewhere=_told(view, around, "template_hash", "tpl_elsewhere"),
        prompts_public=_told(view, around, "template_hash", "tpl_public"),
        reuse=_most(shape, ("tpl_reuse", "pool_reuse")),
        acting_together=True if sure >= needed else None if sure + open_ >= needed else False,
        signs_shown=sure,
        capabilities=_effective(view),
        rhythm=float(formulas.rhythm(view.own.hours)),
        office=office(view.hours),
        two_hours=busiest_stretch(view.hours, 2),
        eight_hours=busiest_stretch(view.hours, 8),
        active_days=int(view.counts.get("active_days", 0.0)),
        days=days_spanned(view.hours),
        burst=busiest_days(view.hours, SHORT_DAYS),
        after_release=_after_release(view, markers),
    )


def _of(view: View, column: str, part: float, whole: float) -> float | None:
    return part / whole if column in view.present else None


def _told(view: View, around: Mapping[str, float], column: str, name: str) -> float | None:
    return around.get(name) if column in view.present else None


def _joined(view: View, around: Mapping[str, float], name: str) -> float | None:
    if not view.present & {"ip", "payment_fp"}:
        return None
    return around.get(name, 0.0) / view.accounts


def _most(shape: Factor, ids: tuple[str, ...]) -> float | None:
    found: list[Measure] = [m for m in shape.measures if m.id in ids]
    values = [m.value for m in found if m.value is not None]
    return max(values, default=None)


def _effective(view: View) -> float | None:
    """As many equally frequent capabilities would be as mixed (the perplexity of the mix)."""
    counts = view.own.capabilities
    if not counts.sum():
        return None
    return float(len(counts) ** formulas.evenness(counts)) if len(counts) > 1 else 1.0


def _after_release(view: View, markers: Markers) -> float | None:
    """Share of the exchanges in the days after one of the owner's releases."""
    spans = [hours_since_epoch(release.at) for release in markers.releases]
    if not spans:
        return None
    return max(share_between(view.hours, at, at + AFTER_RELEASE * DAY) for at in spans)
