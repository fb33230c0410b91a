"""Recommend a measure, decide on the very words that were shown, sign what follows."""

from __future__ import annotations

from casework.decisions.actions.determinations import sign_determination
from casework.decisions.actions.recommendations import decide_recommendation, recommend

__all__ = ["decide_recommendation", "recommend", "sign_determination"]
