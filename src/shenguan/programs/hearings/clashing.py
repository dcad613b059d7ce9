"""Conflicts of hearings on one day: the same judge or panel member, room or agent at the same time.

What can't be told for want of a time is said to be unknown, never guessed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

CLASH, UNKNOWN = "冲突", "时间未登记"
JUDGE, ROOM, AGENT = "审判人员", "法庭", "代理人"
ANYWHERE = 0


@dataclass(frozen=True, slots=True)
class Slot:
    """A hearing as conflicts see it: `people`, `agents` by name, `key` its own.

    Judges and rooms belong to a court; an agent goes from court to court.
    """

    key: int
    case_id: int
    court_id: int
    on: date
    starts: time | None
    ends: time | None
    room: str
    people: frozenset[str]
    agents: frozenset[str]


@dataclass(frozen=True, slots=True)
class Clash:
    """Two hearings that share something: what (`kind`), who or which (`name`), and how sure."""

    kind: str
    name: str
    other: Slot
    state: str


def overlap(a: Slot, b: Slot) -> str:
    """Return CLASH, UNKNOWN or "" for two hearings of one day."""
    if a.starts is None or b.starts is None:
        return UNKNOWN
    first, second = (a, b) if a.starts <= b.starts else (b, a)
    assert first.starts is not None
    assert second.starts is not None
    if first.starts == second.starts:
        return CLASH
    if first.ends is None:
        return UNKNOWN
    return CLASH if second.starts < first.ends else ""


def clashes(slots: Sequence[Slot]) -> Mapping[int, list[Clash]]:
    """Return by hearing what it clashes with; one clash for each thing shared."""
    found: dict[int, list[Clash]] = defaultdict(list)
    for (kind, name, _court, _on), sharing in _shared(slots).items():
        for one in sharing:
            for other in sharing:
                if other.key != one.key and other.case_id != one.case_id:
                    state = overlap(one, other)
                    if state:
                        found[one.key].append(Clash(kind, name, other, state))
    return found


def _shared(slots: Iterable[Slot]) -> dict[tuple[str, str, int, date], list[Slot]]:
    by: dict[tuple[str, str, int, date], list[Slot]] = defaultdict(list)
    for slot in slots:
        for name in slot.people:
            by[JUDGE, name, slot.court_id, slot.on].append(slot)
        for name in slot.agents:
            by[AGENT, name, ANYWHERE, slot.on].append(slot)
        if slot.room:
            by[ROOM, slot.room, slot.court_id, slot.on].append(slot)
    return {key: sharing for key, sharing in by.items() if len(sharing) > 1}
