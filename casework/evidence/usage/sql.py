"""Text of others inside a statement of DuckDB.

Statements here are put together from SQL of our own, whole numbers, and names and literals that
went through these two; hence the marks S608 beside them.
"""

from __future__ import annotations


def literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def name(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
