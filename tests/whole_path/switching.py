"""Switch one guard of the product off, by changing a line of the function that holds it."""

from __future__ import annotations

import inspect
import textwrap
from typing import Any

import pytest


def switch_off(patch: pytest.MonkeyPatch, module: Any, name: str, old: str, new: str) -> None:
    """Run the function with `new` in place of `old`, wherever it was imported by name."""
    function = getattr(module, name)
    source = textwrap.dedent(inspect.getsource(function))
    assert source.count(old) == 1, f"{function.__qualname__} does not say once: {old}"
    made: dict[str, Any] = {}
    future = "from __future__ import annotations\n"
    exec(compile(future + source.replace(old, new), "<mutant>", "exec"), function.__globals__, made)
    patch.setattr(function, "__code__", made[name].__code__)
