"""A case while it is being written: what was decided about it, and the events so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from typing import Any, NamedTuple

from shenguan.lab.simulate.cases import Filing
from shenguan.lab.simulate.choose import Choice
from shenguan.lab.simulate.city import SimCourt
from shenguan.lab.simulate.days import Days
from shenguan.lab.simulate.dice import Dice
from shenguan.lab.simulate.plan import FOREVER, Plan


class Step(NamedTuple):
    """An event on a day given as an ordinal."""

    day: int
    kind: str
    payload: Mapping[str, Any]
    undated: bool = False
    at: time | None = None


NOTHING: Mapping[str, Any] = {}


@dataclass(slots=True)
class Draft:
    """One case in the making. `reported` is the day of 报结, `effective` the day the decision binds."""

    filing: Filing
    choice: Choice
    plan: Plan
    court: SimCourt
    number: str
    division: str
    judge: str
    peers: list[str]
    marks: list[str]
    dice: Dice
    days: Days
    events: list[Step] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    reported: int = FOREVER * 20
    effective: int = 0
    served: int = 0
    converted: int = 0
    panel_formed: bool = False

    def add(self, day: int, kind: str, payload: Mapping[str, Any] = NOTHING) -> None:
        """Let something happen."""
        self.events.append(Step(day, kind, payload))

    def add_at(self, day: int, at: time, kind: str, payload: Mapping[str, Any] = NOTHING) -> None:
        """Let something happen at an hour that counts."""
        self.events.append(Step(day, kind, payload, at=at))

    def note(self, day: int, kind: str, payload: Mapping[str, Any]) -> None:
        """Put something on record that has no day of its own; it is known from `day`."""
        self.events.append(Step(day, kind, payload, undated=True))

    def procedure_on(self, day: int) -> str:
        """Return the procedure of the case at the end of `day`."""
        if self.choice.began_in and self.converted > day:
            return self.choice.began_in
        return self.choice.track.procedure

    @property
    def closes(self) -> bool:
        """Whether the case ends at all within sight."""
        return not self.plan.stuck
