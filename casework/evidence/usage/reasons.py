"""Why a row is set aside: a code and a sentence for each reason, in one table.

The sentence follows the name of the column it speaks of ("input_tokens: is not …"), or the word
"row" where it speaks of the whole row. Codes are a promise: they stand in rejected.csv and in
records, and are never given another meaning.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

REASONS: Final = MappingProxyType({
    "E01": "is not one JSON object or not one CSV record with the header's number of fields",
    "E02": "is missing",
    "E03": "is not a time (wanted: 2026-05-09T14:00:00Z, or with another offset)",
    "E04": "lies outside the declared window, or outside any year a log can be of",
    "E05": "has no time zone, is a number whose unit was not told, or names an hour that its "
    "zone skips or repeats",
    "E06": "is not a whole number of tokens, 0 or more",
    "E07": "is above 10 million tokens",
    "E08": "is neither an IPv4 or IPv6 address nor a token ip_ with 16 to 64 hex digits",
    "E09": "is not a country code of two letters",
    "E10": "is not a network number from 0 to 4294967295",
    "E11": "is not an unsigned number of 64 bits",
    "E12": "holds an e-mail address or a telephone number: personal data, not a pseudonym",
    "E13": "is longer than 512 characters",
    "E14": "was already used by an earlier row",
    "E15": "holds a number that passes the check of payment cards",
    "E16": "is not among the models that the submission names",
    "E17": "holds control characters",
    "E18": "holds more than a hash; prompts and outputs must not be sent",
    "E19": "holds bytes that are not UTF-8",
    "E20": "holds a list or an object where one value is wanted",
})  # fmt: skip


def told(code: str, column: str) -> str:
    """One reason as rejected.csv says it."""
    return f"{code} {column}: {REASONS[code]}"
