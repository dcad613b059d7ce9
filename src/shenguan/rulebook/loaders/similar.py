"""Reads what the search for similar cases goes by: stop list, weights."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, eq=False)
class SimilarRules:
    """`weights`: mode → feature → weight; `folds`: fingerprint of a training query → its weights."""

    stop: frozenset[str]
    weights: Mapping[str, Mapping[str, float]]
    folds: Mapping[str, Mapping[str, Mapping[str, float]]]

    def weights_for(self, fingerprint: str) -> Mapping[str, Mapping[str, float]]:
        """Weights learned without the query of this fingerprint."""
        return self.folds.get(fingerprint, self.weights)


def load(data_dir: Path, overlay: Path | None = None) -> SimilarRules:
    """The nation's files; a file of the same name in the overlay takes its place."""
    stop = _file("stop.txt", data_dir, overlay).read_text(encoding="utf-8")
    held = json.loads(_file("weights.json", data_dir, overlay).read_text(encoding="utf-8"))
    lines = [line for line in stop.splitlines() if not line.startswith("#")]
    return SimilarRules(
        stop=frozenset(word for line in lines for word in line.split()),
        weights={mode: held[mode] for mode in ("known", "unknown")},
        folds=_folds(held.get("folds", [])),
    )


def _folds(folds: list[dict[str, Any]]) -> dict[str, Mapping[str, Mapping[str, float]]]:
    return {
        each: {mode: fold[mode] for mode in ("known", "unknown")}
        for fold in folds
        for each in fold["queries"]
    }


def _file(name: str, data_dir: Path, overlay: Path | None) -> Path:
    own = overlay / "similar" / name if overlay else None
    return own if own and own.exists() else data_dir / "similar" / name
