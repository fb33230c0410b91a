"""Times as SQL: with an offset, in the zone that was told, or a number in the unit that was told.

Nothing is guessed. A time without a zone, a number without a unit, an hour that the zone skips or
repeats when clocks change: the row is set aside, since a wrong hour moves a whole pattern.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from casework.evidence.usage.batch import Shape
from casework.evidence.usage.order import IntakeOrder, LogRefused
from casework.evidence.usage.sql import literal

# Years that a log of a served model can be of, when no window was declared.
EARLIEST: Final = "2015-01-01T00:00:00+00:00"
LATEST: Final = "2100-01-01T00:00:00+00:00"
_CLOCK: Final = r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?"
ZONED: Final = rf"^{_CLOCK}(Z| UTC|[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?)$"
NAIVE: Final = rf"^{_CLOCK}$"
NUMBER: Final = r"^[0-9]{8,19}(\.[0-9]{1,9})?$"
_MICROSECONDS: Final = {"s": 1_000_000, "ms": 1_000, "us": 1}
_FARTHEST: Final = "2e17"  # microseconds: beyond any year taken, within what a timestamp holds
_SHIFTS: Final = ("30 minutes", "1 hour")


def refuse_unknown_zone(zone: str | None) -> None:
    try:
        if zone:
            ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise LogRefused(
            f"{zone} is no time zone. Give the name of a place, such as Europe/Berlin, or UTC."
        ) from None


def time_value(shape: Shape, order: IntakeOrder) -> str:
    """The instant as TIMESTAMPTZ, or null where it cannot be known."""
    if shape == "moment":
        return '"ts"::timestamptz'
    if shape == "local":
        return _in_zone('"ts"::timestamp', order) or "null::timestamptz"
    if shape in {"whole", "real"}:
        return _from_number('"ts"', order) or "null::timestamptz"
    whens = [f'when regexp_matches("ts", \'{ZONED}\') then try_cast("ts" as timestamptz)']
    if local := _in_zone('try_cast("ts" as timestamp)', order):
        whens.append(f"when regexp_matches(\"ts\", '{NAIVE}') then {local}")
    if number := _from_number('"ts"', order):
        whens.append(f"when regexp_matches(\"ts\", '{NUMBER}') then {number}")
    return f"case {' '.join(whens)} end"


def time_checks(shape: Shape, order: IntakeOrder) -> dict[str, str]:
    if shape not in {"text", "json"}:
        return {"E05": '"ts" is not null and v_ts is null'}
    vague = (
        f'(regexp_matches("ts", \'{NAIVE}\') and try_cast("ts" as timestamp) is not null '
        f"or regexp_matches(\"ts\", '{NUMBER}'))"
    )
    return {
        "E03": f"v_ts is null and trim(\"ts\") <> '' and not {vague}",
        "E05": f"v_ts is null and {vague}",
    }


def outside(order: IntakeOrder) -> str:
    start = order.window_from.isoformat() if order.window_from else EARLIEST
    end = order.window_to.isoformat() if order.window_to else LATEST
    return f"v_ts < timestamptz '{start}' or v_ts >= timestamptz '{end}'"


def refuse_naive_window(*ends: datetime | None) -> None:
    if any(end is not None and end.tzinfo is None for end in ends):
        raise LogRefused("The window needs a time zone, such as 2026-04-15T00:00:00Z.")


def _in_zone(local: str, order: IntakeOrder) -> str:
    """An instant whose local time is `local` and no other's: null in the hours of a change."""
    if not order.zone:
        return ""
    zone = literal(order.zone)
    utc = f"timezone({zone}, {local})"
    shifted = " and ".join(
        f"timezone({zone}, {utc} {sign} interval '{shift}') <> {local}"
        for shift in _SHIFTS
        for sign in "+-"
    )
    return f"case when timezone({zone}, {utc}) = {local} and {shifted} then {utc} end"


def _from_number(number: str, order: IntakeOrder) -> str:
    if not order.epoch_unit:
        return ""
    micros = f"try_cast({number} as double) * {_MICROSECONDS[order.epoch_unit]}"
    return f"to_timestamp(0) + to_microseconds(round(least({micros}, {_FARTHEST}))::bigint)"
