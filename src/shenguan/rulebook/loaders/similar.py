"""Reads what the search for similar cases goes by: stop list, weights, elements, authority, duties."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from shenguan.core.similar.authority import Level, Order
from shenguan.core.similar.duty import DutyRules, Library, Situation
from shenguan.core.similar.elements import Element

Weights = Mapping[str, Mapping[str, float]]
_MODES = ("known", "unknown")


@dataclass(frozen=True, eq=False)
class SimilarRules:
    """Each part is read the first time it is asked for; an overlay's file takes the nation's place."""

    data_dir: Path
    overlay: Path | None

    @cached_property
    def stop(self) -> frozenset[str]:
        """Words that are neither indexed nor asked."""
        lines = self._text("stop.txt").splitlines()
        return frozenset(
            word for line in lines if not line.startswith("#") for word in line.split()
        )

    @cached_property
    def weights(self) -> Weights:
        """Mode (is the cause known?) → feature → weight."""
        return {mode: self._held[mode] for mode in _MODES}

    def weights_for(self, fingerprint: str) -> Weights:
        """Weights learned without the query of this fingerprint: all data for one never seen."""
        return self._folds.get(fingerprint, self.weights)

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """Circumstances that are looked for in the facts."""
        rows = self._yaml("elements.yaml")
        return tuple(Element(row["name"], row["group"], tuple(row["terms"])) for row in rows)

    @cached_property
    def authority(self) -> Order:
        """The order of the guiding opinion, art 4."""
        held = self._yaml("authority.yaml")
        return Order(tuple(Level(**row) for row in held["levels"]), held["recent_years"])

    @cached_property
    def duty(self) -> DutyRules:
        """When a search is a duty, and what its report must say."""
        held = self._yaml("duty.yaml")
        library = {key: held["library"][key] for key in ("id", "name", "basis", "in_force")}
        situations = tuple(_situation(row) for row in held["situations"])
        return DutyRules(situations, Library(**library), tuple(held["report_parts"]))

    @cached_property
    def _held(self) -> dict[str, Any]:
        return json.loads(self._text("weights.json"))  # type: ignore[no-any-return]

    @cached_property
    def _folds(self) -> dict[str, Weights]:
        folds = self._held.get("folds", [])
        return {
            each: {mode: fold[mode] for mode in _MODES}
            for fold in folds
            for each in fold["queries"]
        }

    def _yaml(self, name: str) -> Any:
        return yaml.safe_load(self._text(name))

    def _text(self, name: str) -> str:
        own = self.overlay / "similar" / name if self.overlay else None
        path = own if own and own.exists() else self.data_dir / "similar" / name
        return path.read_text(encoding="utf-8")


def _situation(row: Mapping[str, Any]) -> Situation:
    lists = {key: tuple(row.get(key, ())) for key in ("events", "tags")}
    return Situation(row["id"], row["name"], row["basis"], row["certainty"], **lists)


def load(data_dir: Path, overlay: Path | None = None) -> SimilarRules:
    """Return the rules of the nation with a court's own files on top."""
    return SimilarRules(data_dir, overlay)
