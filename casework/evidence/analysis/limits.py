"""What an analysis cannot see, in sentences: of any log, and of this one. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casework.evidence.analysis.markers import Markers
from casework.evidence.analysis.sentences import capital, count, verb

_ALWAYS = (
    "This log cannot show who controls the accounts, nor what the outputs were used for.",
    "Relayed requests of ordinary users, each with a payer and address of its own, look like them.",
    '"Not shown" never means that nothing happened.',
    "The figures describe accounts of this log only; use of other owners' models is not in it.",
)
_COLUMNS: Mapping[str, str] = {
    "ip": "addresses, so that shared networks cannot be seen",
    "payment_fp": "payment fingerprints, so that shared payers cannot be seen",
    "org_id": "declared organisations, so that a company cannot be told from unrelated accounts",
    "template_hash": "templates of prompts, so that prompts in common cannot be counted",
    "sim_hi": "fingerprints of prompts, so that paraphrased prompts cannot be seen",
    "capability": "capabilities, so that a focus cannot be measured",
    "country": "countries, so that places and local hours cannot be compared",
    "prompt_hash": "hashes of exact prompts, so that replay cannot be seen",
    "user_agent": "user agents, so that programs cannot be told apart",
}
FEW = 100  # accounts; a baseline of fewer is told as thin


def cannot_see(
    present: frozenset[str],
    markers: Markers,
    baseline: Mapping[str, Any],
    apart: Mapping[str, Any],
) -> list[str]:
    """General limits first, then absent columns, markers, a thin baseline, accounts apart."""
    told = [*_ALWAYS]
    told += [f"The log holds no {what}." for name, what in _COLUMNS.items() if name not in present]
    if markers.release is None:
        told.append("No release of the owner's is marked, so that adoption cannot be measured.")
    if markers.rival_release is None:
        told.append("No rival's release is marked, so that a run-up cannot be measured.")
    others = baseline["accounts"]
    if others < FEW:
        told.append(f"The comparison rests on {count(others, 'other accounts')} only.")
    if number := apart["accounts"]:
        told.append(
            f"{capital(count(number, 'accounts'))} whose tie rests on one kind of evidence only"
            f" {verb(number, 'is', 'are')} listed apart and not counted."
        )
    return told
