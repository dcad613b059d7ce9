"""Carries simulated cases into the registry by the one door every import uses, as the years brought them.

What happened is put on record a few days later, so that "as known on 5 January" means something: a
batch a month of recording, landed at that month's end, every event after those recorded before it. Only
cases with something still to be recorded are kept in memory.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby, islice
from typing import NamedTuple

from shenguan.base.ops.clock import COURT_ZONE, day_of
from shenguan.base.org.models import Court
from shenguan.lab.simulate.cases import SimCase, SimEvent
from shenguan.lab.simulate.dice import Dice
from shenguan.programs.intake import findings
from shenguan.spine import pipeline
from shenguan.spine.cases.identities import Identity, identify
from shenguan.spine.cases.models import Batch, Case

CHUNK = 400
"""Cases taken up, events appended or cases refreshed in one transaction, well under a second."""
ACTOR = "演示城市"
KIND = "模拟"
EVENING = time(18)
LAG_SEED = 31
PROMPT, PROMPT_DAYS, LATE_DAYS = 0.8, 2, 9
"""Of all events, those recorded within two days; the others take up to nine."""


@dataclass(slots=True)
class Landed:
    """What went in."""

    cases: int = 0
    events: int = 0
    batches: int = 0


def already_there() -> bool:
    """Whether this home holds a simulated city."""
    return Batch.objects.filter(kind=KIND, state=Batch.State.LANDED).exists()


def put_in(
    cases: Iterable[SimCase],
    courts: dict[int, Court],
    *,
    now: datetime,
    title: str,
    progress: Callable[[int], None] | None = None,
) -> Landed:
    """Append and land all cases month by month, then refresh them; `progress` gets how far it is, in cases.

    Nothing is recorded after `now`. `title` is kept as the batches' file name. Raises what the log
    raises: nothing of the batch in work counts then.
    """
    report, desk = progress or (lambda done: None), _Desk(courts, now, title)
    ids: list[int] = []
    for portion in _portions(cases, CHUNK):
        ids += desk.take(portion)
        report(len(ids) // 2)
    desk.close()
    for start in range(0, len(ids), CHUNK):
        _refresh(ids[start : start + CHUNK], now)
        report((len(ids) + min(start + CHUNK, len(ids))) // 2)
    return Landed(len(ids), desk.events, desk.batches)


def _refresh(ids: Sequence[int], now: datetime) -> None:
    pipeline.refresh(ids, now=now)
    findings.recheck(ids, now=now)


def _portions(cases: Iterable[SimCase], size: int) -> Iterator[list[SimCase]]:
    stream = iter(cases)
    while portion := list(islice(stream, size)):
        yield portion


class _Entry(NamedTuple):
    """An event with the day it is put on record."""

    recorded_on: date
    case_id: int
    event: SimEvent


class _File:
    """A case with what of it is still to be recorded."""

    __slots__ = ("_at", "_case", "_dice", "_recorded", "_returns", "pk")

    def __init__(self, pk: int, case: SimCase, dice: Dice) -> None:
        self.pk, self._case, self._dice = pk, case, dice
        self._at = 0
        self._recorded = next(e.known_on for e in case.events if e.kind == "登记")
        self._returns = any(event.kind == "移送二审法院" for event in case.events)

    def entries(self, until: date, today: date) -> Iterator[_Entry]:
        """Yield what is recorded by the end of `until`; nothing before the case is registered."""
        events = self._case.events
        while self._at < len(events):
            event = events[self._at]
            seen = min(max(event.known_on + self._lag(event), self._recorded), today)
            self._recorded = seen
            if seen > until:
                return
            self._at += 1
            yield _Entry(seen, self.pk, event)

    def _lag(self, event: SimEvent) -> timedelta:
        if event.known_on <= self._recorded:
            return timedelta(0)
        prompt = self._dice.chance(PROMPT)
        return timedelta(self._dice.between(*((0, PROMPT_DAYS) if prompt else (3, LATE_DAYS))))

    @property
    def opened_on(self) -> date:
        """The day the next event can be recorded at the earliest."""
        return self._recorded

    @property
    def is_done(self) -> bool:
        """Whether nothing more can come; the file of an appealed case comes back some day."""
        return self._at == len(self._case.events) and not self._returns


class _Desk:
    """Where files wait for the month in which their events are recorded."""

    def __init__(self, courts: dict[int, Court], now: datetime, title: str) -> None:
        self._courts, self._now, self._title = courts, now, title
        self._today = day_of(now)
        self._dice = Dice(LAG_SEED)
        self._waiting: list[_File] = []
        self._month: date | None = None
        self.events = self.batches = 0

    def take(self, portion: Sequence[SimCase]) -> list[int]:
        """Take up cases in the order they are filed; months that no later case can touch are landed."""
        wanted = [_identity(case, self._courts) for case in portion]
        found = identify(wanted)
        ids = [found[row.key].pk for row in wanted]
        for pk, case in zip(ids, portion, strict=True):
            self._waiting.append(_File(pk, case, self._dice))
        filed = max(case.filed_on for case in portion)
        self._land_before(min(filed, self._today).replace(day=1))
        return ids

    def close(self) -> None:
        """Land the rest."""
        self._land_before(_after(self._today.replace(day=1)))

    def _land_before(self, month: date) -> None:
        if self._month is None:
            self._month = min((f.opened_on for f in self._waiting), default=month).replace(day=1)
        while self._month < month:
            self._land(self._month)
            self._month = _after(self._month)

    def _land(self, month: date) -> None:
        end = month.replace(day=monthrange(month.year, month.month)[1])
        entries = [e for file in self._waiting for e in file.entries(end, self._today)]
        self._waiting = [file for file in self._waiting if not file.is_done]
        if not entries:
            return
        entries.sort(key=lambda entry: entry.recorded_on)
        opened, landed = self._evening(entries[0].recorded_on), self._evening(end)
        batch = Batch.objects.create(
            kind=KIND,
            file_name=f"{self._title} {month:%Y-%m}",
            actor=ACTOR,
            started_at=opened,
        )
        for day, recorded in groupby(entries, key=lambda entry: entry.recorded_on):
            events = [_new_event(entry.case_id, entry.event) for entry in recorded]
            self._append(events, batch, self._evening(day))
        pipeline.land(batch, now=landed)
        self.batches += 1

    def _append(
        self, events: Sequence[pipeline.NewEvent], batch: Batch, recorded_at: datetime
    ) -> None:
        for start in range(0, len(events), CHUNK * 10):
            chunk = events[start : start + CHUNK * 10]
            pipeline.append_to_batch(chunk, batch=batch, actor=ACTOR, now=recorded_at)
        self.events += len(events)

    def _evening(self, day: date) -> datetime:
        return min(datetime.combine(day, EVENING, tzinfo=COURT_ZONE), self._now)


def _after(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1)


def _new_event(case_id: int, event: SimEvent) -> pipeline.NewEvent:
    moment = None
    if event.at is not None:
        moment = datetime.combine(event.known_on, event.at, tzinfo=COURT_ZONE)
    return pipeline.NewEvent(case_id, event.kind, event.occurred_on, event.payload, moment)


def _identity(case: SimCase, courts: dict[int, Court]) -> Identity:
    return Identity(courts[case.court].pk, case.number, case.number, Case.NumberKind.OFFICIAL)
