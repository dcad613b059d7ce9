"""The fused score: word match, latent likeness, cause and the causes and statutes of the closest.

Every feature is computed among the candidates of one question; the weights are data
(`rulebook/similar/weights.json`), learned by `lab/similar/train.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import exp, sqrt

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Profile = Mapping[str, float]

CLOSEST = 20
_SHARPNESS = 0.5


def standard(values: Vector) -> Vector:
    """Values less their mean, in standard deviations; zeros where all are equal."""
    spread = float(values.std()) if values.size else 0.0
    return (values - values.mean()) / spread if spread > 1e-9 else np.zeros_like(values)


def shared(asked: Sequence[str], found: Sequence[str]) -> float:
    """Share of the asked names that are found; 0 where none is asked."""
    wanted = set(asked)
    return len(wanted & set(found)) / len(wanted) if wanted else 0.0


def overlap(asked: Sequence[str], found: Sequence[str]) -> float:
    """Shared names over all names of both sides."""
    both = set(asked) | set(found)
    return len(set(asked) & set(found)) / len(both) if both else 0.0


def profile(names: Sequence[Sequence[str]], scores: Vector) -> dict[str, float]:
    """What the closest judgments are about: names weighted by closeness, summing to 1."""
    order = np.argsort(-scores, kind="stable")[:CLOSEST]
    total: Counter[str] = Counter()
    for i in order:
        weight = exp(_SHARPNESS * float(scores[i] - scores[order[0]]))
        for name in names[i]:
            total[name] += weight / len(names[i])  # type: ignore[assignment]
    whole = sum(total.values()) or 1
    return {name: weight / whole for name, weight in total.items()}


def expected(of: Profile, names: Sequence[str]) -> float:
    """How much of the profile `names` take up, 0–1."""
    return min(1.0, sum(of.get(name, 0.0) for name in set(names)))


def aligned(of: Profile, names: Sequence[str]) -> float:
    """Cosine of the profile and the set of names."""
    length = sqrt(sum(v * v for v in of.values())) * sqrt(len(set(names)) + 1)
    return sum(of.get(name, 0.0) for name in set(names)) / length if length else 0.0


def fuse(features: Mapping[str, Vector], weights: Mapping[str, float]) -> Vector:
    """Weighted sum of the features; one without a weight counts nothing."""
    size = len(next(iter(features.values())))
    total = np.zeros(size)
    for name, weight in weights.items():
        if name in features:
            total += weight * features[name]
    return total
