"""What follows a paper: ladders of tasks and replies, read from `papers/followups.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from shenguan.core.ladder import Ladder, rungs_from
from shenguan.rulebook.reading import read_yaml

FILE = "papers/followups.yaml"


@dataclass(frozen=True, slots=True)
class Example:
    """The level that must stand on a day for something due on another."""

    say: str
    due: date
    day: date
    level: str


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One thing that is waited for: its ladder, whom it goes to, its sentence."""

    id: str
    name: str
    meaning: str
    status: str
    ladder: Ladder
    to: tuple[str, ...]
    copy: tuple[str, ...]
    say: str
    examples: tuple[Example, ...]


def load(data_dir: Path, overlay: Path | None = None) -> Mapping[str, FollowUp]:
    """Return the ladders by id; an overlay's file replaces entries by id."""
    found: dict[str, FollowUp] = {}
    for path in (folder / FILE for folder in (data_dir, overlay) if folder):
        if path.exists():
            for entry in read_yaml(path):
                found[entry["id"]] = _follow_up(entry)
    return found


def _follow_up(entry: Mapping[str, Any]) -> FollowUp:
    ladder = Ladder(rungs_from(entry["ladder"]), answer_workdays=entry.get("answer_workdays", 0))
    examples = tuple(
        Example(one["say"], one["due"], one["day"], one["expect"]) for one in entry["examples"]
    )
    return FollowUp(
        id=entry["id"],
        name=entry["name"],
        meaning=entry["meaning"],
        status=entry["status"],
        ladder=ladder,
        to=tuple(entry.get("to", ())),
        copy=tuple(entry.get("copy", ())),
        say=entry["say"],
        examples=examples,
    )
