"""Obligations: something awaited by a day, with its ladder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from shenguan.core.calendar import Calendar
from shenguan.core.ladder import (
    SUPERVISE,
    Ladder,
    Span,
    plus_workdays,
    reached,
    rungs_from,
    schedule,
)
from shenguan.rulebook.loaders.coded import Entitled, Entry, common, entries

PART = "obligations"


@dataclass(frozen=True, slots=True)
class Obligation(Entitled):
    """Something awaited: `workdays` after its start unless the court's `setting` says otherwise."""

    setting: str
    workdays: int
    ladder: Ladder
    to: Mapping[str, tuple[str, ...]]
    copy: Mapping[str, tuple[str, ...]]
    say: Mapping[str, str]


def obligations(kind: str, *folders: Path | None, part: str = PART) -> dict[str, Obligation]:
    """Return the obligations of a kind by id."""
    return {entry["id"]: _obligation(entry) for entry in entries(kind, part, *folders)}


def _obligation(entry: Entry) -> Obligation:
    ladder = Ladder(
        rungs=rungs_from(entry["ladder"]),
        answer_workdays=int(entry.get("answer_workdays", 0)),
        unanswered=entry.get("unanswered", SUPERVISE),
    )
    return Obligation(
        **common(entry),
        setting=entry["setting"],
        workdays=int(entry["workdays"]),
        ladder=ladder,
        to={level: tuple(posts) for level, posts in entry["to"].items()},
        copy={level: tuple(posts) for level, posts in entry.get("copy", {}).items()},
        say=entry["say"],
    )


def worked(rule: Obligation, start: date, day: date, calendar: Calendar) -> dict[str, Any]:
    """Return the level on a day and the due day of an obligation that began on another: an example."""
    due = plus_workdays(start, rule.workdays, calendar)
    days = schedule(rule.ladder, Span(start=start, due=due), calendar)
    return {"level": reached(rule.ladder, days, day).level, "due": due}
