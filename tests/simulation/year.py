"""A year of three courts, lived night by night: what is recorded by day, what the job does before dawn."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from time import process_time

from shenguan.base.inbox.models import Order, Transition
from shenguan.base.ops.clock import COURT_ZONE
from shenguan.spine import pipeline
from shenguan.spine.cases.identities import Identity, identify
from shenguan.spine.cases.models import Batch, Case
from shenguan.spine.pipeline import NewEvent
from shenguan.spine.warnings import services
from tests.simulation.world import FIRST, LAST, Event, staff
from tests.simulation.world import cases as draw

OFFICIAL = Case.NumberKind.OFFICIAL


@dataclass
class Year:
    """What will happen on each day, and the registry it happens in."""

    first: date
    last: date
    days: dict[date, list[tuple[int, Event]]] = field(default_factory=dict)
    spent: float = 0.0
    """CPU-seconds of the nights so far, without what records the days."""

    def live(
        self, nights: Iterable[date], each: Callable[[date], None] = lambda _day: None
    ) -> None:
        """Record every day's events; run the job before dawn on the days of `nights`."""
        nights = set(nights)
        day = self.first
        while day <= self.last:
            if day in nights:
                begun = process_time()
                services.tick(on=day, now=at(day, 5))
                self.spent += process_time() - begun
                each(day)
            self.record(day)
            day += timedelta(days=1)

    def record(self, day: date) -> None:
        """Put what became known on a day into the log, as one landed batch."""
        events = self.days.get(day, [])
        if not events:
            return
        now = at(day, 15)
        batch = Batch.objects.create(kind="模拟", actor="模拟", started_at=now)
        new = [NewEvent(pk, kind, on, payload) for pk, (on, kind, payload) in events]
        pipeline.append_to_batch(new, batch=batch, actor="模拟", now=now)
        pipeline.land(batch, now=now)
        pipeline.refresh(sorted({pk for pk, _event in events}), now=now)


def make_year(cases: int, first: date = FIRST, last: date = LAST, seed: int = 1) -> Year:
    """Staff three courts and draw their cases; nothing is recorded yet."""
    courts = staff()
    drawn = draw(cases, seed)
    wanted = [Identity(courts[c.court].pk, c.number, c.number, OFFICIAL) for c in drawn]
    found = identify(wanted)
    days: dict[date, list[tuple[int, Event]]] = defaultdict(list)
    for case, identity in zip(drawn, wanted, strict=True):
        for event in case.events:
            days[max(event[0], first)].append((found[identity.key].pk, event))
    return Year(first, last, dict(days))


def at(day: date, hour: int) -> datetime:
    """Return a moment in the courts' zone."""
    return datetime.combine(day, time(hour), COURT_ZONE)


def days(first: date, last: date) -> list[date]:
    """Return every day from one to another."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def facts_of_the_year() -> list[tuple[object, ...]]:
    """Return every change of level as a fact: no ids, no times of sending."""
    numbers = dict(Case.objects.values_list("pk", "number"))
    rows = Transition.objects.values_list(
        "watch__kind", "watch__subject", "watch__key", "on", "old_level", "level", "rung", "say"
    )
    return sorted((k, _named(s, numbers), *rest) for k, s, *rest in rows)


def orders_of_the_year() -> list[tuple[object, ...]]:
    """Return every 督办单 with its number."""
    rows = Order.objects.select_related("court").order_by("court", "year", "serial")
    return [(order.number, order.raised_on, order.due_on, order.say) for order in rows]


def digest(rows: Iterable[object]) -> str:
    """Return a short digest of facts."""
    return hashlib.sha256(repr(list(rows)).encode()).hexdigest()[:16]


def _named(subject: str, numbers: dict[int, str]) -> str:
    kind, _, number = subject.partition(":")
    if kind in {"case"}:
        return numbers[int(number)]
    return kind if kind == "plan" else subject
