"""The calendar of hearings: month, week, day; as a list to print, xlsx and a calendar file."""

from __future__ import annotations

from calendar import Calendar as Grid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from shenguan.base.accounts.middleware import access
from shenguan.base.ops import clock
from shenguan.base.org.models import Court
from shenguan.base.org.selectors import courts as courts_of
from shenguan.core.calendar import CalendarNotPublished
from shenguan.programs.hearings import selectors, services
from shenguan.programs.hearings.ics import calendar_file
from shenguan.programs.hearings.selectors import Shown
from shenguan.programs.hearings.sheets import hearings_sheet
from shenguan.rulebook import load
from shenguan.spine.cases.asking import whole_number

MONTH, WEEK, DAY = "month", "week", "day"
VIEWS = {MONTH: "月", WEEK: "周", DAY: "日"}
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
WEEKEND = 5
FIRST_YEAR, LAST_YEAR = 1990, 2100
IN_CELL = 4
"""Hearings named in one cell of a month; the rest are counted and open the day."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What part of the calendar is asked for."""

    view: str
    on: date
    court: int | None
    judge: str
    room: str

    @property
    def days(self) -> list[date]:
        """Return the days shown, whole weeks for a month."""
        if self.view == DAY:
            return [self.on]
        if self.view == WEEK:
            first = self.on - timedelta(days=self.on.weekday())
            return [first + timedelta(days=n) for n in range(7)]
        return list(Grid().itermonthdates(self.on.year, self.on.month))

    def moved(self, **changes: Any) -> str:
        """Return the query of this page with something changed."""
        kept = {"view": self.view, "on": self.on, "judge": self.judge, "room": self.room}
        kept["court"] = "all" if self.court is None else self.court
        return urlencode({**kept, **changes})

    def beside(self, step: int) -> date:
        """Return the day to show one page on or back."""
        if self.view == MONTH:
            month = self.on.year * 12 + self.on.month - 1 + step
            return date(month // 12, month % 12 + 1, 1)
        return self.on + timedelta(days=step * (7 if self.view == WEEK else 1))


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show the calendar within one's scope."""
    who = access(request)
    scope = who.scope
    if scope.court_ids == frozenset() and not (scope.unit_ids or scope.person_ids):
        raise PermissionDenied
    waiting = services.catch_up(services.AT_ONCE)
    asked = _asked(request, who.account.person.court_id)
    days = asked.days
    span = (days[0], days[-1] + timedelta(days=1))
    rows = list(
        selectors.hearings(scope, *span, court=asked.court, judge=asked.judge, room=asked.room)
    )
    if request.GET.get("format") == "ics":
        return _file(calendar_file(rows, clock.now()), f"庭审日历{days[0]}至{days[-1]}.ics")
    shown = selectors.with_clashes(scope, rows)
    if request.GET.get("format") == "xlsx":
        return hearings_sheet(shown, days[0], days[-1], str(who.account.person))
    context = {
        "asked": asked,
        "views": [(name, text, asked.moved(view=name)) for name, text in VIEWS.items()],
        "earlier": asked.moved(on=asked.beside(-1)),
        "later": asked.moved(on=asked.beside(1)),
        "now": asked.moved(on=clock.day_of(clock.now())),
        "query": asked.moved(),
        "days": [_of_day(day, shown, asked) for day in days],
        "weekdays": WEEKDAYS,
        "total": len(rows),
        "clashing": sum(bool(one.clashes) for one in shown),
        "unsure": sum(one.hearing.starts is None for one in shown),
        "courts": courts_of(scope).order_by("order", "code"),
        "court": Court.objects.filter(pk=asked.court or 0).first(),
        "span": (days[0], days[-1]),
        "waiting": waiting,
        "page": "hearings",
    }
    return render(request, "hearings/index.html", context)


def _asked(request: HttpRequest, own: int) -> Asked:
    given = request.GET
    view = given.get("view", "")
    court = given.get("court", "")
    return Asked(
        view=view if view in VIEWS else WEEK,
        on=_day(given.get("on", "")) or _coming_day(),
        court=None if court == "all" else _number(court) or own,
        judge=given.get("judge", "").strip()[:60],
        room=given.get("room", "").strip()[:60],
    )


def _of_day(day: date, shown: list[Shown], asked: Asked) -> dict[str, Any]:
    rows = [one for one in shown if one.hearing.on == day]
    return {
        "day": day,
        "name": WEEKDAYS[day.weekday()],
        "off": _is_off(day),
        "outside": asked.view == MONTH and day.month != asked.on.month,
        "rows": rows,
        "first": rows[:IN_CELL],
        "more": max(len(rows) - IN_CELL, 0),
        "link": asked.moved(view=DAY, on=day),
        "today": day == clock.day_of(clock.now()),
    }


def _is_off(day: date) -> bool:
    try:
        return not load().calendar.is_workday(day)
    except CalendarNotPublished:
        return day.weekday() >= WEEKEND


def _number(text: str) -> int | None:
    return whole_number(text)


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def _coming_day() -> date:
    """Return today; at a weekend the Monday after, whose week is the one to prepare for."""
    today = clock.day_of(clock.now())
    ahead = 7 - today.weekday() if today.weekday() >= WEEKEND else 0
    return today + timedelta(days=ahead)


def _file(text: str, name: str) -> HttpResponse:
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    disposition = content_disposition_header(as_attachment=True, filename=name)
    answer["Content-Disposition"] = disposition or "attachment"
    return answer
