"""From the events of a case to its hearings: scheduled, held, adjourned to another day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any

from shenguan.core.caselog import LoggedEvent, when

SCHEDULED, HEARD, ADJOURNED = "排期", "开庭", "延期开庭"
KINDS = (SCHEDULED, HEARD, ADJOURNED)
SET, HELD, OFF = "已排期", "已开庭", "已延期"


@dataclass(frozen=True, slots=True)
class Sitting:
    """One hearing; times are None where the log doesn't name them."""

    position: int
    on: date
    starts: time | None
    ends: time | None
    room: str
    state: str = SET


def sittings(events: Iterable[LoggedEvent]) -> list[Sitting]:
    """Return the hearings of one case from its live events, by day."""
    found: list[Sitting] = []
    for event in sorted((e for e in events if e.kind in KINDS), key=when):
        if event.kind == SCHEDULED:
            _add(found, event, day_of(event.payload.get("hearing_on")))
        elif event.kind == HEARD:
            _hold(found, event)
        else:
            _adjourn(found, event)
    return sorted(found, key=lambda one: (one.on, one.starts or time.min, one.position))


def day_of(text: Any) -> date | None:
    """Return an ISO day, None for anything else."""
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        return None


def time_of(text: Any) -> time | None:
    """Return a time of day written as 09:30, None for anything else."""
    try:
        return time.fromisoformat(str(text))
    except ValueError:
        return None


def room_of(payload: Mapping[str, Any]) -> str:
    """Return the room a payload names."""
    return str(payload.get("room") or payload.get("place") or "").strip()[:60]


def _add(found: list[Sitting], event: LoggedEvent, day: date | None, state: str = SET) -> None:
    if day is None:
        return
    get = event.payload.get
    times = time_of(get("start")), time_of(get("end"))
    found.append(Sitting(event.position, day, *times, room_of(event.payload), state))


def _hold(found: list[Sitting], event: LoggedEvent) -> None:
    """A hearing held on a scheduled day is that one; what it says of time and room holds."""
    for at, one in enumerate(found):
        if one.on == event.occurred_on and one.state == SET:
            found[at] = replace(
                one,
                starts=time_of(event.payload.get("start")) or one.starts,
                ends=time_of(event.payload.get("end")) or one.ends,
                room=room_of(event.payload) or one.room,
                state=HELD,
            )
            return
    _add(found, event, event.occurred_on, HELD)


def _adjourn(found: list[Sitting], event: LoggedEvent) -> None:
    """An adjournment takes the hearing that was to come, and may set the next one."""
    since = event.occurred_on or date.min
    coming = [at for at, one in enumerate(found) if one.state == SET and one.on >= since]
    if coming:
        first = min(coming, key=lambda at: found[at].on)
        found[first] = replace(found[first], state=OFF)
    _add(found, event, day_of(event.payload.get("to")))
