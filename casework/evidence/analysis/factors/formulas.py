"""The formulas of the measures, on whole numbers. Pure.

Every function takes arrays whose last axis is the thing counted (hours, capabilities, accounts) and
works on any number of groups or replicates before it. What is undefined (nothing counted) is NaN
here and becomes "cannot be computed" where it is read.
"""

from __future__ import annotations

import numpy as np

from casework.evidence.analysis.bootstrap import Floats

# A capability that the baseline never shows is taken as one exchange in ten thousand: the distance
# stays finite, and one odd exchange cannot make it large.
RAREST = 1e-4


def ratio(part: Floats, whole: Floats) -> Floats:
    """Part / whole; NaN where there is no whole."""
    divided = np.full(np.broadcast_shapes(np.shape(part), np.shape(whole)), np.nan)
    np.divide(part, whole, out=divided, where=np.asarray(whole) > 0)
    return divided


def rhythm(counts: Floats) -> Floats:
    """|sum n_k e^(2 pi i k/K)| / sum n_k over a circle of K parts: 0 level, 1 all in one part."""
    parts = counts.shape[-1]
    angles = 2 * np.pi * np.arange(parts) / parts
    east, north = counts @ np.cos(angles), counts @ np.sin(angles)
    return np.clip(ratio(np.hypot(east, north), counts.sum(axis=-1)), 0.0, 1.0)


def evenness(counts: Floats) -> Floats:
    """Entropy over ln K: 1 when every part has as many, 0 when one has all."""
    shares = ratio(counts, counts.sum(axis=-1, keepdims=True))
    terms = np.where(shares > 0, shares * np.log(np.where(shares > 0, shares, 1.0)), 0.0)
    entropy = -terms.sum(axis=-1) / np.log(counts.shape[-1])
    return np.where(counts.sum(axis=-1) > 0, np.clip(entropy, 0.0, 1.0), np.nan)


def mix(counts: Floats) -> Floats:
    """Shares of a baseline, none below RAREST, together 1."""
    shares = np.maximum(ratio(counts, counts.sum(axis=-1, keepdims=True)), RAREST)
    return np.asarray(shares / shares.sum(axis=-1, keepdims=True), dtype=np.float64)


def divergence(counts: Floats, baseline: Floats) -> Floats:
    """Kullback-Leibler distance sum p log2(p / q) in bits; `baseline` holds the shares q."""
    shares = ratio(counts, counts.sum(axis=-1, keepdims=True))
    positive = np.where(shares > 0, shares, 1.0)
    bits = np.where(shares > 0, shares * np.log2(positive / baseline), 0.0).sum(axis=-1)
    return np.where(counts.sum(axis=-1) > 0, np.maximum(bits, 0.0), np.nan)


def focus(counts: Floats, baseline: Floats, lift: float) -> Floats:
    """The share of exchanges on what is at least `lift` times its share in the baseline."""
    shares = ratio(counts, counts.sum(axis=-1, keepdims=True))
    share = np.where(shares >= lift * baseline, shares, 0.0).sum(axis=-1)
    return np.where(counts.sum(axis=-1) > 0, share, np.nan)


def gini(loads: Floats, times: Floats) -> Floats:
    """Gini coefficient of `loads` (sorted, one for each account), each counted `times` times.

    1 - sum w_i (S_(i-1) + S_i) / (W S), S being the running sum of w x: 0 when all are equal.
    """
    carried = np.cumsum(times * loads, axis=-1)
    before = np.concatenate([np.zeros((*carried.shape[:-1], 1)), carried[..., :-1]], axis=-1)
    doubled = (times * (before + carried)).sum(axis=-1)
    weight, total = times.sum(axis=-1), carried[..., -1] if carried.shape[-1] else times.sum(-1)
    return np.clip(1.0 - ratio(doubled, weight * total), 0.0, 1.0)


def lorenz(loads: Floats) -> Floats:
    """Points (share of accounts, share of load), the least loaded first; `loads` is sorted."""
    carried = np.concatenate([[0.0], np.cumsum(loads)])
    accounts = np.linspace(0.0, 1.0, len(loads) + 1)
    return np.column_stack([accounts, ratio(carried, np.full_like(carried, carried[-1]))])
