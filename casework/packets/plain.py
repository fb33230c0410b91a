"""Frozen dataclasses to JSON-able values and back, without loss.

Dates and instants become ISO 8601 text, decimals become text, tuples become lists,
vocabularies their codes. Reading back checks every field against its annotation, so a packet
that was stored years ago either returns as the same value or is refused by name.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from casework.errors import InvalidValue

T = TypeVar("T")


def dump(value: object) -> Any:
    """JSON-able form of `value`: dict, list, str, int, bool or None; never a float."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: dump(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [dump(item) for item in value]
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    return value


def load(kind: type[T], data: object) -> T:
    """Instance of the dataclass `kind`; raises InvalidValue that names the faulty field."""
    return typing.cast("T", _read(kind, data, kind.__name__))


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _read(kind: Any, data: object, path: str) -> object:
    origin = typing.get_origin(kind)
    if origin is tuple:
        return _read_tuple(typing.get_args(kind)[0], data, path)
    if origin in (types.UnionType, typing.Union):
        inner = next(arg for arg in typing.get_args(kind) if arg is not types.NoneType)
        return None if data is None else _read(inner, data, path)
    if dataclasses.is_dataclass(kind):
        return _read_dataclass(typing.cast("type", kind), data, path)
    return _read_scalar(kind, data, path)


def _read_tuple(kind: Any, data: object, path: str) -> tuple[object, ...]:
    if not isinstance(data, list):
        raise InvalidValue(f"{path}: a list is needed", path)
    return tuple(_read(kind, item, f"{path}[{place}]") for place, item in enumerate(data))


def _read_dataclass(kind: type, data: object, path: str) -> object:
    hints = _hints(kind)
    if not isinstance(data, dict):
        raise InvalidValue(f"{path}: an object is needed", path)
    if data.keys() != hints.keys():
        odd = ", ".join(sorted(str(key) for key in data.keys() ^ hints.keys()))
        raise InvalidValue(f"{path}: missing or unknown: {odd}", path)
    return kind(**{name: _read(hint, data[name], f"{path}.{name}") for name, hint in hints.items()})


_TEXT_FORMS: dict[type, Any] = {
    Decimal: Decimal,
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
}


def _read_scalar(kind: type, data: object, path: str) -> object:
    if kind in (str, int, bool):
        if type(data) is not kind:
            raise InvalidValue(f"{path}: {kind.__name__} is needed", path)
        return data
    if not isinstance(data, str):
        raise InvalidValue(f"{path}: text is needed", path)
    try:
        return _TEXT_FORMS.get(kind, kind)(data)
    except (ValueError, InvalidOperation) as fault:
        raise InvalidValue(f"{path}: {data!r} is not a {kind.__name__}", path) from fault
