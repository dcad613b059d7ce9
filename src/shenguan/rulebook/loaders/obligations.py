"""What every coded entry of law has, and obligations: something awaited by a day, with its ladder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
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

STATUSES = frozenset({"official", "local", "unverified"})

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Entitled:
    """What every entry has: id, Chinese name, laws as (cite, text), status."""

    id: str
    name: str
    laws: tuple[tuple[str, str], ...]
    status: str

    @property
    def law(self) -> str:
        """The citations in one line."""
        return "；".join(cite for cite, _text in self.laws)


@dataclass(frozen=True, slots=True)
class Obligation(Entitled):
    """Something awaited: `workdays` after its start unless the court's `setting` says otherwise."""

    setting: str
    workdays: int
    ladder: Ladder
    to: Mapping[str, tuple[str, ...]]
    copy: Mapping[str, tuple[str, ...]]
    say: Mapping[str, str]


def common(entry: Entry) -> dict[str, Any]:
    """Return the fields of `Entitled` as a file writes them."""
    return {
        "id": entry["id"],
        "name": entry["name"],
        "laws": tuple((law["cite"], law.get("text", "")) for law in entry["law"]),
        "status": entry["status"],
    }


def obligation(entry: Entry) -> Obligation:
    """Return an obligation as a file writes it."""
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
