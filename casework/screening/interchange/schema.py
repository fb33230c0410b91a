"""A small part of JSON Schema, enough for the formats that are read here. Pure.

Understood: type, const, enum, required, properties, additionalProperties, items, minLength,
minItems, pattern.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "number": (int, float),
    "boolean": (bool,),
}
_WORDS = {"object": "an object", "array": "a list", "string": "a text", "number": "a number",
          "boolean": "true or false"}  # fmt: skip


def faults(value: Any, schema: Mapping[str, Any], where: str = "") -> Iterator[str]:
    """What does not fit, each as `place: what is wrong`; nothing for a value that fits."""
    kind = schema.get("type")
    if kind and not _is(value, kind):
        yield f"{where or 'it'}: expected {_WORDS[kind]}"
        return
    if "const" in schema and value != schema["const"]:
        yield f"{where or 'it'}: expected {schema['const']!r}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{where or 'it'}: {str(value)[:40]!r} is none of {', '.join(schema['enum'])}"
    if isinstance(value, str):
        yield from _text(value, schema, where)
    elif isinstance(value, dict):
        yield from _object(value, schema, where)
    elif isinstance(value, list):
        yield from _list(value, schema, where)


def _is(value: Any, kind: str) -> bool:
    if kind == "number" and isinstance(value, bool):
        return False
    return isinstance(value, _TYPES[kind])


def _text(value: str, schema: Mapping[str, Any], where: str) -> Iterator[str]:
    if len(value.strip()) < schema.get("minLength", 0):
        yield f"{where}: is empty"
    if "pattern" in schema and not re.fullmatch(schema["pattern"], value):
        yield f"{where}: {value[:40]!r} is not written as it should be"


def _object(value: dict[str, Any], schema: Mapping[str, Any], where: str) -> Iterator[str]:
    for name in schema.get("required", ()):
        if name not in value:
            yield f"{_in(where, name)}: is missing"
    for name, inner in schema.get("properties", {}).items():
        if name in value:
            yield from faults(value[name], inner, _in(where, name))
    rest = schema.get("additionalProperties")
    for name in value.keys() - schema.get("properties", {}).keys() if rest else ():
        yield from faults(value[name], rest or {}, _in(where, str(name)[:40]))


def _list(value: list[Any], schema: Mapping[str, Any], where: str) -> Iterator[str]:
    if len(value) < schema.get("minItems", 0):
        yield f"{where}: is empty"
    for place, item in enumerate(value) if "items" in schema else ():
        yield from faults(item, schema["items"], f"{where}[{place}]")


def _in(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name
