"""What the simulator hands out: a case as the list of what happened to it, each on its day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any, NamedTuple


class SimEvent(NamedTuple):
    """One thing that happened, named as in the event table of the rulebook.

    `known_on` orders the log; `undated` events put something on record without a day of their own.
    """

    known_on: date
    kind: str
    payload: Mapping[str, Any]
    undated: bool = False
    at: time | None = None
    """Where the limit runs in hours."""

    @property
    def occurred_on(self) -> date | None:
        """The day to record, or None."""
        return None if self.undated else self.known_on


@dataclass(slots=True)
class SimCase:
    """One case. `events` are in the order of the log and end with the last simulated day.

    `facts` keeps what the report compares and the log doesn't say (prosecution day, profile, origin court).
    """

    court: int
    court_code: str
    court_name: str
    number: str
    type_code: str
    procedure: str
    """The procedure in which the case ended or stands."""
    cause: str
    filed_on: date
    events: list[SimEvent]
    closed_on: date | None = None
    legal_end_on: date | None = None
    disposition: str = ""
    due: date | None = None
    """The due date the simulator reckons with, pauses and extensions included; None without limit."""
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def registration(self) -> Mapping[str, Any]:
        """The attributes at first sight."""
        return next(event.payload for event in self.events if event.kind == "登记")

    def until(self, day: date) -> list[SimEvent]:
        """Return what was known at the end of `day`."""
        return [event for event in self.events if event.known_on <= day]


@dataclass(frozen=True, slots=True)
class Filing:
    """A case about to be filed: what is known before it has a number. `day` is an ordinal."""

    day: int
    court: int
    type_code: str
    cause: str
    parties: tuple[Mapping[str, str], ...]
    amount: int | None = None
    prior_number: str = ""
    prior_court: str = ""
    origin: int = -1
    """Position of the court below whose decision is reviewed."""
    why: str = "新收"
    against: str = ""
    extras: Mapping[str, Any] = field(default_factory=dict)


def swap_roles(
    parties: Iterable[Mapping[str, str]], first: str, second: str
) -> tuple[dict[str, str], ...]:
    """Return the parties of a case with the roles of the next one, first mover first."""
    names = [party["name"] for party in parties if party["role"] != "公诉机关"]
    return tuple({"role": second if n else first, "name": name} for n, name in enumerate(names))
