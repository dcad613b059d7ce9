"""Hearings of the coming weeks in the demo city: with hours and rooms, a few conflicts, some without a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from shenguan.base.org.models import Court
from shenguan.core.calendar import CalendarNotPublished
from shenguan.programs.hearings import services
from shenguan.programs.hearings.models import Hearing
from shenguan.rulebook import load
from shenguan.spine.cases.models import Case
from shenguan.spine.pipeline import NewEvent, record

HOURS = (("09:00", "10:30"), ("10:30", "12:00"), ("14:30", "16:00"), ("16:00", "17:30"))
ROOMS = tuple(f"第{number}法庭" for number in range(1, 5))
A_COURT, CLASHING, WEEKEND = 26, 5, 5


def fill(*, on: date, now: datetime, seed: int) -> str:
    """Schedule open cases of the first two courts; the second one's system names days alone."""
    services.catch_up()
    if Hearing.objects.filter(on__gt=on).count() > A_COURT:
        return "庭审日历：已有，不再生成"
    courts = Court.objects.filter(code__startswith="示").order_by("order")[:2]
    made = sum(_schedule(court, at == 0, on, now, seed) for at, court in enumerate(courts))
    services.catch_up()
    return f"庭审日历：排期{made}件"


def _schedule(court: Court, with_hours: bool, on: date, now: datetime, seed: int) -> int:
    cases = Case.objects.filter(court=court, closed_on=None, visible=True, undertaker__isnull=False)
    found = list(
        cases.exclude(case_class__in=("执行", "破产")).order_by("-filed_on", "pk")[:A_COURT]
    )
    days = _workdays(on)
    events, source = [], "登记" if with_hours else "接入（演示）"
    day, slot = on, 0
    for at, case in enumerate(found):
        if (
            at == 0 or at % CLASHING
        ):  # every fifth is set for the hour of the one before, in its room
            day, slot = next(days), at + seed
        told = {"hearing_on": day.isoformat()}
        if with_hours:
            begin, end = HOURS[slot % len(HOURS)]
            told |= {"start": begin, "end": end, "room": ROOMS[slot % len(ROOMS)]}
        events.append(NewEvent(case.pk, "排期", on - timedelta(days=1), told, source=source))
    if events:
        record(events, actor="示范书记员", now=now)
    return len(events)


def _workdays(on: date) -> Iterator[date]:
    """Yield the coming workdays, each twice, over and over for three weeks."""
    calendar = load().calendar
    days = []
    for ahead in range(1, 22):
        day = on + timedelta(days=ahead)
        try:
            works = calendar.is_workday(day)
        except CalendarNotPublished:
            works = day.weekday() < WEEKEND
        if works:
            days += [day, day]
    while True:
        yield from days
