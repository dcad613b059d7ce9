"""Reads `assignment.yaml`: who is drawn, the coded reasons of a choice, the grounds that keep a judge out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shenguan.rulebook.reading import read_yaml


@dataclass(frozen=True, slots=True)
class Ground:
    """A coded reason, or a ground of recusal, with its article."""

    code: str
    name: str
    law: str = ""

    def __str__(self) -> str:
        return f"{self.name}（{self.law}）" if self.law else self.name


@dataclass(frozen=True)
class AssignmentRules:
    """Posts, reasons by occasion (指定 调整 交接), grounds of recusal by key."""

    drawn_posts: frozenset[str]
    chosen_posts: frozenset[str]
    reasons: Mapping[str, Mapping[str, Ground]]
    other: frozenset[str]
    recusal: Mapping[str, Ground]
    trial_instances: frozenset[str]


def load(data_dir: Path, overlay: Path | None = None) -> AssignmentRules:
    """Return the rules; an overlay's `assignment.yaml` replaces whole top-level entries."""
    raw: dict[str, Any] = {}
    for folder in filter(None, (data_dir, overlay)):
        path = folder / "assignment.yaml"
        if path.exists():
            raw |= read_yaml(path)
    return AssignmentRules(
        drawn_posts=frozenset(raw["drawn_posts"]),
        chosen_posts=frozenset(raw["chosen_posts"]),
        reasons={
            occasion: {code: _ground(code, entry["name"], entry) for code, entry in entries.items()}
            for occasion, entries in raw["reasons"].items()
        },
        other=frozenset(raw["other"]),
        recusal={key: _ground(key, entry["say"], entry) for key, entry in raw["recusal"].items()},
        trial_instances=frozenset(raw["trial_instances"]),
    )


def _ground(code: str, name: str, entry: Mapping[str, Any]) -> Ground:
    return Ground(code, name, entry.get("law", ""))
